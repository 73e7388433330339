"""Every operation against the sandbox, in both dialects."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.altegio.support import CLIENT_INPUT, as_input, at, sandbox_api, transport_over
from tests.support.sandbox import InProcess, opened, serving
from tui_app.altegio.account import SecondFactorCode, SecondFactorNeeded, SignedIn
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import Busy, Invalid, LicenceExpired, Missing, NoRights, TokenRefused
from tui_app.altegio.plain_resources import TimetableSettings
from tui_app.altegio.requests import (
    AppointmentInput,
    BookingInput,
    BookingMove,
    BookingUpdate,
    BulkEntry,
    ClientInput,
    EventQuery,
    RepeatStrategyInput,
    VisitUpdate,
)
from tui_app.altegio.resources import Attendance, Booking, Client, Event
from tui_app.altegio.servers import server_of
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.sandbox import Sandbox
from tui_app.secret import SecretStr

DAY = EventQuery(starts_from=at("2026-03-27"), starts_to=at("2026-03-28"))
FREE = at("2026-03-29 23:00")


async def whole_event(api: AltegioApi, location: int) -> Event:
    """A later event of the day with all that an edit could lose."""
    listed = await api.events.list(location, DAY)
    events = [await api.events.get(location, one.id) for one in listed]
    event = next(one for one in reversed(events) if one.resource_ids and one.technical_break)
    full = replace(
        as_input(event),
        tag_ids=tuple(tag.id for tag in (await api.reference.tags(location, "event"))[:2]),
        comment="one\ntwo",
        color="#a0b1c2",
        instructions="Bring a towel",
        stream_link="https://example.org/x",
        technical_break=timedelta(minutes=10),
        force=True,
    )
    return await api.events.update(location, event.id, full)


async def free_event(api: AltegioApi, location: int) -> Event:
    """A new event, empty, with six places."""
    model = await whole_event(api, location)
    return await api.events.create(location, replace(as_input(model), starts_at=FREE, capacity=6, force=True))


async def known_client(api: AltegioApi, location: int) -> Client:
    page = await api.clients.search(location, "anna")
    hit = next(hit for hit in page.clients if hit.surname)
    assert hit.id
    return await api.clients.get(location, hit.id)


def as_client(client: Client) -> ClientInput:
    return ClientInput(
        id=client.id,
        name=client.name,
        phone=client.phone,
        surname=client.surname or None,
        patronymic=client.patronymic or None,
        email=client.email or None,
        gender=client.gender,
        birthday=client.birthday,
        custom_values=client.custom_values,
        agreements=client.agreements,
    )


async def booked(api: AltegioApi, location: int, event: Event) -> Booking:
    client = await known_client(api, location)
    return await api.bookings.add(location, event.id, BookingInput(client=as_client(client), places=1))


async def test_a_day_is_listed_in_order(api: AltegioApi, sandbox: Sandbox) -> None:
    events = await api.events.list(sandbox.location_id, DAY)
    assert len(events) > 8
    assert [event.starts_at for event in events] == sorted(event.starts_at for event in events)
    assert all(event.starts_at.date() == DAY.starts_from.date() for event in events)
    assert all(event.capacity and event.taken is not None and event.length for event in events)


async def test_a_bare_listing_leaves_open_what_it_does_not_tell(dialect: Spoken) -> None:
    with opened(bare_list=True) as sandbox:
        async with sandbox_api(sandbox, "activities") as api:
            events = await api.events.list(sandbox.location_id, DAY)
            assert all((event.capacity, event.taken, event.length) == (None, None, None) for event in events)
            assert (await api.events.get(sandbox.location_id, events[0].id)).capacity
    assert dialect


async def test_a_changed_capacity_alone_keeps_everything(api: AltegioApi, sandbox: Sandbox) -> None:
    before = await whole_event(api, sandbox.location_id)
    read = await api.events.get(sandbox.location_id, before.id)
    assert read.complete
    assert read.capacity
    saved = await api.events.update(
        sandbox.location_id, read.id, replace(as_input(read), capacity=read.capacity + 3, force=True)
    )
    assert saved == replace(before, capacity=read.capacity + 3)
    assert await api.events.get(sandbox.location_id, read.id) == saved
    sent = [request for request in sandbox.requests if request.method == "PUT"][-1].body
    assert isinstance(sent, dict)
    assert sent == {
        "staff_id": read.team_member_id,
        "service_id": read.service_id,
        "resource_instance_ids": list(read.resource_ids or ()),
        "label_ids": list(read.tag_ids or ()),
        "date": read.starts_at.isoformat(sep=" "),
        "length": int((read.length or timedelta()).total_seconds()),
        "technical_break_duration": 600,
        "capacity": read.capacity + 3,
        "comment": "one\ntwo",
        "color": "#a0b1c2",
        "instructions": "Bring a towel",
        "stream_link": "https://example.org/x",
        "force": True,
    }
    assert len(read.tag_ids or ()) == 2
    assert read.resource_ids


async def test_null_takes_texts_away(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await whole_event(api, sandbox.location_id)
    bare = replace(as_input(event), comment=None, instructions=None, stream_link=None, color=None, force=True)
    saved = await api.events.update(sandbox.location_id, event.id, bare)
    assert (saved.comment, saved.instructions, saved.stream_link) == ("", "", "")


@pytest.mark.parametrize("wall", ["2026-03-29 01:30", "2026-03-29 03:00", "2026-10-25 01:30", "2026-10-25 03:30"])
async def test_times_come_back_as_they_were_written_around_both_clock_changes(
    api: AltegioApi, sandbox: Sandbox, wall: str
) -> None:
    model = await whole_event(api, sandbox.location_id)
    await api.account.location(sandbox.location_id)
    event = await api.events.create(sandbox.location_id, replace(as_input(model), starts_at=at(wall), force=True))
    assert (await api.events.get(sandbox.location_id, event.id)).starts_at == at(wall)


async def test_a_busy_team_member_is_said_and_can_be_forced(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await whole_event(api, sandbox.location_id)
    with pytest.raises(Busy) as raised:
        await api.events.create(sandbox.location_id, as_input(event))
    assert raised.value.message
    assert (await api.events.create(sandbox.location_id, replace(as_input(event), force=True))).id != event.id


async def test_a_deleted_event_leaves_the_list_but_can_be_read(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await whole_event(api, sandbox.location_id)
    await api.events.delete(sandbox.location_id, event.id)
    assert event.id not in {one.id for one in await api.events.list(sandbox.location_id, DAY)}
    assert (await api.events.get(sandbox.location_id, event.id)).id == event.id


async def test_the_servers_refusal_comes_back_in_the_houses_words(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await free_event(api, sandbox.location_id)
    await booked(api, sandbox.location_id, event)
    too_many = BookingInput(client=CLIENT_INPUT, places=50)
    with pytest.raises(Invalid) as raised:
        await api.bookings.add(sandbox.location_id, event.id, too_many)
    assert list(raised.value.fields) == ["places"]


async def test_what_does_not_exist_is_missing(api: AltegioApi, sandbox: Sandbox) -> None:
    with pytest.raises(Missing):
        await api.events.get(sandbox.location_id, 999)


async def test_a_known_client_is_booked_and_the_card_stays(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await free_event(api, sandbox.location_id)
    card = await known_client(api, sandbox.location_id)
    booking = await api.bookings.add(sandbox.location_id, event.id, BookingInput(client=as_client(card), places=2))
    (listed,) = await api.bookings.list(sandbox.location_id, event_id=event.id)
    assert (listed.id, listed.client_id, listed.places, listed.event_id) == (booking.id, card.id, 2, event.id)
    assert listed.client is not None
    assert listed.client.full_name == card.full_name
    assert await api.clients.get(sandbox.location_id, card.id) == card


async def test_a_new_client_is_made_with_the_booking(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await free_event(api, sandbox.location_id)
    booking = await api.bookings.add(sandbox.location_id, event.id, BookingInput(client=CLIENT_INPUT, places=1))
    assert booking.client_id
    assert (await api.clients.get(sandbox.location_id, booking.client_id)).phone == CLIENT_INPUT.phone


async def test_a_visitor_comes_without_a_card(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await free_event(api, sandbox.location_id)
    nobody = ClientInput(id=None, name="Walk-in Willy", phone="", gender=None)
    visitor = BookingInput(client=nobody, places=1, visitor_name="Walk-in Willy")
    await api.bookings.add(sandbox.location_id, event.id, visitor)
    (listed,) = await api.bookings.list(sandbox.location_id, event_id=event.id)
    assert (listed.client_id, listed.visitor_name) == (None, "Walk-in Willy")


async def test_a_booking_is_changed(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await free_event(api, sandbox.location_id)
    booking = await booked(api, sandbox.location_id, event)
    whole = await api.bookings.get_for_edit(sandbox.location_id, event.id, booking.id)
    assert whole.price_items
    assert (whole.product_count, whole.tag_ids) == (0, ())
    update = BookingUpdate(places=3, comment="by the door", tag_ids=(), price_item=whole.price_items[0])
    await api.bookings.update(sandbox.location_id, event.id, booking.id, update)
    after = await api.bookings.get_for_edit(sandbox.location_id, event.id, booking.id)
    assert (after.places, after.comment, after.price_items) == (3, "by the door", whole.price_items)


async def test_a_booking_moves_to_another_event(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await free_event(api, sandbox.location_id)
    target = await api.events.create(
        sandbox.location_id, replace(as_input(event), starts_at=at("2026-03-30 22:00"), force=True)
    )
    booking = await booked(api, sandbox.location_id, event)
    await api.bookings.move(sandbox.location_id, event.id, booking.id, BookingMove(to_event_id=target.id))
    assert await api.bookings.list(sandbox.location_id, event_id=event.id) == ()
    assert len(await api.bookings.list(sandbox.location_id, event_id=target.id)) == 1


async def test_a_booking_is_marked_and_cancelled_and_both_are_noticed(api: AltegioApi, sandbox: Sandbox) -> None:
    event = await free_event(api, sandbox.location_id)
    booking = await booked(api, sandbox.location_id, event)
    await api.bookings.set_attendance(sandbox.location_id, booking.id, Attendance.CONFIRMED)
    (listed,) = await api.bookings.list(sandbox.location_id, event_id=event.id)
    assert listed.attendance is Attendance.CONFIRMED
    assert listed.visit_id
    await api.bookings.set_visit(listed.visit_id, listed.id, VisitUpdate(attendance=Attendance.WAITING, comment=""))
    (listed,) = await api.bookings.list(sandbox.location_id, event_id=event.id)
    assert listed.attendance is Attendance.WAITING
    await api.bookings.cancel(sandbox.location_id, booking.id)
    assert await api.bookings.list(sandbox.location_id, event_id=event.id) == ()
    changed = {one.id: one for one in await api.bookings.changed_since(sandbox.location_id, at("2026-03-27 11:00"))}
    assert changed[booking.id].deleted


async def test_bookings_of_a_day_and_of_a_client(api: AltegioApi, sandbox: Sandbox) -> None:
    of_day = await api.bookings.list(sandbox.location_id, between=(DAY.starts_from, DAY.starts_to))
    assert len({booking.event_id for booking in of_day}) > 5
    client = next(booking.client_id for booking in of_day if booking.client_id)
    of_client = await api.bookings.list(sandbox.location_id, client_id=client)
    assert {booking.client_id for booking in of_client} == {client}


async def test_several_are_booked_and_the_refused_are_told(sandbox: Sandbox) -> None:
    async with sandbox_api(sandbox, "events") as api:
        event = await free_event(api, sandbox.location_id)
        client = await known_client(api, sandbox.location_id)
        entries = [
            BulkEntry(places=1, client_id=client.id),
            BulkEntry(places=1, name="Bob", phone="+4915112345699"),
            BulkEntry(places=50, name="A crowd"),
        ]
        result = await api.bookings.add_many(sandbox.location_id, event.id, entries)
    assert (len(result.booked), result.booked[0].client_id) == (2, client.id)
    assert [(entry.index, bool(entry.reason)) for entry in result.refused] == [(2, True)]


async def test_an_event_is_repeated_and_the_way_is_kept(sandbox: Sandbox) -> None:
    weekly = RepeatStrategyInput(title="Weekly", repeat_mode_id=1, days=(1, 3), interval=1, with_bookings=True)
    async with sandbox_api(sandbox, "events") as api:
        event = await free_event(api, sandbox.location_id)
        starts = [FREE + timedelta(days=7), FREE + timedelta(days=14)]
        made = await api.events.duplicate(sandbox.location_id, event.id, starts, with_bookings=False, force=True)
        assert [one.starts_at for one in made] == starts
        kept = await api.events.create_repeat_strategy(sandbox.location_id, weekly)
        assert (kept.title, kept.days, kept.with_bookings) == ("Weekly", (1, 3), True)
        assert kept in await api.events.list_repeat_strategies(sandbox.location_id)
        renamed = await api.events.update_repeat_strategy(sandbox.location_id, kept.id, replace(weekly, title="Often"))
        assert renamed.title == "Often"
        await api.events.delete_repeat_strategy(sandbox.location_id, kept.id)
        assert await api.events.list_repeat_strategies(sandbox.location_id) == ()


async def test_the_reference_data_is_there(api: AltegioApi, sandbox: Sandbox) -> None:
    here, reference = sandbox.location_id, api.reference
    assert all(member.name for member in await reference.team_members(here))
    assert all(service.title for service in await reference.services(here))
    assert {tag.entity for tag in await reference.tags(here, "booking")} == {"booking"}
    assert any(field.required for field in await reference.custom_fields(here))
    rooms = await reference.resources(here)
    assert len({room.group_id for room in rooms}) > 1
    assert all(room.title and room.group_title for room in rooms)
    taken = await reference.occupations(here, DAY.starts_from, DAY.starts_to)
    assert {one.resource_id for one in taken if one.by_event} <= {room.id for room in rooms}
    defaults = await reference.event_services(here)
    assert all(service.title and service.capacity and service.team_members for service in defaults)
    member = defaults[0].team_members[0].id
    narrowed = await reference.event_services(here, team_member_id=member, text=defaults[0].title)
    assert defaults[0].id in {service.id for service in narrowed}


async def test_clients_are_found_by_fragments(api: AltegioApi, sandbox: Sandbox) -> None:
    client = await known_client(api, sandbox.location_id)
    for text in (client.surname, client.phone[-6:], client.email):
        page = await api.clients.search(sandbox.location_id, text)
        assert client.id in {hit.id for hit in page.clients}
    first = await api.clients.search(sandbox.location_id, "", page=1, page_size=10)
    second = await api.clients.search(sandbox.location_id, "", page=2, page_size=10)
    assert first.total == second.total == 60
    assert not {hit.id for hit in first.clients} & {hit.id for hit in second.clients}
    hits = await api.clients.autocomplete(sandbox.location_id, phone=client.phone[-6:])
    assert client.id in {hit.id for hit in hits}
    figures = await api.clients.statistics(sandbox.location_id, client.id)
    assert figures.visits is not None
    assert figures.no_shows is not None


async def test_locations_tell_their_zone_and_country(api: AltegioApi, sandbox: Sandbox) -> None:
    places = await api.account.locations()
    assert len(places) == 2
    here = await api.account.location(sandbox.location_id)
    assert here in places
    assert (here.zone, here.region) == ("Europe/Berlin", "DE")
    assert (await api.account.permissions(sandbox.location_id)).flags


async def test_signing_in_by_password_and_by_a_second_factor(sandbox: Sandbox) -> None:
    source = TokenSource(Tokens(SecretStr(sandbox.partner_token)))
    async with AltegioApi(transport_over(InProcess(sandbox), auth=source), "activities") as api:
        plain = await api.account.sign_in(sandbox.login, SecretStr(sandbox.password))
        assert isinstance(plain, SignedIn)
        assert plain.name
        with pytest.raises(TokenRefused):
            await api.account.sign_in(sandbox.login, SecretStr("wrong"))
        careful = next(user for user in sandbox.users.values() if user.second_factor)
        asked = await api.account.sign_in(careful.login, SecretStr(careful.password))
        assert isinstance(asked, SecondFactorNeeded)
        assert asked.recipient
        code = SecondFactorCode(asked.challenge, SecretStr(careful.second_factor or ""))
        assert isinstance(await api.account.sign_in(careful.login, SecretStr(careful.password), code), SignedIn)


async def test_rights_end_what_a_user_may_do(sandbox: Sandbox, dialect: Spoken) -> None:
    async with sandbox_api(sandbox, dialect, "viewer") as api:
        event = (await api.events.list(sandbox.location_id, DAY))[-1]
        with pytest.raises(NoRights):
            await api.events.delete(sandbox.location_id, event.id)
    async with sandbox_api(sandbox, dialect, "receptionist") as api:
        with pytest.raises(NoRights):
            await api.clients.autocomplete(sandbox.location_id, name="a")


async def test_the_plain_calls(api: AltegioApi, sandbox: Sandbox) -> None:
    here, plain = sandbox.location_id, api.plain
    members = await plain.team_members(here)
    assert all(member.name for member in members)
    services = await plain.services(here)
    assert all(service.title and service.duration and service.cost is not None for service in services)
    assert {service.category_id for service in services} <= {one.id for one in await plain.service_categories(here)}
    page = await plain.appointments(here, first_day=DAY.starts_from.date(), last_day=DAY.starts_from.date())
    assert page.total
    assert len(page.appointments) == min(50, page.total)
    alone = AppointmentInput(
        client_name="Bob",
        client_phone="+4915112345699",
        team_member_id=members[0].id,
        length=timedelta(hours=1),
        services={services[0].id: 1},
        starts_at=FREE,
    )
    made = await plain.add_appointment(here, alone)
    assert (made.starts_at, made.service_titles, made.event_id) == (FREE, (services[0].title,), None)
    changed = await plain.update_appointment(here, made.id, replace(alone, comment="late"))
    assert changed.comment == "late"
    await plain.delete_appointment(here, made.id)
    with pytest.raises(Missing):
        await plain.delete_appointment(here, made.id)
    await plain.change_timetable(here, TimetableSettings(most_places_per_booking=4))
    assert (await plain.timetable(here)).most_places_per_booking == 4


async def test_the_same_over_a_real_socket(sandbox: Sandbox, dialect: Spoken) -> None:
    source = TokenSource(Tokens(SecretStr(sandbox.partner_token), SecretStr(sandbox.users["owner"].token)))
    with serving(sandbox) as base_url:
        transport = transport_over(None, server=server_of(base_url), auth=source)
        async with AltegioApi(transport, dialect) as api:
            event = await free_event(api, sandbox.location_id)
            booking = await booked(api, sandbox.location_id, event)
            await api.bookings.cancel(sandbox.location_id, booking.id)
            await api.events.delete(sandbox.location_id, event.id)
            assert transport.server_date is not None


async def test_a_licence_that_ran_out_is_said(sandbox: Sandbox, dialect: Spoken) -> None:
    sandbox.faults.answer(402)
    async with sandbox_api(sandbox, dialect) as api:
        with pytest.raises(LicenceExpired):
            await api.events.list(sandbox.location_id, DAY)
