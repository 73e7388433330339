"""What the line under the desk line says while it is typed (design 5)."""

from datetime import date

import pytest
from msgspec.structs import replace

from tests.desk.builders import scheduled
from tests.desk.commands.test_questions import HITS, Desk
from tests.desk.commands.views import EVENING, RUNNING, VIEW, marked, roster
from tui_app.altegio.resources import Attendance
from tui_app.desk.commands.matching import Match, Nobody, NotAsked, One, Searching, Several
from tui_app.desk.commands.parse import read_line
from tui_app.desk.commands.preview import Preview, Tone, preview
from tui_app.desk.commands.questions import how_to_come_back
from tui_app.desk.commands.verbs import BY_WORD, VERBS, nearest_verb
from tui_app.desk.commands.view import Refused, View

ANNA, INNA = HITS
FULL = replace(VIEW, events=(replace(VIEW.events[1], booked=12),))
ONE_LEFT = replace(VIEW, events=(replace(VIEW.events[1], booked=10),))
TUESDAY = replace(
    VIEW, shown=date(2026, 11, 24), events=(scheduled(EVENING, "2026-11-24 18:00"),), roster=roster(EVENING)
)


def shown(text: str, view: View = VIEW, match: Match | None = None) -> Preview:
    return preview(text, read_line(text, view), view, match or NotAsked())


@pytest.mark.parametrize(
    ("typed", "view", "match", "line"),
    [
        ("5678", ONE_LEFT, One(ANNA), "Book Anna Kim •• 5678 into 18:00 Vinyasa, 1 place left"),
        ("5678", TUESDAY, One(ANNA), "Book Anna Kim •• 5678 into Tue 24 Nov 18:00 Vinyasa, 8 places left"),
        ("5678 *2", ONE_LEFT, One(ANNA), "Book Anna Kim •• 5678 with 2 places into 18:00 Vinyasa, no place left"),
        ("5678 *3", ONE_LEFT, One(ANNA), "Book Anna Kim •• 5678 with 3 places into 18:00 Vinyasa, only 2 places free"),
        ("5678", FULL, One(ANNA), "Book Anna Kim •• 5678 into 18:00 Vinyasa, no place free"),
        ("5678", VIEW, Searching(), "Looking for «…5678», to book into 18:00 Vinyasa, 8 places left"),
        ("w anna", VIEW, None, "Book visitor Anna into 18:00 Vinyasa, 8 places left"),
        ("18", VIEW, None, "Select 18:00 Vinyasa"),
        ("a3", VIEW, None, "3 Vera Pak: arrived, 18:00 Vinyasa"),
        ("m3 19:00", VIEW, None, "Move 3 Vera Pak from 18:00 Vinyasa to 19:00 Vinyasa"),
        ("m3 tue 19", VIEW, None, "Move 3 Vera Pak from 18:00 Vinyasa to Tue 24 Nov, the class at 19"),
        ("c14", VIEW, None, "Places of 18:00 Vinyasa: 14 (now 12)"),
        ("c+1", VIEW, None, "Places of 18:00 Vinyasa: 13 (now 12)"),
        ("t ann", VIEW, None, "18:00 Vinyasa: team member Anna Kovaleva"),
        ("at 19:30", TUESDAY, None, "Tue 24 Nov 18:00 Vinyasa: start at 19:30"),
        ("l 90", VIEW, None, "18:00 Vinyasa: 90 minutes"),
        ("room 2", VIEW, None, "18:00 Vinyasa: into Room 2"),
        ("u", VIEW, None, "Undo: booking of Anna Kim"),
        ("+1", VIEW, None, "Go to Mon 23 Nov"),
        ("today", VIEW, None, "Go to Sun 22 Nov, today"),
        ("/yoga", VIEW, None, "Show only events with «yoga»"),
        ("/", VIEW, None, "Show all events"),
        ("next yoga 2", VIEW, None, "Look for the next «yoga» with 2 places free"),
        ("who +77012345678", VIEW, None, "List the coming bookings of «•• 5678»"),
        ("print day", VIEW, None, "Print Sun 22 Nov, all classes"),
        ("b3", VIEW, None, "Open the booking form of 3 Vera Pak"),
        ("к3", VIEW, None, "3 Vera Pak: back to waiting, 18:00 Vinyasa"),
    ],
)
def test_what_enter_will_do(typed: str, view: View, match: Match | None, line: str) -> None:
    assert shown(typed, view, match).line == line


