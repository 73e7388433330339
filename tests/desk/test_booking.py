"""Booking against the sandbox, in both dialects."""

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from msgspec.structs import replace

from tests.desk.acting import nothing_read
from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.altegio.errors import AltegioError, OutcomeUnknown
from tui_app.altegio.resources import Attendance, Client, ClientHit, CustomValue
from tui_app.desk.booking import (
    BookingRefused,
    CannotBook,
    CannotEdit,
    CheckedBooking,
    NotReady,
    check_booking,
    draft_for,
)
from tui_app.desk.booking_draft import BookingDraft
from tui_app.desk.desk import Desk
from tui_app.desk.model import ScheduledEvent
from tui_app.sandbox import Sandbox

TODAY = date(2026, 3, 27)
NEW = BookingDraft(name="Rosa", surname="Lindt", phone="0151 23456789", custom_values=(CustomValue("health", "none"),))


async def event_where(desk: Desk, fits: Callable[[ScheduledEvent], bool]) -> int:
    day = await desk.schedule.load_day(TODAY, reference=await desk.reference.load())
    return next(event.id for event in day.events if event.starts_at > desk.clock.now() and fits(event))


async def roomy(desk: Desk) -> int:
    return await event_where(desk, lambda event: (event.free or 0) >= 4 and (event.booked or 0) >= 2)


async def stranger_to(desk: Desk, event_id: int) -> ClientHit:
    roster = await desk.rosters.load(event_id)
    inside = {entry.booking.client_id for entry in roster.entries}
    page = await desk.api.clients.search(desk.location.id, "", page_size=100)
    return next(hit for hit in page.clients if hit.id not in inside and hit.phone)


def checked(desk: Desk, draft: BookingDraft, free: int | None = None) -> CheckedBooking:
    fields = desk.reference.current.custom_fields
    return check_booking(draft, custom_fields=fields, region=desk.region, free=free, roster=None, today=TODAY)


async def card(desk: Desk, client_id: int | None) -> Client:
    assert client_id is not None
    return await desk.api.clients.get(desk.location.id, client_id)


async def test_a_new_client_is_booked(desk: Desk) -> None:
    event_id = await roomy(desk)
    booking = await desk.booking.book(event_id, checked(desk, replace(NEW, places="2")))
    roster = await desk.rosters.load(event_id)
    entry = roster.by_booking(booking.id)
    assert entry is not None
    assert (entry.name, entry.places) == ("Rosa Lindt", 2)
    held = await card(desk, entry.booking.client_id)
    assert held.phone == "+4915123456789"
    assert held.custom_values == (CustomValue("health", "none"),)


async def test_a_known_client_is_booked_without_touching_the_card(desk: Desk, sandbox: Sandbox) -> None:
    event_id = await roomy(desk)
    hit = await stranger_to(desk, event_id)
    before = await card(desk, hit.id)
    sandbox.requests.clear()
    booking = await desk.booking.book(event_id, checked(desk, draft_for(hit)))
    assert booking.client_id == hit.id
    assert await card(desk, hit.id) == before
    (post,) = sandbox.requests.matching("POST")
    if desk.api.spoken == "events":
        assert post.body == {"records": [{"client_id": hit.id, "clients_count": 1}]}
    else:
        sent = cast("dict[str, dict[str, object]]", post.body)["client"]
        assert (sent["id"], sent["name"], sent["surname"]) == (hit.id, before.name, before.surname or None)
        assert (sent["email"], sent["phone"]) == (before.email or None, before.phone)


async def test_a_visitor_beside_a_known_client_sends_the_whole_card_back(desk: Desk, sandbox: Sandbox) -> None:
    event_id = await roomy(desk)
    hit = await stranger_to(desk, event_id)
    before = await card(desk, hit.id)
    booking = await desk.booking.book(event_id, checked(desk, replace(draft_for(hit), visitor_name="Bo Li")))
    assert await card(desk, hit.id) == before
    entry = (await desk.rosters.load(event_id)).by_booking(booking.id)
    assert entry is not None
    assert entry.name == f"Bo Li (for {before.full_name})"
    assert sandbox.requests.matching("POST", "bulk") == []


async def test_a_visitor_alone_is_booked_by_name(desk: Desk) -> None:
    event_id = await roomy(desk)
    booking = await desk.booking.book(event_id, checked(desk, BookingDraft(visitor_name="Bo Li")))
    entry = (await desk.rosters.load(event_id)).by_booking(booking.id)
    assert entry is not None
    assert (entry.name, entry.is_visitor, entry.masked_phone) == ("Bo Li", True, "no phone")


