"""Every row of the table of design 5."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.builders import wall
from tests.desk.commands.views import (
    EVENING,
    LATE,
    LATER,
    NAMES,
    SUNDAY,
    VIEW,
    candidates,
    chain,
    intent,
    refused,
    roster,
)
from tui_app.altegio.resources import Attendance
from tui_app.desk.commands.event_tokens import EventToken
from tui_app.desk.commands.intents import (
    Book,
    CallList,
    CancelBooking,
    CancelEvent,
    ClientQuery,
    Filter,
    GoToDay,
    Help,
    Intent,
    Lock,
    MoveBooking,
    Named,
    NewClient,
    NewEvent,
    NextFree,
    OpenBookingForm,
    OpenEventForm,
    Print,
    Quit,
    Refresh,
    Repeat,
    SelectEvent,
    SetAttendance,
    SetCapacity,
    SetLength,
    SetRoom,
    SetStart,
    SetTeamMember,
    SwitchLocation,
    Undo,
    Visitor,
    Week,
    Which,
    Who,
    WhoIs,
)
from tui_app.desk.commands.view import About
from tui_app.desk.model import RosterEntry
from tui_app.desk.phones import PhoneNumber

ENTRIES = roster().entries
ENDS_IN_5678 = ClientQuery("5678", (), "5678")
THIRD = ENTRIES[2]


def numbered(numbers: Sequence[int]) -> tuple[RosterEntry, ...]:
    return tuple(ENTRIES[number - 1] for number in numbers)


@pytest.mark.parametrize(
    ("typed", "event_id"),
    [
        ("18", EVENING),
        ("18:00", EVENING),
        ("18a", EVENING),
        ("19b", LATER),
        ("19a", LATE),
        ("19:30", LATER),
        ("6pm", EVENING),
    ],
)
def test_a_time_selects_the_class_of_the_day_shown(typed: str, event_id: int) -> None:
    assert intent(typed) == SelectEvent(event_id)


def test_an_hour_with_two_classes_is_asked() -> None:
    asked = candidates("19")
    assert asked.about is About.EVENT
    assert [choice.intent for choice in asked.items] == [SelectEvent(LATE), SelectEvent(LATER)]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("5678", ENDS_IN_5678),
        ("ann ki", ClientQuery("ann ki", ("ann", "ki"))),
        ("kim 5678", ClientQuery("kim 5678", ("kim",), "5678")),
        ("Ольга", ClientQuery("Ольга", ("Ольга",))),
        ("王芳", ClientQuery("王芳", ("王芳",))),
        ("anna kim 7012345678", NewClient("Anna", "Kim", PhoneNumber("+77012345678", "+7 701 234 5678"))),
        ("anna kim 8 701 234 56 78", NewClient("Anna", "Kim", PhoneNumber("+77012345678", "+7 701 234 5678"))),
        ("+7 701 234-56-78 Anna deVries", NewClient("Anna", "deVries", PhoneNumber("+77012345678", "+7 701 234 5678"))),
        ("w anna", Visitor("Anna")),
        ("w Anna-Lena K.", Visitor("Anna-Lena K.")),
    ],
)
def test_somebody_is_booked_into_the_selected_class(typed: str, who: Who) -> None:
    assert intent(typed) == Book(EVENING, who)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("18 5678", Book(EVENING, ENDS_IN_5678, selects=True)),
        ("19:30 ann", Book(LATER, ClientQuery("ann", ("ann",)), selects=True)),
        ("19b ann *2", Book(LATER, ClientQuery("ann", ("ann",)), 2, selects=True)),
        ("19b w anna", Book(LATER, Visitor("Anna"), selects=True)),
        ("5678 *3", Book(EVENING, ENDS_IN_5678, 3)),
        ("5678*3", Book(EVENING, ENDS_IN_5678, 3)),
        ("w anna *2", Book(EVENING, Visitor("Anna"), 2)),
    ],
)
def test_a_class_and_places_may_stand_beside_a_client(typed: str, expected: Intent) -> None:
    assert intent(typed) == expected


def test_several_are_read_one_after_another() -> None:
    parts = chain("5678; 1234; kim").parts
    queries = [ENDS_IN_5678, ClientQuery("1234", (), "1234"), ClientQuery("kim", ("kim",))]
    assert [part.reading for part in parts] == [Book(EVENING, query) for query in queries]


@pytest.mark.parametrize(
    ("typed", "to", "which", "numbers", "left_out"),
    [
        ("a", Attendance.ARRIVED, Which.ALL, range(1, 12), ()),
        ("a3", Attendance.ARRIVED, Which.NUMBERS, (3,), ()),
        ("a 3", Attendance.ARRIVED, Which.NUMBERS, (3,), ()),
        ("a3,7", Attendance.ARRIVED, Which.NUMBERS, (3, 7), ()),
        ("a3-5", Attendance.ARRIVED, Which.NUMBERS, (3, 4, 5), ()),
        ("a -3,7", Attendance.ARRIVED, Which.ALL_BUT, (1, 2, 4, 5, 6, 8, 9, 10, 11), (3, 7)),
        ("a-9-11", Attendance.ARRIVED, Which.ALL_BUT, range(1, 9), (9, 10, 11)),
        ("n3", Attendance.NO_SHOW, Which.NUMBERS, (3,), ()),
        ("k3 7", Attendance.CONFIRMED, Which.NUMBERS, (3, 7), ()),
        ("r11", Attendance.WAITING, Which.NUMBERS, (11,), ()),
    ],
)
def test_attendance(typed: str, to: Attendance, which: Which, numbers: Sequence[int], left_out: Sequence[int]) -> None:
    assert intent(typed) == SetAttendance(EVENING, to, which, numbered(numbers), numbered(left_out))


@pytest.mark.parametrize(
    ("typed", "day", "at", "to"),
    [
        ("m3 19b", SUNDAY, EventToken(19, ordinal=1), LATER),
        ("m3 19:00", SUNDAY, EventToken(19, 0), LATE),
        ("m 3 19:00", SUNDAY, EventToken(19, 0), LATE),
        ("m3 tue 19", date(2026, 11, 24), EventToken(19), None),
        ("m3 tu 19", date(2026, 11, 24), EventToken(19), None),
        ("m3 tue19", date(2026, 11, 24), EventToken(19), None),
        ("m3 tu19b", date(2026, 11, 24), EventToken(19, ordinal=1), None),
        ("m3 24.12 19:30", date(2026, 12, 24), EventToken(19, 30), None),
        ("m3 +1 9", date(2026, 11, 23), EventToken(9), None),
        ("m3 tomorrow 9", date(2026, 11, 23), EventToken(9), None),
    ],
)
def test_moving(typed: str, day: date, at: EventToken, to: int | None) -> None:
    assert intent(typed) == MoveBooking(EVENING, THIRD, day, at, to)


def test_a_target_with_two_classes_is_asked() -> None:
    assert candidates("m3 19").about is About.TARGET


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("x3", CancelBooking(EVENING, THIRD)),
        ("b3", OpenBookingForm(EVENING, THIRD)),
        ("b", OpenBookingForm(EVENING)),
        ("c14", SetCapacity(EVENING, 14)),
        ("c 14", SetCapacity(EVENING, 14)),
        ("c+1", SetCapacity(EVENING, 1, relative=True)),
        ("c-1", SetCapacity(EVENING, -1, relative=True)),
        ("t ann", SetTeamMember(EVENING, Named(1, "Anna Kovaleva"))),
        ("t mar ol", SetTeamMember(EVENING, Named(3, "Oleg Marchenko"))),
        ("at 19:30", SetStart(EVENING, time(19, 30))),
        ("at 19.30", SetStart(EVENING, time(19, 30))),
        ("at 1930", SetStart(EVENING, time(19, 30))),
        ("l 90", SetLength(EVENING, 90)),
        ("room 2", SetRoom(EVENING, Named(21, "Room 2"))),
        ("room sun", SetRoom(EVENING, Named(23, "Sun room"))),
        ("e", OpenEventForm(EVENING)),
        ("new", NewEvent(SUNDAY)),
        ("x", CancelEvent(EVENING, NAMES)),
        ("cancel", CancelEvent(EVENING, NAMES)),
        ("u", Undo()),
        ("call", CallList(EVENING)),
        ("print", Print(SUNDAY, EVENING)),
        ("print day", Print(SUNDAY)),
    ],
)
def test_what_is_done_to_the_selected_class(typed: str, expected: Intent) -> None:
    assert intent(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+1", GoToDay(date(2026, 11, 23))),
        ("-1", GoToDay(date(2026, 11, 21))),
        ("+999", GoToDay(date(2029, 8, 17))),
        ("today", GoToDay(SUNDAY)),
        ("tomorrow", GoToDay(date(2026, 11, 23))),
        ("fri", GoToDay(date(2026, 11, 27))),
        ("Friday", GoToDay(date(2026, 11, 27))),
        ("24.12", GoToDay(date(2026, 12, 24))),
        ("10.11", GoToDay(date(2026, 11, 10))),
        ("24.12.27", GoToDay(date(2027, 12, 24))),
        ("2026-12-24", GoToDay(date(2026, 12, 24))),
        ("24/12", GoToDay(date(2026, 12, 24))),
        ("week", Week(SUNDAY)),
        ("/yoga", Filter("yoga")),
        ("/ yoga  mats", Filter("yoga mats")),
        ("/", Filter("")),
        ("next yoga 2", NextFree("yoga", 2)),
        ("next yoga *2", NextFree("yoga", 2)),
        ("next", NextFree("")),
        ("who 5678", WhoIs(ENDS_IN_5678)),
        ("loc", SwitchLocation()),
        ("lock", Lock()),
        ("q", Quit()),
        ("?", Help()),
        ("help", Help()),
        ("refresh", Refresh()),
    ],
)
def test_what_needs_no_class(typed: str, expected: Intent) -> None:
    assert intent(typed, replace(VIEW, selected_id=None, roster=None)) == expected


def test_plus_and_minus_count_from_the_day_shown() -> None:
    assert intent("+1", VIEW.on_day(date(2026, 12, 1))) == GoToDay(date(2026, 12, 2))


def test_an_event_is_repeated_on_weekdays_of_the_coming_weeks() -> None:
    repeat = intent("dup mon,wed 2w")
    assert isinstance(repeat, Repeat)
    assert (repeat.weekdays, repeat.with_bookings) == ((0, 2), False)
    assert repeat.starts == tuple(wall(f"2026-{day} 18:00") for day in ("11-23", "11-25", "11-30", "12-02"))


def test_a_repeat_without_weekdays_keeps_the_events_own_and_may_take_the_bookings_along() -> None:
    repeat = intent("dup 3w with")
    assert isinstance(repeat, Repeat)
    assert repeat.with_bookings
    assert [start.date() for start in repeat.starts] == [date(2026, 11, 29), date(2026, 12, 6), date(2026, 12, 13)]


@pytest.mark.parametrize(("typed", "count"), [("dup daily 10d", 10), ("dup daily 2w", 14), ("вгз вфшдн 3в", 3)])
def test_an_event_is_repeated_daily(typed: str, count: int) -> None:
    repeat = intent(typed)
    assert isinstance(repeat, Repeat)
    assert repeat.weekdays == ()
    assert [start.date() for start in repeat.starts] == [SUNDAY + timedelta(days=day) for day in range(1, count + 1)]


@pytest.mark.parametrize(
    "typed",
    [
        "dup", "dup mon", "dup mon,xyz 4w", "dup 0w", "dup mon tue wed thu fri 30w", "dup 4w 5w", "dup daily",
        "dup daily 0d", "dup daily mon 2w", "dup mon 10d", "dup 10d", "dup daily 20w",
    ],
)  # fmt: skip
def test_a_repeat_that_is_not_clear_is_refused(typed: str) -> None:
    assert refused(typed).words


def test_several_team_members_are_candidates() -> None:
    asked = candidates("t ol")
    assert asked.about is About.TEAM_MEMBER
    assert [choice.words for choice in asked.items] == ["Oleg Marchenko", "Olesya Bo"]


def test_a_piece_within_a_name_is_a_candidate_even_alone() -> None:
    assert [choice.words for choice in candidates("t valeva").items] == ["Anna Kovaleva"]
