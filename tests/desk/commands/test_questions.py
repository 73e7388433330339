"""Which entry answers what: by the order of the entries alone (design 5, «Questions»)."""

import pytest
from msgspec.structs import replace

from tests.desk.commands.views import EVENING, LATE, LATER, NAMES, RUNNING, VIEW, intent, roster
from tui_app.altegio.resources import ClientHit
from tui_app.desk.commands.asking import offer, take, why_second_enter
from tui_app.desk.commands.intents import (
    Book,
    CancelBooking,
    CancelEvent,
    ClientQuery,
    Intent,
    ListActions,
    SelectEvent,
)
from tui_app.desk.commands.parse import read_part
from tui_app.desk.commands.questions import Choice, Questions, Turn, let_go, moved, point
from tui_app.desk.commands.view import Refused, View

HITS = (ClientHit(1, "Anna", "Kim", phone="+77010005678"), ClientHit(2, "Inna", "Kim", phone="+77020005678"))


class Desk:
    """A desk that runs what it is told and remembers it; `found` are the clients whom an entry is to be asked about."""

    def __init__(self, view: View = VIEW, found: dict[str, tuple[ClientHit, ...]] | None = None) -> None:
        self.view = view
        self.found = found or {}
        self.ran: list[Intent] = []
        self.said = ""

    def type(self, *entries: str) -> "Desk":
        for text in entries:
            turn = take(text, read_part(text, self.view), self.view)
            if isinstance(turn.run, Book) and text in self.found:
                booking = turn.run
                choices = tuple(Choice(hit.name, replace(booking, who=hit)) for hit in self.found[text])
                turn = offer(turn.state, text, choices)
            self.do(turn)
        return self

    def do(self, turn: Turn) -> None:
        self.said = turn.words
        self.view = replace(self.view, questions=turn.state)
        if turn.run is not None:
            self.ran.append(turn.run)
        if isinstance(turn.run, SelectEvent):
            self.view = replace(self.view.selecting(turn.run.event_id), roster=roster(turn.run.event_id))

    def become(self, questions: Questions) -> "Desk":
        self.view = replace(self.view, questions=questions)
        return self

    @property
    def waiting(self) -> list[str]:
        return [question.name for question in self.view.questions.waiting]


def booked(digits: str) -> Book:
    return Book(EVENING, ClientQuery(digits, (), digits))


CANCEL_3 = CancelBooking(EVENING, roster().entries[2])
ANNA, INNA = (Book(EVENING, hit) for hit in HITS)


class TestSecondEnter:
    def test_a_bare_enter_directly_behind_it_does_it(self) -> None:
        assert Desk().type("x3", "").ran == [CANCEL_3]

    def test_it_does_it_once(self) -> None:
        assert Desk().type("x3", "", "").ran == [CANCEL_3, ListActions()]

    def test_a_bare_enter_behind_another_entry_does_not(self) -> None:
        desk = Desk().type("x3", "5678", "")
        assert desk.ran == [booked("5678"), ListActions()]
        assert desk.waiting == []

    @pytest.mark.parametrize("between", ["42", "=1", "=", "zzz"])
    def test_whatever_stands_between_drops_it(self, between: str) -> None:
        desk = Desk().type("x3", between)
        assert desk.waiting == []
        assert CANCEL_3 not in desk.type("").ran

    def test_moving_the_selection_disarms_it(self) -> None:
        desk = Desk().type("x3")
        assert desk.become(moved(desk.view.questions)).waiting == []
        assert desk.type("").ran == [ListActions()]

    def test_it_confirms_that_entry_and_no_other(self) -> None:
        desk = Desk().type("x3", "x4", "")
        assert desk.ran == [CancelBooking(EVENING, roster().entries[3])]
        assert desk.waiting == []

    def test_typed_again_it_asks_again_and_waits_once(self) -> None:
        desk = Desk().type("x3", "5678", "x3")
        assert desk.waiting == ["x3"]
        assert desk.type("").ran[-1] == CANCEL_3

    def test_a_number_never_confirms_it(self) -> None:
        assert Desk().type("x3", "=1").ran == []

    def test_a_new_client_is_sent_by_the_second_enter(self) -> None:
        desk = Desk().type("anna kim 7012345678")
        assert desk.ran == []
        assert isinstance(desk.type("").ran[0], Book)

    @pytest.mark.parametrize(
        ("typed", "view", "asks"),
        [
            ("a", VIEW, True),
            ("a -3", VIEW, True),
            ("n3", VIEW, True),
            ("a3", VIEW, False),
            ("k3", VIEW, False),
            ("a", replace(VIEW, selected_id=RUNNING, roster=roster(RUNNING)), False),
            ("n3", replace(VIEW, selected_id=RUNNING, roster=roster(RUNNING)), False),
            ("5678", VIEW, False),
            ("5678", replace(VIEW, now=VIEW.now.replace(hour=23)), True),
            ("dup mon 4w", VIEW, True),
            ("m3 19b", VIEW, False),
            ("c14", VIEW, False),
        ],
    )
    def test_what_asks_for_it(self, typed: str, view: View, asks: bool) -> None:
        assert bool(why_second_enter(intent(typed, view), view)) is asks


