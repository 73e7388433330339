"""The booking form: the right client, once, with what the location asks for."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.screens.form_bench import Bench, Shown, bench, showing
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.requests import BookingInput, ClientInput
from tui_app.altegio.resources import Booking, ClientHit, Event
from tui_app.intents import EventTouched, TokensRefused
from tui_app.screens.booking_form import BookingFormResult, BookingFormScreen
from tui_app.screens.booking_form.client_field import NewName, split_new
from tui_app.widgets.dialogs import ChoiceDialog, ConfirmDialog, UnknownOutcomeDialog
from tui_app.widgets.form import FormState

FREE_PHONE = "030 9876543"
"""A valid phone of the location's country that no seeded client has."""


@pytest.fixture
async def desk() -> AsyncIterator[Bench]:
    async with bench() as opened:
        yield opened


def booking(desk: Bench, event: Event) -> BookingFormScreen:
    return BookingFormScreen(desk.desk, desk.writes, event.id, rest_s=0.001)


async def roomy(desk: Bench) -> Event:
    """An event with at least three free places."""
    return await desk.event(lambda event: (event.free or 0) >= 3 and bool(event.taken))


async def stranger(desk: Bench, event: Event) -> ClientHit:
    """A client with a phone who is not in the event."""
    inside = {one.client_id for one in await desk.bookings(event)}
    found = await desk.desk.api.clients.search(desk.desk.location.id, "an")
    return next(hit for hit in found.clients if hit.id not in inside and len(hit.phone) > 7)


async def find(shown: Shown, hit: ClientHit) -> None:
    """Type the client's phone, and take the only candidate."""
    await shown.type("client_id", hit.phone[-7:])
    await shown.until(lambda: hit.name in shown.text())
    await shown.press("down", "enter")


async def fill_new(shown: Shown, *, phone: str = FREE_PHONE) -> None:
    await shown.type("client_id", "Zoe Quill")
    await shown.press("enter")
    await shown.type("phone", phone)
    await shown.type("custom:health", "none")


def made(before: tuple[Booking, ...], after: tuple[Booking, ...]) -> list[Booking]:
    ids = {one.id for one in before}
    return [one for one in after if one.id not in ids]


# --------------------------------------------------------------------------------------------- known clients


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_a_known_client_is_found_and_booked_with_a_card_left_as_it_was(dialect: Spoken) -> None:
    async with bench(dialect) as desk:
        event = await roomy(desk)
        hit = await stranger(desk, event)
        assert hit.id is not None
        card, before = await desk.desk.api.clients.get(desk.desk.location.id, hit.id), await desk.bookings(event)
        async with showing(desk, booking(desk, event)) as shown:
            await find(shown, hit)
            await shown.type("places", "2")
            await shown.press("f8")
            await shown.until(lambda: shown.app.results)
            [new] = made(before, await desk.bookings(event))
            assert (new.client_id, new.places) == (hit.id, 2)
            assert shown.app.results == [BookingFormResult(event.id, new.id, shown=True)]
            [told] = shown.app.asked
            assert isinstance(told, EventTouched)
            assert told.change is not None
            assert {entry.booking.id for entry in told.change.roster.entries} == {one.id for one in before}
            assert (told.change.added and told.change.added.name) == card.full_name
            assert await desk.desk.api.clients.get(desk.desk.location.id, hit.id) == card


async def test_the_heading_names_day_time_event_and_free_places(desk: Bench) -> None:
    event = await roomy(desk)
    async with showing(desk, booking(desk, event), size=(60, 16)) as shown:
        heading = shown.text().splitlines()[0]
        assert f"{event.free} places free" in heading
        assert f"Fri 27 Mar 2026 {event.starts_at:%H:%M}" in heading


async def test_candidates_show_masked_phones_and_none_is_marked_before_an_arrow(desk: Bench) -> None:
    event = await roomy(desk)
    async with showing(desk, booking(desk, event)) as shown:
        await shown.press(*"anna")
        await shown.until(lambda: "Anna Kim" in shown.text())
        assert "••" in shown.text()
        assert "▸" not in shown.text()


