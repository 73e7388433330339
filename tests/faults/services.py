"""The same for the desk's services, which is what people are told: several calls in each, any of which may fail."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from tests.faults.deeds import Deed, Preparation, Thing, Told, new_event, things
from tests.faults.matrix import Cell
from tests.faults.station import Hit, Station
from tests.faults.studio import Planted
from tests.support.sandbox import NOON
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import OutcomeUnknown
from tui_app.altegio.resources import Attendance, Booking
from tui_app.desk.attendance import plan_attendance
from tui_app.desk.booking import BookingDraft, CheckedBooking, check_booking
from tui_app.desk.editing import draft_of
from tui_app.desk.moving import MovedInTwoSteps, MoveOutcome, RolledBack, TargetBookedSourceStays
from tui_app.desk.quick_edits import QuickEdit, SetCapacityTo
from tui_app.desk.repeating import RepeatState
from tui_app.desk.undo import AttendanceMarked, Booked, BookingCancelled, BookingMoved, EventSaved

HOW_MANY: Final = 12


def checked(draft: BookingDraft) -> CheckedBooking:
    """Check a form as the screens do."""
    return check_booking(draft, custom_fields=(), region="DE", free=None, roster=None, today=NOON.date())


async def booking_in(at: Station, event: Planted, booking_id: int) -> Booking:
    """Read a booking as a roster tells it."""
    entry = (await at.desk.rosters.load(event.id)).by_booking(booking_id)
    assert entry is not None
    return entry.booking


async def planted_booking(at: Station, event: Planted) -> tuple[int, Booking]:
    """Somebody who is booked: the client's id and the booking."""
    client = at.studio.client()
    return client, await booking_in(at, event, at.studio.booking(event, client))


# ------------------------------------------------------------------ bookings


async def book_new_client(at: Station) -> Deed:
    event, (name, phone) = at.studio.event(), at.studio.person()
    wanted = checked(BookingDraft(name=name, phone=phone, places="2"))
    roster = await at.desk.rosters.load(event.id)
    return Deed.of(
        lambda: at.studio.booked_by_phone(event.id, phone), lambda: at.desk.booking.book_onto(roster, wanted)
    )


async def book_known_client(at: Station) -> Deed:
    event, client = at.studio.event(), at.studio.client()
    wanted = checked(BookingDraft(client_id=client, name="Anna"))
    roster = await at.desk.rosters.load(event.id)
    return Deed.of(lambda: at.studio.booked(event.id, client), lambda: at.desk.booking.book_onto(roster, wanted))


async def book_known_client_with_tags(at: Station) -> Deed:
    event, client = at.studio.event(), at.studio.client()
    tag = (await at.api.reference.tags(at.location_id, "booking"))[0]
    wanted = checked(BookingDraft(client_id=client, name="Anna", tag_ids=(tag.id,)))
    roster = await at.desk.rosters.load(event.id)
    return Deed.of(lambda: at.studio.booked(event.id, client), lambda: at.desk.booking.book_onto(roster, wanted))


async def book_visitor(at: Station) -> Deed:
    event, (name, _) = at.studio.event(), at.studio.person()
    wanted = checked(BookingDraft(visitor_name=name))
    roster = await at.desk.rosters.load(event.id)
    return Deed.of(lambda: at.studio.visitors(event.id, name), lambda: at.desk.booking.book_onto(roster, wanted))


async def save_booking(at: Station) -> Deed:
    event = at.studio.event()
    _, booking = await planted_booking(at, event)
    edit = await at.desk.booking.open_booking(event.id, booking)
    return Deed.of(
        lambda: at.studio.stands(booking.id, "places = 2 AND comment = 'late'"),
        lambda: at.desk.booking.save_booking(edit, places=2, comment="late", tag_ids=edit.tag_ids),
    )


async def cancel_booking(at: Station) -> Deed:
    event = at.studio.event()
    _, booking = await planted_booking(at, event)
    return Deed.of(lambda: at.studio.stands(booking.id, "deleted = 1"), lambda: at.desk.booking.cancel_booking(booking))


async def mark_twelve(at: Station) -> Deed:
    event = at.studio.event()
    ids = [at.studio.booking(event) for _ in range(HOW_MANY)]
    roster = await at.desk.rosters.load(event.id)
    plan = plan_attendance(event.id, roster.entries, Attendance.ARRIVED)

    async def do() -> Sequence[Told]:
        progress = [one async for one in at.services.attendance.mark(plan, roster)][-1]
        done = {entry.booking.id for entry in progress.done}
        unknown = {
            failure.entry.booking.id for failure in progress.failures if isinstance(failure.error, OutcomeUnknown)
        }
        return [Told.DONE if one in done else Told.UNKNOWN if one in unknown else Told.FAILED for one in ids]

    return Deed(do, things(ids, lambda one: at.studio.stands(one, "attendance = 1")))