class TestCandidates:
    def test_a_bare_enter_has_no_default(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim", "")
        assert desk.ran == []
        assert desk.said == "=1 to =2, or an arrow and Enter"

    def test_a_number_picks(self) -> None:
        assert Desk(found={"kim": HITS}).type("kim", "=2").ran == [INNA]

    def test_an_arrow_and_enter_pick(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim")
        assert desk.become(point(point(desk.view.questions, 1), 1)).type("").ran == [INNA]

    def test_the_arrow_up_begins_at_the_last(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim")
        assert desk.become(point(desk.view.questions, -1)).type("").ran == [INNA]

    def test_an_arrow_behind_another_entry_moves_in_a_list(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim", "a3")
        assert point(desk.view.questions, 1) is desk.view.questions

    @pytest.mark.parametrize("number", ["=0", "=3", "=999999"])
    def test_a_number_that_is_not_offered_picks_nobody(self, number: str) -> None:
        desk = Desk(found={"kim": HITS}).type("kim", number)
        assert desk.ran == []
        assert desk.waiting == ["kim"]

    def test_another_entry_runs_and_leaves_the_question_waiting(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim", "5678")
        assert desk.ran == [booked("5678")]
        assert desk.waiting == ["kim"]
        assert desk.type("=1").ran[-1] == ANNA

    def test_a_number_typed_twice_does_not_answer_the_older_question(self) -> None:
        desk = Desk(found={"kim": HITS, "pak": HITS}).type("pak", "kim", "=2", "=2")
        assert desk.ran == [INNA]
        assert desk.said == "pak waits: type = alone to see it"
        assert desk.type("=", "=1").ran == [INNA, ANNA]

    def test_a_number_behind_a_refused_entry_answers_nothing(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim", "a99", "=2")
        assert desk.ran == []
        assert desk.type("=", "=2").ran == [INNA]

    def test_it_is_asked_of_classes_as_well(self) -> None:
        assert Desk().type("19", "=2").ran == [SelectEvent(LATER)]

    def test_a_picked_booking_into_a_class_that_is_over_asks_once_more(self) -> None:
        desk = Desk(replace(VIEW, now=VIEW.now.replace(hour=23))).type("19 5678", "=1")
        assert desk.ran == []
        assert desk.type("").ran == [Book(LATE, ClientQuery("5678", (), "5678"), selects=True)]

    def test_esc_lets_go(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim")
        assert desk.become(let_go(desk.view.questions)).waiting == []


class TestCancellingAnEvent:
    def test_the_number_of_its_bookings_confirms(self) -> None:
        assert Desk().type("x", "=11").ran == [CancelEvent(EVENING, NAMES)]

    def test_an_event_without_bookings_takes_a_zero(self) -> None:
        view = replace(VIEW, roster=roster(names=()))
        assert Desk(view).type("cancel", "=0").ran == [CancelEvent(EVENING, ())]

    @pytest.mark.parametrize("answer", ["", "=", "=1", "=12", "=0"])
    def test_nothing_else_confirms(self, answer: str) -> None:
        desk = Desk().type("x", answer)
        assert desk.ran == []
        assert desk.waiting == ["x"]

    @pytest.mark.parametrize("entry", ["5678", "a3", "x3", "?", "a99", "kim"])
    def test_any_other_entry_drops_it(self, entry: str) -> None:
        desk = Desk().type("x", entry)
        assert "x" not in desk.waiting
        assert CancelEvent(EVENING, NAMES) not in desk.type("=11").ran

    def test_a_refused_cancelling_does_not_answer_an_older_question(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim")
        desk.view = replace(desk.view, selected_id=None, roster=None)
        assert desk.type("x", "=1").ran == []


class TestUnsettled:
    @pytest.mark.parametrize("first", ["19", "42", "18b", "31.02"])
    def test_a_burst_behind_a_class_that_was_not_chosen_books_nobody_elsewhere(self, first: str) -> None:
        desk = Desk().type(first, "5678", "a3", "x3", "")
        assert not [ran for ran in desk.ran if not isinstance(ran, ListActions)]

    def test_choosing_settles_it(self) -> None:
        assert Desk().type("19", "=1", "5678").ran == [SelectEvent(LATE), replace(booked("5678"), event_id=LATE)]
        assert Desk().type("42", "18", "5678").ran == [SelectEvent(EVENING), booked("5678")]

    def test_a_hand_on_the_selection_and_esc_settle_it(self) -> None:
        for settle in (moved, let_go):
            desk = Desk().type("42")
            assert desk.become(settle(desk.view.questions)).type("5678").ran == [booked("5678")]

    def test_a_booking_that_names_its_class_settles_it(self) -> None:
        into_evening = replace(booked("5678"), selects=True)
        assert Desk().type("42", "18 5678", "5678").ran == [into_evening, booked("5678")]

    def test_esc_goes_back_one_step_at_a_time(self) -> None:
        desk = Desk(found={"kim": HITS}).type("kim", "42")
        assert desk.become(let_go(desk.view.questions)).waiting == ["kim"]
        assert desk.become(let_go(desk.view.questions)).waiting == []

    def test_a_class_does_not_settle_the_day(self) -> None:
        desk = Desk().type("31.02", "18")
        assert desk.ran == []
        assert len(desk.type("today", "18", "5678").ran) == 3


def test_a_line_that_must_wait_changes_nothing() -> None:
    desk = Desk(replace(VIEW, roster=None)).type("a3")
    assert desk.ran == []
    assert desk.view.questions == Questions()
    assert desk.said == "the roster is still being read"


def test_a_waiting_entry_shows_no_whole_phone() -> None:
    assert Desk().type("anna kim +7 701 234 56 78").waiting == ["anna kim •• 5678"]


def test_a_refusal_is_told_in_its_words() -> None:
    reading = read_part("k", VIEW)
    assert isinstance(reading, Refused)
    assert Desk().type("k").said == reading.words