@pytest.mark.parametrize(
    ("typed", "view", "words"),
    [
        ("x3", VIEW, ("Cancel the booking of 3 Vera Pak in 18:00 Vinyasa", "Enter twice")),
        ("a", VIEW, ("All 11 arrived", "this event has not begun", "Enter twice")),
        ("a -3", VIEW, ("All 10 arrived, but not 3 Vera Pak",)),
        ("anna kim 7012345678", VIEW, ("new client Anna Kim +7 701 234 5678", "no consents", "Enter twice")),
        ("x", VIEW, ("Cancel 18:00 Vinyasa: 11 bookings go", "Anna Kim, Boris Li", "and 7 more", "=11 will confirm")),
        ("w anna", replace(VIEW, now=VIEW.now.replace(hour=23)), ("this event is over", "Enter twice")),
    ],
)
def test_what_enter_asks_first(typed: str, view: View, words: tuple[str, ...]) -> None:
    told = shown(typed, view)
    assert told.tone is Tone.ASKS
    assert [word for word in words if word not in told.line] == []


def test_no_shows_who_would_be_marked_as_arrived_are_named() -> None:
    view = replace(VIEW, roster=marked(3, Attendance.NO_SHOW))
    assert "also 3 Vera Pak, marked no-show" in shown("a", view).line


def test_candidates_have_the_numbers_that_pick_them() -> None:
    told = shown("kim", match=Several(HITS))
    assert told.tone is Tone.ASKS
    assert told.items == ("=1 Anna Kim •• 5678", "=2 Inna Kim •• 5678")
    assert shown("19").items == ("=1 19:00 Vinyasa, Алёна Ковалёва", "=2 19:30 Vinyasa, Алёна Ковалёва")


def test_somebody_with_the_phone_of_a_new_client_is_offered_first() -> None:
    told = shown("ann 7012345678", match=One(ANNA))
    assert told.items == ("=1 Anna Kim •• 5678", "=2 new client Ann")


def test_the_dates_of_a_repeat_are_listed() -> None:
    told = shown("dup mon 2w")
    assert told.line.startswith("Repeat 18:00 Vinyasa on Mon: 2 dates to Mon 30 Nov")
    assert told.items == ("Mon 23 Nov 18:00", "Mon 30 Nov 18:00")


@pytest.mark.parametrize(
    ("typed", "view", "line", "tone"),
    [
        ("19:00 c14", VIEW, "Places of 19:00 Vinyasa: 14 (now 12)", Tone.ACTS),
        ("19:00x", VIEW, "Cancel 19:00 Vinyasa: Enter shows how many bookings go with it", Tone.ASKS),
        ("18x", VIEW, "Cancel 18:00 Vinyasa: 11 bookings go with it (Anna Kim, Boris Li, ", Tone.ASKS),
        ("19:00 a", VIEW, "All arrived, 19:00 Vinyasa; this event has not begun: Enter twice", Tone.ASKS),
        ("11 a", VIEW, "All arrived, 11:30 Vinyasa", Tone.ACTS),
        ("19:00 c0", VIEW, "Select 19:00 Vinyasa, then «c0»: An event has one place or more", Tone.STOPS),
    ],
)  # fmt: skip
def test_what_is_done_to_a_class_behind_it(typed: str, view: View, line: str, tone: Tone) -> None:
    told = shown(typed, view)
    assert told.line.startswith(line)
    assert told.tone is tone


def test_a_daily_repeat_says_so() -> None:
    assert shown("dup daily 2w").line.startswith("Repeat 18:00 Vinyasa daily: 14 dates to Sun 6 Dec")


def test_each_part_of_a_chain_is_told() -> None:
    told = shown("19b; 5678; a3; zzz;42")
    assert told.items[0] == "1 Select 19:30 Vinyasa"
    assert told.items[2] == "3 then «a3»"
    assert told.items[4].startswith("5 There is no hour 42")