async def test_a_visitor_who_was_here_before_is_booked_by_number(desk: Desk, sandbox: Sandbox) -> None:
    event_id = await roomy(desk)
    hit = (await desk.clients.find("walk-in"))[0]
    booking = await desk.booking.book(event_id, checked(desk, draft_for(hit)))
    entry = (await desk.rosters.load(event_id)).by_booking(booking.id)
    assert entry is not None
    assert (entry.booking.visitor_id, entry.name) == (hit.visitor_id, hit.full_name)
    assert sandbox.requests.matching("POST", "bulk") == []


async def test_tags_of_a_new_booking_are_kept_in_both_dialects(desk: Desk) -> None:
    event_id = await roomy(desk)
    hit = await stranger_to(desk, event_id)
    tag = desk.reference.current.booking_tags[0]
    booking = await desk.booking.book(event_id, checked(desk, replace(draft_for(hit), tag_ids=(tag.id,))))
    entry = (await desk.rosters.load(event_id)).by_booking(booking.id)
    assert entry is not None
    assert entry.tags == (tag,)


async def test_a_booking_whose_tags_fail_stands_and_tells_it(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as desk:
        event_id = await roomy(desk)
        hit = await stranger_to(desk, event_id)
        tag = desk.reference.current.booking_tags[0]
        sandbox.faults.answer(403, {"success": False, "data": None, "meta": {}}, method="PUT")
        booking = await desk.booking.book(event_id, checked(desk, replace(draft_for(hit), tag_ids=(tag.id,))))
        assert booking.tag_ids is None
        assert (await desk.rosters.load(event_id)).by_booking(booking.id) is not None


async def test_without_bulk_a_known_client_is_booked_with_the_card(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as desk:
        event_id = await roomy(desk)
        hit = await stranger_to(desk, event_id)
        sandbox.faults.answer(405, {"success": False, "data": None, "meta": {}}, path="/bulk")
        booking = await desk.booking.book(event_id, checked(desk, draft_for(hit)))
        assert booking.client_id == hit.id
        assert [request.status for request in sandbox.requests.matching("POST", str(event_id))] == [405, 201]


async def test_a_full_event_refuses_and_nothing_is_doubled(desk: Desk) -> None:
    event_id = await event_where(desk, lambda event: (event.free or 0) >= 1)
    prepared = await desk.booking.prepare(event_id)
    hit = await stranger_to(desk, event_id)
    free = prepared.event.free or 0
    with pytest.raises(NotReady):
        await desk.booking.book(event_id, checked(desk, replace(draft_for(hit), places=str(free + 1)), free=free))
    unchecked = checked(desk, replace(draft_for(hit), places=str(free + 1)))
    with pytest.raises((AltegioError, BookingRefused)) as refused:
        await desk.booking.book(event_id, unchecked)
    assert not isinstance(refused.value, OutcomeUnknown)
    assert (await desk.booking.prepare(event_id)).roster.places == prepared.roster.places


async def test_a_withheld_phone_is_never_sent_back(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "activities", role="receptionist") as desk:
        event_id = await roomy(desk)
        roster = await desk.rosters.load(event_id)
        page = await desk.api.clients.search(desk.location.id, "", page_size=50)
        inside = {entry.booking.client_id for entry in roster.entries}
        hit = next(hit for hit in page.clients if hit.id not in inside)
        sandbox.requests.clear()
        with pytest.raises(CannotBook, match="withheld"):
            await desk.booking.book(event_id, checked(desk, draft_for(hit)))
        assert sandbox.requests.matching("POST") == []


async def test_by_id_alone_a_client_with_a_withheld_phone_is_booked(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events", role="receptionist") as desk:
        event_id = await roomy(desk)
        roster = await desk.rosters.load(event_id)
        page = await desk.api.clients.search(desk.location.id, "", page_size=50)
        inside = {entry.booking.client_id for entry in roster.entries}
        hit = next(hit for hit in page.clients if hit.id not in inside)
        assert (await desk.booking.book(event_id, checked(desk, draft_for(hit)))).client_id == hit.id


@pytest.mark.parametrize("handled", [True, False])
async def test_after_an_unknown_outcome_a_look_tells_whether_the_booking_is_there(
    desk: Desk, sandbox: Sandbox, handled: bool
) -> None:
    event_id = await roomy(desk)
    before = await desk.rosters.load(event_id)
    wanted = checked(desk, NEW)
    sandbox.faults.drop(handled=handled, method="POST")
    with nothing_read(sandbox), pytest.raises(OutcomeUnknown):
        await desk.booking.book(event_id, wanted)
    found = await desk.booking.look_for(event_id, wanted, before)
    assert (found is not None) is handled


async def test_a_look_does_not_take_an_older_booking_for_the_new_one(desk: Desk) -> None:
    event_id = await roomy(desk)
    wanted = checked(desk, NEW)
    await desk.booking.book(event_id, wanted)
    before = await desk.rosters.load(event_id)
    assert await desk.booking.look_for(event_id, wanted, before) is None
    assert await desk.booking.look_for(event_id, wanted, None) is not None


async def test_a_booking_is_edited_whole(desk: Desk) -> None:
    event_id = await roomy(desk)
    entry = next(one for one in (await desk.rosters.load(event_id)).entries if one.booking.client_id)
    edit = await desk.booking.open_booking(event_id, entry.booking)
    saved = await desk.booking.save_booking(edit, places=edit.places + 1, comment="late", tag_ids=edit.tag_ids)
    assert (saved.places, saved.comment) == (edit.places + 1, "late")
    again = await desk.booking.open_booking(event_id, entry.booking)
    assert again.tag_ids == edit.tag_ids
    assert again.price_item == edit.price_item


async def test_tags_of_a_booking_change_only_where_the_server_can(desk: Desk) -> None:
    event_id = await roomy(desk)
    entry = (await desk.rosters.load(event_id)).entries[0]
    tags = (desk.reference.current.booking_tags[-1].id,)
    edit = await desk.booking.open_booking(event_id, entry.booking)
    assert edit.tags_editable is (desk.api.spoken == "events")
    other = tags if edit.tag_ids != tags else ()
    if edit.tags_editable:
        await desk.booking.save_booking(edit, places=edit.places, comment=edit.comment, tag_ids=other)
        assert (await desk.booking.open_booking(event_id, entry.booking)).tag_ids == other
    else:
        with pytest.raises(CannotEdit, match="tags"):
            await desk.booking.save_booking(edit, places=edit.places, comment=edit.comment, tag_ids=other)


async def test_a_field_that_somebody_else_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    event_id = await roomy(desk)
    entry = (await desk.rosters.load(event_id)).entries[0]
    mine = await desk.booking.open_booking(event_id, entry.booking)
    await desk.booking.save_booking(mine, places=mine.places, comment="theirs", tag_ids=mine.tag_ids)
    with pytest.raises(CannotEdit, match="comment"):
        await desk.booking.save_booking(mine, places=mine.places, comment="mine", tag_ids=mine.tag_ids)
    saved = await desk.booking.save_booking(mine, places=mine.places + 1, comment=mine.comment, tag_ids=mine.tag_ids)
    assert (saved.comment, saved.places) == ("theirs", mine.places + 1)


@pytest.mark.parametrize("attendance", list(Attendance))
async def test_attendance_is_marked(desk: Desk, attendance: Attendance) -> None:
    event_id = await roomy(desk)
    entry = (await desk.rosters.load(event_id)).entries[0]
    await desk.booking.set_attendance(entry.booking, attendance)
    after = (await desk.rosters.load(event_id)).by_booking(entry.booking.id)
    assert after is not None
    assert after.attendance is attendance


async def test_a_cancelled_booking_is_gone_and_not_edited(desk: Desk) -> None:
    event_id = await roomy(desk)
    entry = (await desk.rosters.load(event_id)).entries[0]
    await desk.booking.cancel_booking(entry.booking)
    assert (await desk.rosters.load(event_id)).by_booking(entry.booking.id) is None
    with pytest.raises((AltegioError, CannotEdit)):
        await desk.booking.open_booking(event_id, entry.booking)


async def test_a_server_whose_dialect_is_found_out_is_booked_and_edited_alike(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "auto") as desk:
        event_id = await roomy(desk)
        hit = await stranger_to(desk, event_id)
        booking = await desk.booking.book(event_id, checked(desk, draft_for(hit)))
        edit = await desk.booking.open_booking(event_id, booking)
        saved = await desk.booking.save_booking(edit, places=2, comment="two", tag_ids=edit.tag_ids)
        assert (saved.places, saved.comment) == (2, "two")
