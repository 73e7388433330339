"""How a line is read: the first rule that fits, and nothing that is ambiguous acts (design 5)."""

from datetime import date

import pytest
from msgspec.structs import replace

from tests.desk.builders import event, scheduled
from tests.desk.commands.views import (
    EMPTY,
    EVENING,
    LATE,
    LATER,
    RUNNING,
    VIEW,
    candidates,
    chain,
    deferred,
    intent,
    marked,
    refused,
    roster,
)
from tui_app.altegio.resources import Attendance
from tui_app.desk.commands.asking import take
from tui_app.desk.commands.intents import (
    Book,
    ClientQuery,
    GoToDay,
    ListActions,
    MoveBooking,
    NewClient,
    OnClass,
    SelectEvent,
    SetAttendance,
    SetCapacity,
)
from tui_app.desk.commands.parse import read_line, read_part
from tui_app.desk.commands.questions import Lost
from tui_app.desk.commands.view import About, Chain, Deferred, Missing, Refused


@pytest.mark.parametrize("typed", ["n", "k", "r", "m", "N", "т", "л", "к", "ь"])
def test_a_verb_that_wants_a_number_is_never_taken_for_all(typed: str) -> None:
    assert "3" in refused(typed).words


@pytest.mark.parametrize("typed", ["at home", "at", "l", "l anna", "at 5678", "l 5678", "a 5678", "new kim", "n anna"])
def test_a_verb_without_its_kind_of_argument_is_a_name(typed: str) -> None:
    booked = intent(typed)
    assert isinstance(booked, Book)
    assert isinstance(booked.who, ClientQuery)


@pytest.mark.parametrize("typed", ["1830", "183", "12345", "180000", "2359", "0700"])
def test_three_to_six_digits_are_the_end_of_a_phone(typed: str) -> None:
    assert intent(typed) == Book(EVENING, ClientQuery(typed, (), typed))


@pytest.mark.parametrize("typed", ["+1234", "+77012345678", "+7 701 234 56 78"])
def test_plus_and_more_than_three_digits_are_a_phone(typed: str) -> None:
    booked = intent(typed)
    assert isinstance(booked, Book)
    assert isinstance(booked.who, ClientQuery)
    assert booked.who.phone == "".join(filter(str.isdigit, typed))


@pytest.mark.parametrize(
    ("typed", "name"),
    [('"May"', "May"), ("«May»", "May"), (" may", "may"), ('"a"', "a"), (" x", "x"), (" 18", "18"), ('"5678"', "5678")],
)
def test_quotes_or_a_leading_space_force_a_name(typed: str, name: str) -> None:
    assert intent(typed) == Book(EVENING, ClientQuery(name, (name,), forced=True))


@pytest.mark.parametrize("typed", ["18x", "18 x", "18:00x", "18ax", "18ч", "18 ч", "6pmx", "18 X"])
def test_a_class_and_x_ask_for_the_cancelling_of_that_class(typed: str) -> None:
    assert intent(typed, replace(VIEW, selected_id=LATE, roster=None)) in {
        OnClass(EVENING, "x"),
        OnClass(EVENING, "ч"),
        OnClass(EVENING, "X"),
    }


@pytest.mark.parametrize(
    "entry", ["a", "x", "cancel", "b", "e", "dup mon 4w", "c14", "c+1", "t an", "at 19:30", "l 90", "room 2", "call"]
)
def test_what_is_done_to_a_class_may_stand_behind_it(entry: str) -> None:
    assert intent(f"18 {entry}") == OnClass(EVENING, entry)


def test_a_verb_behind_several_classes_asks_which() -> None:
    choices = candidates("19 c14").items
    assert [choice.intent for choice in choices] == [OnClass(LATE, "c14"), OnClass(LATER, "c14")]
    assert intent("19b c14") == OnClass(LATER, "c14")


def test_a_letter_behind_a_class_is_an_ordinal_but_for_x() -> None:
    assert intent("18a") == SelectEvent(EVENING)
    assert refused("18b").lost is Lost.EVENT
    many = tuple(scheduled(number, "2026-11-22 18:00") for number in range(1, 25))
    assert refused("18x", replace(VIEW, events=many)).nearest == "18 x"
    assert len(candidates("18 x", replace(VIEW, events=many)).items) == 24


def test_what_stands_behind_a_class_is_a_client_unless_it_is_a_whole_verb() -> None:
    for typed in ("18 an", "18 l anna", "18 at home", "18 abc"):
        assert isinstance(intent(typed), Book)


def test_a_quoted_name_stands_behind_a_class_and_before_digits() -> None:
    assert intent('18 "may"') == Book(EVENING, ClientQuery("may", ("may",), forced=True), selects=True)
    assert intent('"new" 5678') == Book(EVENING, ClientQuery("new 5678", ("new",), "5678"))


