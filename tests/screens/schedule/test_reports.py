"""What the desk line tells of its entries and questions."""

from msgspec.structs import replace

from tui_app.desk.commands.intents import Undo
from tui_app.desk.commands.questions import Choice, Question, QuestionKind, Questions
from tui_app.desk.entries.reports import EntryReport, EntryState
from tui_app.screens.schedule.reports import (
    SIGNS,
    newest_lines,
    question_lines,
    report_lines,
    with_report,
    without_unknown,
)


def report(number: int, state: EntryState, words: str = "", *, line: int = 1, text: str = "kim") -> EntryReport:
    return EntryReport(number=number, line=line, text=text, state=state, words=words)


def test_every_state_has_a_sign() -> None:
    assert set(SIGNS) == set(EntryState)


def test_what_was_done_is_said_without_repeating_what_was_typed() -> None:
    (line,) = report_lines({1: report(1, EntryState.DONE, "Booked Anna Kim")})
    assert line.text == " ✓ Booked Anna Kim"


def test_what_was_refused_is_named_by_what_was_typed() -> None:
    (line,) = report_lines({1: report(1, EntryState.REFUSED, "Nobody fits «kim»")})
    assert line.text == " ! kim: Nobody fits «kim»"
    assert line.tone == "alert"


def test_a_page_that_was_pasted_does_not_fill_the_screen() -> None:
    (line,) = report_lines({1: report(1, EntryState.REFUSED, "Nobody fits", text="the class is cancelled " * 30)})
    assert line.text == " ! the class is cancelled the class is cancelled t…: Nobody fits"


def test_an_entry_that_waits_for_its_turn_says_so() -> None:
    (line,) = report_lines({1: report(1, EntryState.QUEUED)})
    assert line.text == " · kim: waits for its turn"


def test_an_answer_without_words_takes_no_line() -> None:
    assert report_lines({1: report(1, EntryState.DONE)}) == []


def test_lines_that_belong_to_an_entry_stand_below_it() -> None:
    told = EntryReport(number=1, line=1, text="kim", state=EntryState.DONE, words="Booked", lines=("birthday today",))
    assert [line.text for line in report_lines({1: told})] == [" ✓ Booked", "     birthday today"]


def test_a_new_line_pushes_out_what_has_ended_and_keeps_what_is_open() -> None:
    reports = with_report({}, report(1, EntryState.DONE, "Booked", line=1))
    reports = with_report(reports, report(2, EntryState.ASKS, "Which one?", line=2))
    reports = with_report(reports, report(3, EntryState.WORKING, line=3))
    assert sorted(reports) == [2, 3]


def test_the_parts_of_one_line_stay_together() -> None:
    reports = with_report({}, report(1, EntryState.DONE, "Booked", line=1))
    reports = with_report(reports, report(2, EntryState.REFUSED, "Nobody", line=1))
    assert sorted(reports) == [1, 2]


def test_candidates_are_numbered_and_the_one_under_the_arrow_is_marked() -> None:
    choices = (Choice("Anna Kim •• 8027", Undo()), Choice("Kim Kim •• 8462", Undo()))
    question = Question("kim", QuestionKind.CANDIDATES, choices)
    lines = question_lines(Questions(waiting=(question,), opened=question, fresh=True, pointed=1), 10)
    assert [line.text for line in lines[1:]] == ["   =1 Anna Kim •• 8027", " ▸ =2 Kim Kim •• 8462"]
    assert lines[2].tone == "pointed"


def test_a_question_that_waits_says_how_to_come_back_to_it() -> None:
    choices = (Choice("Anna Kim •• 8027", Undo()), Choice("Kim Kim •• 8462", Undo()))
    kim, again = (
        Question("kim", QuestionKind.CANDIDATES, choices),
        Question("x3", QuestionKind.SECOND_ENTER, choices[:1]),
    )
    reports = {
        1: replace(report(1, EntryState.ASKS, "Who is it?"), next_step="=1 to =2"),
        2: replace(report(2, EntryState.ASKS, "Cancel it", text="x3"), next_step="Enter does it"),
    }
    asked = Questions(waiting=(kim, again), armed=again)
    assert [line.text for line in report_lines(reports, asked)] == [
        " ? kim: waits; = shows it again",
        " ? x3: Cancel it. Enter does it",
    ]
    opened = Questions(waiting=(kim,), opened=kim, fresh=True)
    assert [line.text for line in report_lines({1: reports[1]}, opened)] == [" ? kim: Who is it?"]