# ------------------------------------------------------------------ moving


async def move_in_one_step(at: Station) -> Deed:
    source, target = at.studio.event(), at.studio.event()
    _, booking = await planted_booking(at, source)
    move = await at.services.moves.prepare(booking, source.id, target.id)
    return Deed.of(
        lambda: at.studio.stands(booking.id, "event_id = ?", target.id), lambda: at.services.moves.move(move)
    )


async def move_in_two_steps(at: Station) -> Deed:
    source, target = at.studio.event(), at.studio.event()
    client, booking = await planted_booking(at, source)
    move = await at.services.moves.prepare(booking, source.id, target.id)

    async def do() -> Sequence[Told]:
        try:
            return _told_of_move(await at.services.moves.move_in_two_steps(move))
        except OutcomeUnknown:
            return Told.UNKNOWN, Told.FAILED

    return Deed(
        do,
        (
            Thing("target", lambda: at.studio.booked(target.id, client)),
            Thing("source cancelled", lambda: at.studio.stands(booking.id, "deleted = 1")),
        ),
    )


def _told_of_move(outcome: MoveOutcome) -> tuple[Told, Told]:
    """What the words say of the target, and of the source."""
    match outcome:
        case MovedInTwoSteps():
            return Told.DONE, Told.DONE
        case TargetBookedSourceStays(words=words):
            return Told.DONE, Told.UNKNOWN if "is not known" in words else Told.FAILED
        case RolledBack():
            return Told.FAILED, Told.FAILED
        case _:
            raise AssertionError(outcome)


# ------------------------------------------------------------------ events


async def create_event(at: Station) -> Deed:
    wanted = new_event(at, at.studio.event())
    return Deed.of(lambda: at.studio.events_at(wanted.starts_at), lambda: at.desk.editor.create(wanted))


async def save_event(at: Station) -> Deed:
    event = at.studio.event()
    base = await at.desk.editor.open(event.id)
    draft = replace(draft_of(base), capacity="31", comment="bring a mat")
    return Deed.of(
        lambda: at.studio.holds(event.id, "capacity = 31 AND comment = 'bring a mat'"),
        lambda: at.desk.editor.save(base, draft),
    )


async def cancel_event(at: Station) -> Deed:
    event = at.studio.event()
    at.studio.booking(event)
    opened = await at.desk.editor.open(event.id)
    return Deed.of(lambda: at.studio.holds(event.id, "deleted = 1"), lambda: at.desk.editor.cancel(opened))


async def quick_edit(at: Station) -> Deed:
    event = at.studio.event()
    edit = QuickEdit(event.id, SetCapacityTo(27))
    return Deed.of(lambda: at.studio.holds(event.id, "capacity = 27"), lambda: at.services.quick.apply(edit))


async def repeat_event(at: Station) -> Deed:
    event, hours = at.studio.event(), (at.studio.free_hour(), at.studio.free_hour())
    at.studio.booking(event)
    preview = await at.services.repeats.preview(event.id, hours)
    states = {RepeatState.CREATED: Told.DONE, RepeatState.UNKNOWN: Told.UNKNOWN}

    async def do() -> Sequence[Told]:
        told = {}
        async for result in at.services.repeats.repeat(preview, hours):
            told[result.starts_at] = states.get(result.state, Told.FAILED)
        return [told[hour] for hour in hours]

    return Deed(do, things(hours, at.studio.events_at))


async def repeat_event_with_its_booking(at: Station) -> Deed:
    event, hour = at.studio.event(), at.studio.free_hour()
    client, _ = await planted_booking(at, event)
    preview = await at.services.repeats.preview(event.id, (hour,))
    states = {RepeatState.CREATED: Told.DONE, RepeatState.UNKNOWN: Told.UNKNOWN}

    async def do() -> Sequence[Told]:
        results = [one async for one in at.services.repeats.repeat(preview, (hour,), with_bookings=True)]
        (result,) = results
        event_told = states.get(result.state, Told.FAILED)
        if event_told is not Told.DONE:
            return event_told, Told.FAILED if "not copied" in result.words else event_told
        booked = Told.DONE if "not booked" not in result.words else Told.FAILED
        return event_told, Told.UNKNOWN if "not known" in result.words else booked

    def copied() -> int:
        return at.studio.number(
            "SELECT count(*) FROM bookings b JOIN events e ON e.id = b.event_id"
            " WHERE e.wall = ? AND b.client_id = ? AND b.deleted = 0 AND e.deleted = 0",
            hour.isoformat(sep=" "),
            client,
        )

    return Deed(do, (Thing("event", lambda: at.studio.events_at(hour)), Thing("its booking", copied)))