def test_a_leading_space_leaves_a_phone_beside_a_name_a_phone() -> None:
    booked = intent(" anna kim 7012345678")
    assert isinstance(booked, Book)
    assert isinstance(booked.who, NewClient)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("18 a3", "18; a3"),
        ("18 19", "18; 19"),
        ("18 x3", "18; x3"),
        ("18 week", "18; week"),
        ("18 /yoga", "18; /yoga"),
        ("18c14", "18 c14"),
        ("18l 90", "18 l 90"),
        ("18e", "18 e"),
        ("18x3", "18; x3"),
        ("18m3 19", "18; m3 19"),
        ("24.12 18", "24.12; 18"),
    ],
)
def test_what_belongs_into_two_entries_is_refused_with_the_right_line(typed: str, nearest: str) -> None:
    assert refused(typed).nearest == nearest


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("42", "There is no hour 42"),
        ("25:00", "There is no 25:00"),
        ("18b", "Only 1 event starts at 18"),
        ("7", "No event starts at 7; there is 19:00"),
        ("18:30", "there is 18:00 Vinyasa"),
        ("18.30", "a class is typed as 18:30"),
        ("31.02", "There is no 31 Feb"),
        ("10/11", "two ways"),
        ("-1234", "999"),
        ("+0", "today"),
        ("a99", "Nobody has number 99"),
        ("a -99", "Nobody has number 99"),
        ("a5678", "arrived"),
        ("x99", "Nobody has number 99"),
        ("m3", "m3 19"),
        ("m3 anna", "m3 19"),
        ("m tue 19", "m3 19"),
        ("m3 42", "There is no hour 42"),
        ("m3 18", "is in that class already"),
        ("m3 xyz 19", "Type the date"),
        ("c10", "11 places are taken"),
        ("c-11", "11 places are taken"),
        ("c0", "one place or more"),
        ("c", "c14"),
        ("c1234", "c14"),
        ("t zzz", "Nothing is called"),
        ("t", "t an"),
        ("room", "room 2"),
        ("who", "who 5678"),
        ("w", "w anna"),
        ("w anna 7012345678", "no phone"),
        ("at 25:75", "There is no 25:75"),
        ("l 91", "multiple of 5"),
        ("l 3", "5 to 1440"),
        ("anna 1234567", "No such number"),
        ("7012 anna 345678", "one piece"),
        ("1234567890123456789", "Too many digits"),
        ("anna *0", "Places are 1 to 99"),
        ("anna *100", "Places are 1 to 99"),
        ("anna *", "number of places"),
        ("anna *2 *3", "One *"),
        ("a *3", "takes no places"),
        ("*3", "Type a name"),
        ("=", "No question"),
        ("=x", "number of the answer"),
        ("=2", "No question"),
        (";;", "Nothing stands between"),
        ('""', "Type a name"),
    ],
)  # fmt: skip
def test_a_refusal_says_why(typed: str, words: str) -> None:
    assert words in refused(typed).words


@pytest.mark.parametrize("typed", ["", "   ", "\t", "\x00"])
def test_a_bare_enter_lists_the_actions(typed: str) -> None:
    assert intent(typed) == ListActions()


@pytest.mark.parametrize("typed", ["5678", "a3", "x", "c14", "b", "e", "call", "w anna", "at 19:30"])
def test_without_a_selected_class_nothing_is_done_to_one(typed: str) -> None:
    assert "Select an event first" in refused(typed, EMPTY).words


def test_an_entry_that_chose_nothing_keeps_its_name_however_many_follow() -> None:
    view = VIEW
    for typed in ("19", "kim", "x", "zzz"):
        view = replace(view, questions=take(typed, read_part(typed, view), view).state)
    assert refused("5678", view).words == "«19» chose no event: choose one, or press Esc"


def test_a_cancelled_class_is_left_alone_and_cannot_be_named() -> None:
    gone = replace(VIEW.events[1], event=replace(event(EVENING), deleted=True))
    view = replace(VIEW, events=(VIEW.events[0], gone))
    assert "cancelled" in refused("5678", view).words
    assert refused("18", view).lost is Lost.EVENT


def test_nothing_is_undone_where_nothing_can_be() -> None:
    assert "nothing to undo" in refused("u", replace(VIEW, undoable="")).words


def test_those_who_have_arrived_are_not_marked_again() -> None:
    all_of_them = intent("a", replace(VIEW, roster=marked(3, Attendance.ARRIVED)))
    assert isinstance(all_of_them, SetAttendance)
    assert 3 not in [entry.number for entry in all_of_them.entries]


