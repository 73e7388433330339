"""What the tests of the desk line's services begin with: an event that fits, and somebody who is not in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from tui_app.altegio.resources import Booking, ClientHit
from tui_app.desk.booking import check_booking, draft_for
from tui_app.desk.booking_draft import BookingDraft
from tui_app.desk.desk import Desk
from tui_app.desk.model import Day, ScheduledEvent
from tui_app.sandbox import Sandbox
from tui_app.sandbox.faults import Drop, Fault

TODAY = date(2026, 3, 27)
TOMORROW = TODAY + timedelta(days=1)


async def day_of(desk: Desk, day: date = TODAY) -> Day:
    return await desk.schedule.load_day(day, reference=await desk.reference.load())


async def events_where(
    desk: Desk, fits: Callable[[ScheduledEvent], bool], day: date = TODAY
) -> tuple[ScheduledEvent, ...]:
    """The events of a day that have not begun and fit."""
    found = (await day_of(desk, day)).events
    return tuple(event for event in found if event.starts_at > desk.clock.now() and fits(event))


async def roomy(desk: Desk, day: date = TODAY) -> tuple[ScheduledEvent, ...]:
    """Events with bookings and at least four free places."""
    return await events_where(desk, lambda event: (event.free or 0) >= 4 and (event.booked or 0) >= 3, day)


async def stranger_to(desk: Desk, *event_ids: int) -> ClientHit:
    """A client with a phone who is booked into none of these events."""
    inside = {
        entry.booking.client_id for event_id in event_ids for entry in (await desk.rosters.load(event_id)).entries
    }
    page = await desk.api.clients.search(desk.location.id, "", page_size=100)
    return next(hit for hit in page.clients if hit.id not in inside and hit.phone)


async def book(desk: Desk, event_id: int, draft: BookingDraft) -> Booking:
    """Book as the form does, and read the booking as a roster tells it."""
    fields = desk.reference.current.custom_fields
    checked = check_booking(draft, custom_fields=fields, region=desk.region, free=None, roster=None, today=TODAY)
    made = await desk.booking.book(event_id, checked)
    entry = (await desk.rosters.load(event_id)).by_booking(made.id)
    assert entry is not None
    return entry.booking


async def booked_stranger(desk: Desk, *event_ids: int, places: int = 1) -> Booking:
    """Book a client into the first of these events who is in none of them."""
    hit = await stranger_to(desk, *event_ids)
    draft = draft_for(hit)
    return await book(desk, event_ids[0], BookingDraft(client_id=draft.client_id, name=hit.name, places=str(places)))


@contextmanager
def refused(sandbox: Sandbox, method: str, path: str = "", *, skip: int = 0, status: int = 403) -> Iterator[None]:
    """Refuse a call, after so many that go through; it must have met one."""
    fault = Fault(status=status, body=b'{"success":false,"data":null,"meta":{"message":"You may not do this"}}')
    sandbox.faults.add(fault, method=method, path=path, skip=skip)
    yield
    assert sandbox.faults.waiting == 0


@contextmanager
def nothing_read(sandbox: Sandbox, path: str = "", *, skip: int = 0, status: int = 401) -> Iterator[None]:
    """Refuse every read after so many that go through; faults that are still waiting at the end are forgotten."""
    sandbox.faults.add(Fault(status=status), method="GET", path=path, skip=skip, times=None)
    yield
    sandbox.faults.clear()


@contextmanager
def dropped(sandbox: Sandbox, method: str, path: str = "", *, handled: bool, skip: int = 0) -> Iterator[None]:
    """Cut the connection of a call, before or after it took effect; it must have met one."""
    sandbox.faults.add(Fault(drop=Drop.SILENT, handled=handled), method=method, path=path, skip=skip)
    yield
    assert sandbox.faults.waiting == 0