# ------------------------------------------------------------------ undo


async def undo_a_booking(at: Station) -> Deed:
    event = at.studio.event()
    _, booking = await planted_booking(at, event)
    at.services.undo.remember(Booked(event.id, booking), "Booked")
    return Deed.of(lambda: at.studio.stands(booking.id, "deleted = 1"), at.services.undo.undo)


async def undo_a_cancelling(at: Station) -> Deed:
    event = at.studio.event()
    client, booking = await planted_booking(at, event)
    await at.desk.booking.cancel_booking(booking)
    at.services.undo.remember(BookingCancelled(event.id, booking), "Cancelled")
    return Deed.of(lambda: at.studio.booked(event.id, client), at.services.undo.undo)


async def undo_a_marking(at: Station) -> Deed:
    event = at.studio.event()
    _, booking = await planted_booking(at, event)
    await at.desk.booking.set_attendance(booking, Attendance.ARRIVED)
    at.services.undo.remember(AttendanceMarked(event.id, (booking,), Attendance.ARRIVED), "Marked")
    return Deed.of(lambda: at.studio.stands(booking.id, "attendance = 0"), at.services.undo.undo)


async def undo_a_move(at: Station) -> Deed:
    source, target = at.studio.event(), at.studio.event()
    _, booking = await planted_booking(at, source)
    moved = await at.services.moves.move(await at.services.moves.prepare(booking, source.id, target.id))
    at.services.undo.remember(BookingMoved(source.id, target.id, moved.booking), "Moved")
    return Deed.of(lambda: at.studio.stands(booking.id, "event_id = ?", source.id), at.services.undo.undo)


async def undo_a_save(at: Station) -> Deed:
    event = at.studio.event()
    before = await at.desk.editor.open(event.id)
    saved = await at.desk.editor.save(before, replace(draft_of(before), capacity="31"))
    at.services.undo.remember(EventSaved(before, saved.event), "Saved")
    return Deed.of(lambda: at.studio.holds(event.id, "capacity = 20"), at.services.undo.undo)


SERVICES: dict[str, Preparation] = {
    "book a new client": book_new_client,
    "book a known client": book_known_client,
    "book a known client, with tags": book_known_client_with_tags,
    "book a visitor": book_visitor,
    "change a booking": save_booking,
    "cancel a booking": cancel_booking,
    "mark twelve": mark_twelve,
    "move in one step": move_in_one_step,
    "move in two steps": move_in_two_steps,
    "create an event": create_event,
    "save an event": save_event,
    "cancel an event": cancel_event,
    "change the places": quick_edit,
    "repeat an event": repeat_event,
    "repeat an event with its booking": repeat_event_with_its_booking,
    "undo a booking": undo_a_booking,
    "undo a cancelling": undo_a_cancelling,
    "undo a marking": undo_a_marking,
    "undo a move": undo_a_move,
    "undo a save": undo_a_save,
}
"""What a desk does, each as the service behind the screens."""

LATER_WRITES: Final[Mapping[tuple[str, Spoken], tuple[Hit, ...]]] = {
    ("book a known client, with tags", "events"): (Hit(2),),
    ("mark twelve", "activities"): (Hit(4), Hit(4, on=True)),
    ("mark twelve", "events"): (Hit(4),),
    ("move in two steps", "activities"): (Hit(2), Hit(2, on=True)),
    ("move in two steps", "events"): (Hit(2), Hit(2, on=True)),
    ("repeat an event", "activities"): (Hit(2),),
    ("repeat an event with its booking", "activities"): (Hit(2),),
}
"""Which writes of a service after its first are let fail, too."""


def cells_of_services(faults: Iterable[str]) -> tuple[Cell, ...]:
    """Every service in both dialects, under each of these faults."""
    dialects: tuple[Spoken, ...] = ("activities", "events")
    return tuple(
        Cell(deed=deed, fault=fault, dialect=dialect, hit=hit)
        for fault in faults
        for deed in SERVICES
        for dialect in dialects
        for hit in (Hit(1), *LATER_WRITES.get((deed, dialect), ()))
    )
