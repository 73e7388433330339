"""What a confirmed write makes of a roster: by the answer alone, and under the numbers that are on the screen."""

import pytest
from msgspec.structs import replace

from tests.desk.builders import AS_OF, client_booking, scheduled
from tui_app.altegio.requests import BookingInput, ClientInput
from tui_app.altegio.resources import Attendance, Booking
from tui_app.desk.model import Roster, RosterEntry
from tui_app.desk.naming import is_visitor, name_of_booking, phone_of_booking
from tui_app.desk.own_changes import OwnChange, as_booked, counted, renumbered, with_own

EVENT = 1
KNOWN = BookingInput(client=ClientInput(id=7, name="Anna", surname="Kim", phone="+4915112345678"), places=1)
NEW = BookingInput(client=ClientInput(id=None, name="Rosa", surname="Lindt", phone="+4915187654321"), places=1)
WALK_IN = BookingInput(client=ClientInput(id=None, name="Bo Li", phone=""), places=1, visitor_name="Bo Li")
FOR_ANNA = replace(KNOWN, visitor_name="Bo Li")


def row(number: int, booking_id: int, *, places: int = 1, attendance: Attendance = Attendance.WAITING) -> RosterEntry:
    booking = replace(client_booking(booking_id), places=places, attendance=attendance)
    return RosterEntry(number=number, booking=booking, name=f"client {booking_id}")


def roster(*rows: RosterEntry, tick: int = 1, next_number: int = 0) -> Roster:
    following = next_number or max((one.number for one in rows), default=0) + 1
    return Roster(event_id=EVENT, entries=rows, as_of=AS_OF, tick=tick, next_number=following)


def came(booking_id: int, *, onto: Roster, tick: int, places: int = 1) -> OwnChange:
    return OwnChange(roster=onto, tick=tick, added=row(0, booking_id, places=places), mine=frozenset({booking_id}))


def went(booking_id: int, *, onto: Roster, tick: int) -> OwnChange:
    return OwnChange(roster=onto, tick=tick, removed=booking_id, mine=frozenset({booking_id}))


def numbers(shown: Roster) -> dict[int, int]:
    return {entry.booking.id: entry.number for entry in shown.entries}


# ------------------------------------------------------------------ the answer


def test_a_known_client_is_shown_by_what_the_search_told() -> None:
    whole = as_booked(Booking(id=5, event_id=EVENT, client_id=7), EVENT, KNOWN)
    assert whole is not None
    assert (name_of_booking(whole), phone_of_booking(whole)) == ("Anna Kim", "+4915112345678")
    assert whole.tag_ids == ()


def test_a_new_client_is_shown_as_typed() -> None:
    whole = as_booked(Booking(id=5, event_id=EVENT, client_id=99), EVENT, NEW)
    assert whole is not None
    assert (name_of_booking(whole), phone_of_booking(whole)) == ("Rosa Lindt", "+4915187654321")


def test_a_walk_in_is_shown_by_name_and_stays_without_a_card() -> None:
    whole = as_booked(Booking(id=5, event_id=EVENT, visitor_id=3, fictive_name="Bo Li"), EVENT, WALK_IN)
    assert whole is not None
    assert (name_of_booking(whole), is_visitor(whole)) == ("Bo Li", True)


def test_a_visitor_beside_a_client_is_shown_with_both() -> None:
    whole = as_booked(Booking(id=5, event_id=EVENT, client_id=7, visitor_id=3), EVENT, FOR_ANNA)
    assert whole is not None
    assert name_of_booking(whole) == "Bo Li (for Anna Kim)"


def test_three_places_are_shown_where_the_answer_tells_them() -> None:
    three = replace(KNOWN, places=3)
    whole = as_booked(Booking(id=5, event_id=EVENT, client_id=7, places=3), EVENT, three)
    assert whole is not None
    assert whole.places == 3
    assert as_booked(Booking(id=5, event_id=EVENT, client_id=7), EVENT, three) is None


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        (Booking(id=5, client_id=7), KNOWN),
        (Booking(id=5, event_id=2, client_id=7), KNOWN),
        (Booking(id=5, event_id=EVENT, client_id=8), KNOWN),
        (Booking(id=5, event_id=EVENT), KNOWN),
        (Booking(id=5, event_id=EVENT), NEW),
        (Booking(id=5, event_id=EVENT, client_id=9), WALK_IN),
        (Booking(id=5, event_id=EVENT, client_id=7, deleted=True), KNOWN),
        (Booking(id=5, event_id=EVENT, client_id=7), replace(KNOWN, tag_ids=(4,))),
    ],
    ids=["no event", "another event", "another client", "no client", "no card", "a card", "gone", "tags not told"],
)
def test_an_answer_that_tells_too_little_or_something_else_is_not_shown(answer: Booking, sent: BookingInput) -> None:
    assert as_booked(answer, EVENT, sent) is None


# ------------------------------------------------------------------ the roster


def test_a_booking_comes_last_under_the_next_number() -> None:
    read = roster(row(1, 11), row(4, 14), next_number=6)
    shown = with_own(read, [came(15, onto=read, tick=2)])
    assert numbers(shown) == {11: 1, 14: 4, 15: 6}
    assert shown.next_number == 7


def test_a_cancelled_booking_goes_and_its_number_with_it() -> None:
    read = roster(row(1, 11), row(2, 12))
    shown = with_own(read, [went(12, onto=read, tick=2)])
    assert numbers(shown) == {11: 1}
    assert numbers(with_own(shown, [came(13, onto=shown, tick=3)])) == {11: 1, 13: 3}


def test_what_a_reading_holds_already_is_not_doubled() -> None:
    read = roster(row(1, 11), row(2, 12, places=2))
    assert with_own(read, [came(12, onto=roster(row(1, 11)), tick=2)]) == read


def test_a_reading_that_began_after_the_answer_is_the_truth() -> None:
    """The booking that it lacks has been cancelled since, the one that it holds was booked again."""
    before = roster(row(1, 11))
    later = roster(row(1, 11), tick=9)
    assert with_own(later, [came(12, onto=before, tick=2), went(11, onto=before, tick=3)]) == later


def test_another_event_is_left_alone() -> None:
    read = roster(row(1, 11))
    other = Roster(event_id=2, entries=(), as_of=AS_OF, tick=1)
    assert with_own(read, [came(12, onto=other, tick=2)]) == read


def test_numbers_on_the_screen_stay_whatever_a_reading_gave() -> None:
    shown = roster(row(1, 11), row(2, 12), row(3, 13))
    read = roster(row(1, 11), row(2, 13), row(3, 14), tick=2)
    assert numbers(renumbered(read, shown)) == {11: 1, 13: 3, 14: 4}
    assert renumbered(read, shown).next_number == 5
    assert renumbered(read, None) == read


# ------------------------------------------------------------------ the row of the event


def test_the_row_tells_the_places_of_the_roster() -> None:
    read = roster(row(1, 11, places=2, attendance=Attendance.ARRIVED))
    event = counted(scheduled(EVENT), with_own(read, [came(12, onto=read, tick=2, places=3)]))
    assert (event.booked, event.arrived, event.free) == (5, 2, 7)
    assert event.event.free == 7


def test_a_full_event_has_no_place_left() -> None:
    read = roster(row(1, 11, places=11))
    event = counted(scheduled(EVENT), with_own(read, [came(12, onto=read, tick=2)]))
    assert (event.booked, event.free) == (12, 0)