async def test_only_the_newest_answer_is_offered(desk: Bench) -> None:
    event = await roomy(desk)
    async with showing(desk, booking(desk, event)) as shown:
        shown.sandbox.faults.delay(0.1, path="clients")
        await shown.press(*"an")
        await shown.press(*"zzzz")
        await shown.until(lambda: "Nobody found" in shown.text())
        assert "Anna" not in shown.text()


async def test_a_client_who_already_is_in_the_event_is_pointed_out_and_asked(desk: Bench) -> None:
    event = await desk.event(lambda event: (event.free or 0) >= 2 and (event.taken or 0) >= 3)
    inside = next(one for one in await desk.bookings(event) if one.client and len(one.client.phone) > 7)
    assert inside.client is not None
    hit = ClientHit(inside.client.id, inside.client.name, phone=inside.client.phone)
    async with showing(desk, booking(desk, event)) as shown:
        await find(shown, hit)
        assert "already in this event" in shown.field("client_id").note
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, ConfirmDialog))
        await shown.press("enter")
        await shown.until(lambda: shown.form.state is FormState.READY)
        assert not shown.sent("POST", "records")


async def test_a_chosen_client_hides_the_fields_of_a_new_one(desk: Bench) -> None:
    event = await roomy(desk)
    hit = await stranger(desk, event)
    async with showing(desk, booking(desk, event)) as shown:
        assert shown.field("name").display
        await find(shown, hit)
        assert not shown.field("name").display
        await shown.type("client_id", "")
        assert shown.field("name").display


# ----------------------------------------------------------------------------------------------- new clients


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_a_new_client_with_all_fields(dialect: Spoken) -> None:
    async with bench(dialect) as desk:
        event = await roomy(desk)
        async with showing(desk, booking(desk, event), size=(160, 48)) as shown:
            await fill_new(shown)
            assert shown.field("phone").note == "+49 30 9876543"
            await shown.type("patronymic", "P.")
            await shown.type("email", "zoe@example.com")
            await shown.pick("gender", "f")
            await shown.type("birthday", "24.12.1990")
            await shown.pick("custom:source", "frie")
            await shown.pick("personal_data", "y")
            await shown.pick("newsletter", "n")
            await shown.press("f8")
            await shown.until(lambda: shown.app.results)
            body = next(body for body in shown.sent("POST") if "client" in body)
            client = body["client"]
            assert client["id"] is None
            assert (client["name"], client["surname"], client["patronymic"]) == ("Zoe", "Quill", "P.")
            assert client["phone"].lstrip("+") == "49309876543"
            assert (client["email"], client["gender"], client["birthday"]) == ("zoe@example.com", 2, "1990-12-24")
            values = {value["code"]: value["value"] for value in client["custom_field_values"]}
            assert values == {"health": "none", "source": "Friends"}


async def test_a_required_custom_field_and_a_bad_phone_are_said_before_sending(desk: Bench) -> None:
    async with showing(desk, booking(desk, await roomy(desk))) as shown:
        await fill_new(shown, phone="12")
        await shown.type("custom:health", "")
        await shown.type("email", "zoe at home")
        await shown.save()
        assert "required" in shown.field("custom:health").problem
        assert shown.field("phone").problem
        assert shown.field("email").problem
        assert not shown.sent("POST", "records")


async def test_a_phone_that_a_known_client_has_offers_this_client_first(desk: Bench) -> None:
    event = await roomy(desk)
    hit, before = await stranger(desk, event), await desk.bookings(event)
    async with showing(desk, booking(desk, event)) as shown:
        await fill_new(shown, phone=hit.phone if hit.phone.startswith("+") else f"+{hit.phone}")
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, ChoiceDialog))
        await shown.press("enter")
        await shown.until(lambda: shown.app.results)
        [new] = made(before, await desk.bookings(event))
        assert new.client_id == hit.id


async def test_custom_fields_come_even_when_the_form_was_open_before_they_were_known(desk: Bench) -> None:
    assert not desk.desk.reference.current.custom_fields
    async with showing(desk, booking(desk, await roomy(desk))) as shown:
        assert list(shown.form.fields).index("custom:health") < list(shown.form.fields).index("personal_data")