def test_what_is_known_by_now_is_not_told_as_unconfirmed() -> None:
    reports = {1: report(1, EntryState.UNKNOWN, "Not confirmed"), 2: report(2, EntryState.DONE, "Booked Anna Kim")}
    assert [line.text for line in report_lines(without_unknown(reports))] == [" ✓ Booked Anna Kim"]


def test_what_is_good_to_know_makes_room_before_what_went_wrong_does() -> None:
    wrong = report(1, EntryState.FAILED, "the server has trouble")
    booked = replace(report(2, EntryState.DONE, "Booked Anna Kim"), lines=("4 visits on record", "Pays by invoice"))
    assert [line.text for line in newest_lines({1: wrong, 2: booked}, 80, 3)] == [
        " ! kim: the server has trouble",
        " ✓ Booked Anna Kim",
    ]


def test_what_was_answered_last_stays_however_old_its_entry_is() -> None:
    reports = {number: report(number, EntryState.REFUSED, f"result {number}") for number in range(6)}
    told = with_report(reports, report(2, EntryState.DONE, "Booked Anna Kim"))
    assert " ✓ Booked Anna Kim" in [line.text for line in newest_lines(told, 80, 3)]


def test_questions_that_wait_make_room_for_the_newest_result() -> None:
    choices = (Choice("Anna Kim •• 8027", Undo()), Choice("Kim Kim •• 8462", Undo()))
    asked = Questions(waiting=tuple(Question(f"kim {each}", QuestionKind.CANDIDATES, choices) for each in range(7)))
    reports = {
        number: replace(report(number, EntryState.ASKS, "word " * 30, text=f"kim {number}"), lines=("a line",))
        for number in range(7)
    }
    reports[7] = report(7, EntryState.DONE, "Booked Anna Kim")
    assert [line.text for line in newest_lines(reports, 60, 4, asked)] == [
        " … 5 earlier",
        " ? kim 5: waits; = shows it again",
        " ? kim 6: waits; = shows it again",
        " ✓ Booked Anna Kim",
    ]


def test_a_question_that_only_waits_shows_no_candidates() -> None:
    question = Question("kim", QuestionKind.CANDIDATES, (Choice("Anna", Undo()),))
    assert question_lines(Questions(waiting=(question,)), 10) == []


def test_where_there_is_little_room_the_candidates_move_with_the_arrow() -> None:
    choices = tuple(Choice(f"Kim {number}", Undo()) for number in range(1, 9))
    question = Question("kim", QuestionKind.CANDIDATES, choices)
    lines = question_lines(Questions(waiting=(question,), opened=question, fresh=True, pointed=5), 4)
    assert "(4-6 of 8)" in lines[0].text
    assert [line.text for line in lines[1:]] == ["   =4 Kim 4", "   =5 Kim 5", " ▸ =6 Kim 6"]


def test_where_results_are_many_the_newest_and_what_is_open_stay() -> None:
    states = (
        EntryState.ASKS,
        EntryState.DONE,
        EntryState.REFUSED,
        EntryState.DONE,
        EntryState.REFUSED,
        EntryState.DONE,
    )
    reports = {number: report(number, state, f"result {number}") for number, state in enumerate(states)}
    shown = [line.text for line in newest_lines(reports, 80, 4)]
    assert shown == [" … 3 earlier", " ? kim: result 0", " ! kim: result 4", " ✓ result 5"]
    assert [line.text for line in newest_lines(reports, 80, 6)] == [line.text for line in report_lines(reports)]


def test_an_answer_without_words_is_not_counted_among_the_earlier() -> None:
    reports = {
        number: report(number, EntryState.DONE, words) for number, words in enumerate(("", "one", "two", "three"))
    }
    assert [line.text for line in newest_lines(reports, 80, 2)] == [" … 2 earlier", " ✓ three"]