def test_bookings_in_a_chain_leave_fewer_places_one_after_another() -> None:
    told = shown("5678 *2; w olya *3; 19b kim")
    assert [item.rsplit(", ", 1)[1] for item in told.items] == ["7 places left", "4 places left", "8 places left"]


def test_what_must_be_read_first_is_waited_for() -> None:
    assert shown("a3", replace(VIEW, roster=None)).tone is Tone.WAITS


@pytest.mark.parametrize("match", [Nobody(), Searching(), Several(HITS), One(ANNA), NotAsked()])
@pytest.mark.parametrize("typed", ["anna +7 701 234 56 78; kim", "+7 701 234 56 78", "18 7012345678", "11 701 234 56"])
def test_no_whole_phone_of_a_known_client_is_shown(typed: str, match: Match) -> None:
    told = shown(typed, match=match)
    digits = "".join(char for char in told.line + " ".join(told.items) if char.isdecimal())
    assert "70123456" not in digits or "new client" in " ".join(told.items)


class TestNobody:
    @pytest.mark.parametrize(
        ("typed", "verb"),
        [
            ("toady", "today"), ("tuseday", "today"), ("wek", "week"), ("hlep", "help"), ("cancle", "cancel"),
            ("prnt", "print"), ("nxt yoga 2", "next"), ("рудз2", "help"), ("а3", "a"), ("х3", "x"), ("эрудз", "help"),
        ],
    )  # fmt: skip
    def test_the_nearest_verb_is_offered(self, typed: str, verb: str) -> None:
        shows = next(one.shows for one in VERBS if one.word == verb)
        assert f"Did you mean {shows}?" in shown(typed, match=Nobody()).line

    @pytest.mark.parametrize("name", ["anna", "ольга", "kim", "王芳", "5678", "dmitri"])
    def test_a_name_is_not_taken_for_a_slip(self, name: str) -> None:
        assert nearest_verb(name) is None
        assert "new client" in shown(name, match=Nobody()).line

    def test_digits_of_a_name_are_doubted_first(self) -> None:
        assert "Look at the digits" in shown("anna 5678", match=Nobody()).line

    def test_a_quoted_name_is_no_slip(self) -> None:
        assert "Did you mean" not in shown('"toady"', match=Nobody()).line


@pytest.mark.parametrize("typed", ["18 a3", "n", "c1234", "m3"])
def test_a_refusal_names_the_right_line(typed: str) -> None:
    told = shown(typed)
    assert told.tone is Tone.STOPS
    assert told.line


class TestBareEnterAndAnswers:
    def test_a_second_enter_says_what_it_does(self) -> None:
        assert shown("", Desk().type("x3").view).line == "Cancel the booking of 3 Vera Pak in 18:00 Vinyasa"

    def test_elsewhere_it_lists_the_actions(self) -> None:
        assert shown("", Desk().type("x3", "5678").view).line == "List what can be done with the selected row"

    def test_a_number_says_whom_it_picks(self) -> None:
        view = Desk(found={"kim": HITS}).type("kim").view
        assert shown("=2", view).line == "Book Inna Kim •• 5678 into 18:00 Vinyasa, 8 places left"
        assert shown("=3", view).line == "There is no 3: =1 to =2, or an arrow and Enter"

    def test_the_number_of_a_cancelling_says_what_goes(self) -> None:
        view = Desk().type("x").view
        assert shown("=11", view).tone is Tone.ACTS
        assert shown("=3", view).line == "Not confirmed: =11 confirms"

    def test_questions_wait_by_name(self) -> None:
        view = Desk(found={"kim": HITS, "pak": HITS}).type("pak", "kim").view
        state = view.questions
        assert {question.name: how_to_come_back(state, question) for question in state.waiting} == {
            "pak": "waits; = shows it again",
            "kim": "",
        }


def test_an_event_that_runs_is_named_like_any_other() -> None:
    view = replace(VIEW, selected_id=RUNNING, roster=roster(RUNNING))
    assert shown("a", view).line == "All 11 arrived, 11:30 Vinyasa"


@pytest.mark.parametrize("word", [verb.word for verb in VERBS if verb.word not in {"today", "?"}])
def test_what_the_table_shows_of_a_verb_is_read(word: str) -> None:
    for shows in BY_WORD[word].shows.split(" · "):
        assert not isinstance(read_line(shows, VIEW), Refused)