@pytest.mark.parametrize(
    ("typed", "new"),
    [
        ("anna", NewName("anna", "", "")),
        ("anna maria kim 030 9876543", NewName("anna", "maria kim", "030 9876543")),
        ("+49 30 9876543", NewName("", "", "+49 30 9876543")),
        ("kim 5678", NewName("kim", "5678", "")),
    ],
)
async def test_a_text_that_finds_nobody_becomes_a_new_client(typed: str, new: NewName) -> None:
    assert split_new(typed) == new


async def test_the_end_of_a_phone_alone_never_becomes_a_name(desk: Bench) -> None:
    async with showing(desk, booking(desk, await roomy(desk))) as shown:
        await shown.press(*"0000", "enter")
        assert not shown.field("name").get_value()
        assert shown.field("client_id").problem


# -------------------------------------------------------------------------------------- visitors and places


async def test_a_visitor_by_name_alone(desk: Bench) -> None:
    event = await roomy(desk)
    before = await desk.bookings(event)
    async with showing(desk, booking(desk, event)) as shown:
        await shown.type("visitor_name", "[b]Wet umbrella[/b]")
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)
        [new] = made(before, await desk.bookings(event))
        assert new.visitor_name == "[b]Wet umbrella[/b]"
        assert new.client_id is None


async def test_more_places_than_free_are_refused_before_sending(desk: Bench) -> None:
    event = await roomy(desk)
    async with showing(desk, booking(desk, event)) as shown:
        await shown.type("visitor_name", "Wet umbrella")
        await shown.type("places", "99")
        await shown.save()
        assert f"{event.free} places are free" in shown.field("places").problem
        assert not shown.sent("POST", "records")


async def test_a_full_event_says_so_at_once(desk: Bench) -> None:
    event = await desk.event(lambda event: event.free == 0)
    async with showing(desk, booking(desk, event)) as shown:
        assert "This event is full" in shown.text()


async def test_an_event_that_is_over_asks(desk: Bench) -> None:
    event = await roomy(desk)
    desk.clock.now += timedelta(days=2)
    async with showing(desk, booking(desk, event)) as shown:
        assert "This event is over" in shown.text()
        await shown.type("visitor_name", "Late")
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, ConfirmDialog))
        await shown.press("escape")
        await shown.until(lambda: shown.form.state is FormState.READY)
        assert not shown.sent("POST", "records")


# ---------------------------------------------------------------------------------------------------- trouble


async def test_f8_twice_and_enter_twice_book_once(desk: Bench) -> None:
    event = await roomy(desk)
    before = await desk.bookings(event)
    async with showing(desk, booking(desk, event)) as shown:
        shown.sandbox.faults.delay(0.05, method="POST", path="records")
        await shown.type("visitor_name", "Once")
        await shown.burst("f8", "f8", "enter", "enter", "f8")
        await shown.until(lambda: shown.app.results)
        assert len(made(before, await desk.bookings(event))) == 1


async def test_after_a_lost_answer_the_roster_tells_that_it_is_booked(desk: Bench) -> None:
    event = await roomy(desk)
    before = await desk.bookings(event)
    async with showing(desk, booking(desk, event)) as shown:
        shown.sandbox.faults.drop(handled=True, method="POST", path="records")
        await shown.type("visitor_name", "Once")
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)
        assert len(made(before, await desk.bookings(event))) == 1


async def test_a_booking_that_never_arrived_is_looked_for_and_sent_again_once(desk: Bench) -> None:
    event = await roomy(desk)
    before = await desk.bookings(event)
    async with showing(desk, booking(desk, event)) as shown:
        shown.sandbox.faults.drop(handled=False, method="POST", path="records")
        await shown.type("visitor_name", "Once")
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, UnknownOutcomeDialog))
        await shown.press("enter")
        await shown.until(lambda: "It is not there (yet)" in shown.text())
        await shown.press("tab", "enter")
        await shown.until(lambda: shown.app.results)
        assert len(made(before, await desk.bookings(event))) == 1
        assert not desk.writes.unknown


