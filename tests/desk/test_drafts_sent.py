"""A draft that was on its way is not offered again once the journal knows that it arrived."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.test_drafts import BOOKING, CONTENTS
from tui_app.altegio.operations import AddBookings, CancelBooking, CreateEvent, Operation, UpdateBooking, UpdateEvent
from tui_app.altegio.requests import BookingUpdate, BulkEntry, EventInput
from tui_app.altegio.resources import PriceItem
from tui_app.desk.drafts import Content, EventWork
from tui_app.desk.drafts.sent import was_carried_out
from tui_app.desk.event_draft import EventDraft

INPUT = EventInput(
    team_member_id=4,
    service_id=3,
    resource_ids=(),
    tag_ids=(),
    starts_at=datetime(2026, 3, 27, 18, 0),  # noqa: DTZ001 - wall clock
    length=timedelta(hours=1),
    capacity=12,
)
NEW = Content(
    words="a new event",
    work=EventWork(
        day=date(2026, 3, 27),
        draft=EventDraft(service_id=3, team_member_id=4),
        changed=("service_id", "team_member_id"),
    ),
)
UPDATE = BookingUpdate(
    places=2, comment="late", tag_ids=(4,), price_item=PriceItem(cost_per_unit=0, discount_percent=0, manual_cost=0)
)
BOOKED = AddBookings(location_id=1, event_id=7, entries=(BulkEntry(places=1, client_id=5),))
WRITES: tuple[tuple[Content, Operation], ...] = (
    (BOOKING, BOOKED),
    (CONTENTS[1], UpdateEvent(location_id=1, event_id=7, event=INPUT)),
    (CONTENTS[2], UpdateBooking(location_id=1, event_id=7, booking_id=70, update=UPDATE)),
    (NEW, CreateEvent(location_id=1, event=INPUT)),
)


@pytest.mark.parametrize(("content", "operation"), WRITES)
def test_what_was_on_its_way_and_arrived_is_done(content: Content, operation: Operation) -> None:
    assert was_carried_out(replace(content, sent=True), (operation,))


@pytest.mark.parametrize(("content", "operation"), WRITES)
def test_what_was_not_on_its_way_stays(content: Content, operation: Operation) -> None:
    assert not was_carried_out(replace(content, sent=False), (operation,))


@pytest.mark.parametrize(("content", "_"), WRITES)
def test_another_write_says_nothing_of_it(content: Content, _: Operation) -> None:
    other = CancelBooking(location_id=1, event_id=7, booking_id=70)
    elsewhere = replace(BOOKED, event_id=8)
    assert not was_carried_out(replace(content, sent=True), (other, elsewhere))
    assert not was_carried_out(replace(content, sent=True), ())
