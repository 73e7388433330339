"""A burst does the same as typing slowly: in order, nothing lost, each entry with its own result."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from tests.desk.acting import refused, roomy
from tests.desk.entries.screen import Bench, benched
from tests.support.sandbox import Clock, opened
from tui_app.altegio.dialects import Spoken
from tui_app.desk.entries.reports import EntryReport, EntryState
from tui_app.desk.entries.runner import MOST_WAITING
from tui_app.desk.entries.surface import Step
from tui_app.sandbox import Sandbox

DONE, ASKS, REFUSED = EntryState.DONE, EntryState.ASKS, EntryState.REFUSED


def told(reports: list[EntryReport]) -> list[tuple[str, EntryState, str]]:
    return [(report.text, report.state, report.words) for report in reports]


@contextmanager
def another(clock: Clock) -> Iterator[Sandbox]:
    """A second sandbox with the same seed."""
    with opened(clock=clock) as sandbox:
        yield sandbox


async def lines_of(bench: Bench) -> list[str]:
    """A busy minute: two unique clients, an ambiguous one, a visitor, nonsense, an answer, an undo."""
    event = (await roomy(bench.desk))[0]
    one, other = (await bench.outsiders(event))[-2:]
    return [
        f"{event.starts_at:%H:%M}",
        one.phone[-6:],
        other.phone[-6:],
        "anna",
        "w walter",
        "zzyzx",
        "w wanda",
        "u",
        "x1",
        "",
    ]


async def test_a_burst_equals_typing_slowly(bench: Bench, clock: Clock, dialect: Spoken) -> None:
    lines = await lines_of(bench)
    await bench.type(*lines)
    with another(clock) as sandbox:
        async with benched(sandbox, clock, dialect) as slow:
            await slow.slowly(*lines)
            assert told(bench.reports()) == told(slow.reports())
            assert await bench.names(bench.screen.selected_id or 0) == await slow.names(slow.screen.selected_id or 0)
    assert bench.states() == [DONE, DONE, DONE, ASKS, DONE, REFUSED, DONE, DONE, DONE, DONE]


async def test_the_ambiguous_one_waits_by_name_and_the_later_ones_run(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    one, other = (await bench.outsiders(event))[-2:]
    await bench.select(event.id)
    await bench.type(one.phone[-6:], "anna", other.phone[-6:])
    assert bench.states() == [DONE, ASKS, DONE]
    assert [question.name for question in bench.screen.questions.waiting] == ["anna"]
    inside = await bench.names(event.id)
    choices = bench.screen.questions.waiting[0].choices
    number = next(place for place, choice in enumerate(choices, 1) if choice.words.split(" ••")[0] not in inside)
    await bench.type(f"={number}")
    assert bench.states() == [DONE, DONE, DONE, DONE]


async def test_every_entry_is_queued_and_worked_on_before_it_ends(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    numbers = (*bench.runner.enter("w walter"), *bench.runner.enter("w wanda"))
    assert [report.state for report in bench.screen.told] == [EntryState.QUEUED, EntryState.QUEUED]
    assert bench.runner.busy
    await bench.rest()
    seen = [report.state for report in bench.screen.told if report.number == numbers[1]]
    assert seen[0] is EntryState.QUEUED
    assert EntryState.WORKING in seen
    assert seen[-1] is DONE
    assert not bench.runner.busy


async def test_a_chain_goes_on_behind_a_refusal_and_a_question(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    first = (await bench.type("w walter; m; anna; w wanda")).number
    assert bench.states() == [DONE, REFUSED, ASKS, DONE]
    assert {report.line for report in bench.reports()} == {first}
    assert [report.text for report in bench.reports()] == ["w walter", "m", "anna", "w wanda"]
    assert {"Walter", "Wanda"} <= set(await bench.names(event.id))


async def test_a_class_that_could_not_be_chosen_stops_what_was_meant_for_it(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    before = await bench.names(event.id)
    await bench.type("03; w walter")
    assert bench.states() == [REFUSED, REFUSED]
    assert await bench.names(event.id) == before


async def test_a_step_keeps_its_place_among_entries(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    bench.runner.enter(f"{event.starts_at:%H:%M}")
    bench.runner.step(Step.DAY_ON)
    bench.runner.step(Step.OTHER_PANE)
    assert bench.screen.moves == []
    await bench.rest()
    assert bench.screen.moves == [Step.DAY_ON, Step.OTHER_PANE]
    bench.runner.step(Step.DOWN)
    assert bench.screen.moves[-1] is Step.DOWN


async def test_an_arrow_takes_the_second_enter_back(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    before = await bench.names(event.id)
    await bench.type("x1")
    bench.runner.step(Step.DOWN)
    await bench.type("")
    assert await bench.names(event.id) == before


async def test_esc_lets_a_question_go_before_it_goes_back(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    report = await bench.type("x1")
    bench.runner.step(Step.ESCAPE)
    assert bench.screen.questions.waiting == ()
    assert (bench.last(report.number).state, bench.last(report.number).words) == (REFUSED, "Let go")
    bench.runner.step(Step.ESCAPE)
    assert bench.screen.moves == [Step.ESCAPE]


async def test_what_is_counted_waits_for_the_roster_after_a_write(bench: Bench) -> None:
    """`x` straight behind a booking counts it, though the screen has not read the roster yet."""
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    count = len(await bench.names(event.id))
    await bench.type("w walter", "x", f"={count + 1}")
    assert bench.states() == [DONE, DONE, DONE]
    assert event.id not in [one.id for one in bench.events]


async def test_another_day_is_waited_for(bench: Bench) -> None:
    await bench.type("+1", "1", "18", "-1")
    assert bench.screen.shown == bench.desk.clock.today()
    assert bench.reports()[0].state is DONE


async def test_a_day_that_cannot_be_read_refuses_in_words(bench: Bench) -> None:
    with refused(bench.sandbox, "GET", "/events" if bench.desk.api.spoken == "events" else "/activities"):
        await bench.type("+1", "18", "w walter")
    assert bench.states() == [DONE, REFUSED, REFUSED]
    assert bench.reports()[1].words == "The day could not be read: you have no right to do this here"


async def test_stopping_gives_back_what_never_had_its_turn(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    for text in ("w walter", "w wanda", ""):
        bench.runner.enter(text)
    assert await bench.runner.stop() == ("w walter", "w wanda")
    assert "Walter" not in await bench.names(event.id)


async def test_a_write_outlives_the_line(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    bench.runner.enter("w walter")
    while not bench.writes.under_way:  # noqa: ASYNC110 (a turn of the loop, no time)
        await asyncio.sleep(0)
    assert await bench.runner.stop() == ()
    await bench.writes.drain(5)
    assert "Walter" in await bench.names(event.id)


async def test_an_older_question_of_the_same_name_gives_way(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    older = await bench.type("anna")
    newer = await bench.type("anna")
    assert bench.last(older.number).words == "Asked again since"
    assert bench.last(newer.number).state is ASKS
    assert len(bench.screen.questions.waiting) == 1


async def test_what_was_to_be_confirmed_is_told_off_by_the_next_entry_and_waits_for_nothing(bench: Bench) -> None:
    await bench.select((await roomy(bench.desk))[0].id)
    asked = await bench.type("x1")
    await bench.type("today")
    told = bench.last(asked.number)
    assert (told.state, told.words) == (EntryState.REFUSED, "Not done: something else came first")
    assert bench.screen.questions.waiting == ()


async def test_a_bare_enter_lists_the_actions(bench: Bench) -> None:
    report = await bench.type("")
    assert (report.state, report.words) == (DONE, "")
    assert [type(wish).__name__ for wish in bench.screen.opened] == ["ListActions"]


async def test_an_answer_after_the_day_has_changed_still_means_its_own_event(bench: Bench) -> None:
    """What was asked today is booked today, and says so, though tomorrow is shown by then."""
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    asked = await bench.type("anna")
    inside = await bench.names(event.id)
    choices = bench.screen.questions.waiting[0].choices
    number = next(place for place, choice in enumerate(choices, 1) if choice.words.split(" ••")[0] not in inside)
    await bench.type("+1", f"={number}")
    assert bench.last(asked.number).state is DONE
    assert len(await bench.names(event.id)) == len(inside) + 1


async def test_a_class_that_was_asked_about_is_gone_to(bench: Bench) -> None:
    pair = [one for one in bench.events if one.starts_at.hour == 18]
    assert len(pair) == 2
    asked = await bench.type("18")
    assert asked.state is ASKS
    await bench.type("+1", "=2")
    assert bench.screen.shown == bench.desk.clock.today()
    assert bench.screen.selected_id == pair[1].id


async def test_the_oldest_of_many_questions_is_let_go(bench: Bench) -> None:
    await bench.select((await roomy(bench.desk))[0].id)
    anna = ("anna", "ANNA", "Anna", "aNNA", "anNA", "annA", "AnnA", "AnNa", "ANna", "anNa", "aNna", "aNnA", "ANNa")
    first, *_ = [await bench.type(text) for text in anna[: MOST_WAITING + 1]]
    assert len(bench.screen.questions.waiting) == MOST_WAITING
    assert bench.last(first.number).words == "Let go: too many newer questions wait"


async def test_a_report_shows_no_whole_phone(bench: Bench) -> None:
    await bench.select((await roomy(bench.desk))[0].id)
    report = await bench.type("Nora Neumann 0176 12345678")
    assert report.text == "Nora Neumann 0176 12345678"
    assert report.name == "Nora Neumann •• 5678"