def test_a_number_counts_only_in_the_roster_that_is_shown() -> None:
    other = replace(VIEW, roster=roster(LATE))
    assert deferred("a3", other).missing is Missing.ROSTER
    assert deferred("x", replace(VIEW, roster=None)) == Deferred("x", Missing.ROSTER)


def test_a_class_waits_for_a_day_that_is_not_read_yet() -> None:
    view = VIEW.on_day(date(2026, 11, 24))
    assert deferred("18", view).missing is Missing.DAY
    assert deferred("5678", view).missing is Missing.DAY
    assert deferred("18 ann", view).missing is Missing.DAY


def test_names_that_are_not_read_yet_are_waited_for() -> None:
    assert deferred("t an", replace(VIEW, team_members=(), names_known=False)).missing is Missing.NAMES


def test_a_weekday_that_could_count_from_two_days_is_asked_before_a_move() -> None:
    ahead = replace(VIEW, shown=date(2026, 11, 30))
    asked = candidates("m3 tue 19", ahead)
    assert asked.about is About.DAY
    assert [choice.intent.day for choice in asked.items if isinstance(choice.intent, MoveBooking)] == [
        date(2026, 11, 24),
        date(2026, 12, 1),
    ]
    assert isinstance(intent("m3 tomorrow 19", ahead), MoveBooking)


@pytest.mark.parametrize("typed", ["11 701 234 56", "11 701 234 56 78"])
def test_groups_of_digits_that_are_a_class_or_a_phone_are_asked(typed: str) -> None:
    asked = candidates(typed)
    assert [getattr(choice.intent, "event_id", None) for choice in asked.items] == [RUNNING, EVENING]


def test_groups_of_digits_are_a_phone_where_no_class_is_at_that_hour() -> None:
    assert intent("8 701 234 56 78") == Book(EVENING, ClientQuery("87012345678", (), "87012345678"))


def test_a_relative_capacity_without_a_known_one_is_left_to_the_fresh_event() -> None:
    unknown = replace(VIEW.events[1], event=replace(event(EVENING), capacity=None))
    assert intent("c+1", replace(VIEW, events=(unknown,))) == SetCapacity(EVENING, 1, relative=True)


class TestChains:
    def test_each_part_is_read_in_the_view_that_the_parts_before_it_leave(self) -> None:
        parts = chain("19b; 5678; a3").parts
        assert parts[0].reading == SelectEvent(4)
        assert parts[1].reading == Book(4, ClientQuery("5678", (), "5678"))
        assert parts[2].reading == Deferred("a3", Missing.ROSTER)

    def test_what_follows_another_day_waits_for_it(self) -> None:
        parts = chain("fri; 18; 5678").parts
        assert parts[0].reading == GoToDay(date(2026, 11, 27))
        assert [part.reading for part in parts[1:]] == [Deferred("18", Missing.DAY), Deferred("5678", Missing.DAY)]

    @pytest.mark.parametrize("first", ["19", "42", "19 ann", "18b", "31.02", "18 a3"])
    def test_nobody_is_booked_into_the_class_before_where_the_choice_of_one_failed(self, first: str) -> None:
        second = chain(f"{first}; 5678").parts[1].reading
        assert isinstance(second, Refused)
        assert first in second.words

    def test_a_class_that_is_chosen_after_all_is_the_one_for_the_rest(self) -> None:
        assert isinstance(chain("42; 18; 5678").parts[2].reading, Book)

    def test_a_class_of_the_wrong_day_is_not_selected(self) -> None:
        assert [type(part.reading) for part in chain("31.02; 18; 5678").parts] == [Refused] * 3

    def test_a_part_that_is_refused_for_another_reason_stops_nobody(self) -> None:
        parts = chain("a99; 5678").parts
        assert isinstance(parts[0].reading, Refused)
        assert isinstance(parts[1].reading, Book)

    def test_an_answer_waits_for_the_question_of_the_entry_before_it(self) -> None:
        assert chain("x; =11").parts[1].reading == Deferred("=11", Missing.TURN)

    def test_a_semicolon_in_quotes_does_not_cut(self) -> None:
        assert intent('"a;b"') == Book(EVENING, ClientQuery("a;b", ("a;b",), forced=True))

    def test_one_part_and_empty_ones_are_one_entry(self) -> None:
        assert intent("; 5678 ;") == intent("5678")

    def test_the_leading_space_of_the_first_part_survives_into_its_turn(self) -> None:
        parts = chain(" may; 5678").parts
        assert read_part(parts[0].text, VIEW) == parts[0].reading

    def test_a_part_is_one_entry(self) -> None:
        assert isinstance(read_part("a; b", VIEW), Refused)
        assert isinstance(read_line("a; b", VIEW), Chain)