async def test_letting_an_unknown_end_go_keeps_the_form(desk: Bench) -> None:
    async with showing(desk, booking(desk, await roomy(desk))) as shown:
        shown.sandbox.faults.drop(handled=False, method="POST", path="records")
        await shown.type("visitor_name", "Once")
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, UnknownOutcomeDialog))
        await shown.press("tab", "tab", "enter")
        await shown.until(lambda: shown.form.state is FormState.READY)
        assert "not known" in shown.text()
        assert not desk.writes.unknown


async def test_a_refused_token_while_searching_is_told_and_typing_goes_on(desk: Bench) -> None:
    async with showing(desk, booking(desk, await roomy(desk))) as shown:
        shown.sandbox.faults.answer(401, {"success": False, "data": None, "meta": {"message": "no"}}, path="clients")
        await shown.press(*"anna")
        await shown.until(lambda: shown.app.asked)
        assert isinstance(shown.app.asked[0], TokensRefused)
        await shown.press("x")
        assert "annax" in shown.text()


async def test_what_the_server_refuses_lands_at_its_field(desk: Bench) -> None:
    async with showing(desk, booking(desk, await roomy(desk))) as shown:
        body = {"success": False, "data": None, "meta": {"message": "no", "errors": {"client.phone": ["Odd [/x]"]}}}
        shown.sandbox.faults.answer(422, body, method="POST", path="records")
        await fill_new(shown)
        await shown.save()
        assert shown.field("phone").problem == "Odd [/x]"
        assert shown.field("name").get_value() == "Zoe"


async def test_without_the_right_nothing_can_be_booked_and_it_says_why() -> None:
    async with bench(role="viewer") as desk, showing(desk, booking(desk, await roomy(desk))) as shown:
        assert shown.form.state is FormState.SHOWING
        await shown.press("f8")
        assert not shown.sent("POST", "records")


async def test_leaving_asks_when_something_is_typed_even_if_nothing_is_chosen(desk: Bench) -> None:
    async with showing(desk, booking(desk, await roomy(desk))) as shown:
        await shown.type("visitor_name", "Wet umbrella")
        await shown.press("escape")
        assert isinstance(shown.app.screen, ConfirmDialog)
        await shown.press("escape")
        assert shown.field("visitor_name").get_value() == "Wet umbrella"


@pytest.mark.parametrize("size", [(60, 16), (160, 48)])
async def test_every_field_can_be_reached_and_seen(desk: Bench, size: tuple[int, int]) -> None:
    async with showing(desk, booking(desk, await roomy(desk)), size=size) as shown:
        body = shown.form.query_one("#form-body")
        for field in shown.form.fields.values():
            if field.display:
                assert shown.form.field_of(shown.form.focused or shown.form) is field
                await shown.burst()
                assert body.region.contains_region(field.region)
                await shown.press("tab")
        assert shown.form.focused is shown.form.query_one("#save")


# ------------------------------------------------------------------------- what came while the form was open


async def test_who_has_booked_meanwhile_is_counted_before_it_is_sent(desk: Bench) -> None:
    event = await roomy(desk)
    async with showing(desk, booking(desk, event)) as shown:
        await shown.type("visitor_name", "Wet umbrella")
        await book_all(desk, event)
        await shown.save()
        assert shown.field("places").problem == "No place is free"
        assert "no place free" in shown.text().splitlines()[0] or "full" in shown.text().splitlines()[0]
        assert len(shown.sent("POST", "records")) == 1  # the one of the other desk


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_an_event_that_was_cancelled_meanwhile_is_told_in_words(dialect: Spoken) -> None:
    async with bench(dialect) as desk:
        event = await roomy(desk)
        hit = await stranger(desk, event)
        async with showing(desk, booking(desk, event)) as shown:
            await find(shown, hit)
            await desk.desk.api.events.delete(desk.desk.location.id, event.id)
            await shown.save()
            assert "This event has been cancelled." in shown.text()
            assert "Choose another class." in shown.text()


async def book_all(desk: Bench, event: Event) -> None:
    """Another desk books every place that is free."""
    group = ClientInput(id=None, name="Group", phone="")
    wanted = BookingInput(client=group, places=event.free or 1, visitor_name="Group")
    await desk.desk.api.bookings.add(desk.desk.location.id, event.id, wanted)
