from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.builders import AS_OF, client_booking
from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.resources import Booking, Client
from tui_app.desk.desk import Desk
from tui_app.desk.model import Roster
from tui_app.desk.naming import Names, name_of_booking
from tui_app.desk.roster import numbered
from tui_app.sandbox import Sandbox

NO_NAMES = Names(team_members={}, services={}, resources={}, event_tags={}, booking_tags={})


def reading(bookings: list[Booking], previous: Roster | None = None, event_id: int = 1) -> Roster:
    entries, next_number = numbered(bookings, NO_NAMES, event_id, previous)
    return Roster(event_id=event_id, entries=entries, as_of=AS_OF, next_number=next_number)


def numbers(roster: Roster) -> dict[int, int]:
    return {entry.booking.id: entry.number for entry in roster.entries}


def test_a_roster_is_numbered_by_name() -> None:
    roster = reading([client_booking(1, "Яна"), client_booking(2, "anna"), client_booking(3, "Bo")])
    assert numbers(roster) == {2: 1, 3: 2, 1: 3}


def test_numbers_stay_while_others_come_and_go() -> None:
    first = reading([client_booking(1, "Anna"), client_booking(2, "Bo"), client_booking(3, "Cem")])
    second = reading([client_booking(1, "Anna"), client_booking(3, "Cem"), client_booking(4, "Ada")], first)
    assert numbers(second) == {1: 1, 3: 3, 4: 4}


def test_the_highest_number_is_not_given_again_after_it_has_gone() -> None:
    first = reading([client_booking(1), client_booking(2)])
    second = reading([client_booking(1)], first)
    third = reading([client_booking(1), client_booking(5)], second)
    assert numbers(third) == {1: 1, 5: 3}


def test_another_event_starts_from_one() -> None:
    first = reading([client_booking(1), client_booking(2)])
    assert numbers(reading([client_booking(9)], first, event_id=2)) == {9: 1}


@given(st.lists(st.frozensets(st.integers(1, 12)), min_size=1, max_size=8))
def test_a_number_belongs_to_one_booking_for_as_long_as_the_roster_is_shown(readings: list[frozenset[int]]) -> None:
    holders: dict[int, int] = {}
    roster: Roster | None = None
    for present in readings:
        roster = reading([client_booking(number) for number in sorted(present)], roster)
        now = numbers(roster)
        assert set(now) == present
        assert len(set(now.values())) == len(now)
        for booking, number in now.items():
            assert holders.setdefault(number, booking) == booking


def test_whose_booking_it_is_stands_in_the_row() -> None:
    card = Client(id=1, name="Anna", surname="Kim")
    assert name_of_booking(Booking(id=1, client_id=1, client=card)) == "Anna Kim"
    assert name_of_booking(Booking(id=1, client_id=1, client=card, visitor_name="Bo")) == "Bo (for Anna Kim)"
    assert name_of_booking(Booking(id=1, visitor_name="Bo")) == "Bo"
    assert name_of_booking(Booking(id=1, client_id=77)) == "client 77"
    assert name_of_booking(Booking(id=1, fictive_name="Walk-in")) == "Walk-in"
    assert name_of_booking(Booking(id=1)) == "visitor"


async def busiest(desk: Desk) -> int:
    day = await desk.schedule.load_day(desk.clock.today(), reference=await desk.reference.load())
    return max(day.events, key=lambda event: event.booked or 0).id


async def test_a_roster_is_read_with_names_and_places(desk: Desk) -> None:
    event_id = await busiest(desk)
    roster = await desk.rosters.load(event_id)
    assert roster.places == (await desk.editor.open(event_id)).taken
    assert all(entry.name for entry in roster.entries)
    assert [entry.number for entry in roster.entries] == list(range(1, len(roster.entries) + 1))
    assert roster.as_of == desk.clock.instant()


async def test_a_cancelled_booking_leaves_its_number_unused(desk: Desk) -> None:
    event_id = await busiest(desk)
    before = await desk.rosters.load(event_id)
    await desk.booking.cancel_booking(before.entries[0].booking)
    after = await desk.rosters.load(event_id, before)
    assert {entry.number for entry in after.entries} == {entry.number for entry in before.entries} - {1}
    assert after.next_number == before.next_number


async def test_a_user_who_may_not_see_phones_reads_words(sandbox: Sandbox, clock: Clock, dialect: Spoken) -> None:
    async with connected(sandbox, clock, dialect, role="receptionist") as desk:
        roster = await desk.rosters.load(await busiest(desk))
        assert all(entry.name for entry in roster.entries)
        assert {entry.masked_phone for entry in roster.entries} <= {"phone withheld", "no phone shown", "no phone"}


def test_a_row_knows_a_visitor_from_a_client() -> None:
    rows = reading([client_booking(1), replace(Booking(id=2), visitor_name="Bo")])
    assert [row.is_visitor for row in rows.entries] == [False, True]
