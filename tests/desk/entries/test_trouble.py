"""What goes wrong stays with its entry: refusals, lost connections, errors of our own."""

import asyncio
from typing import Any

import pytest

from tests.desk.acting import refused, roomy
from tests.desk.entries.screen import Bench, benched
from tests.support.sandbox import Clock
from tui_app.altegio.errors import NoRights, OutcomeUnknown, Unreachable
from tui_app.desk.entries.outcomes import in_trouble
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.trouble import CannotEdit, DeskError
from tui_app.sandbox import Sandbox


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NoRights("save the event"), EntryState.FAILED),
        (Unreachable("save the event"), EntryState.FAILED),
        (OutcomeUnknown("save the event"), EntryState.UNKNOWN),
        (CannotEdit("This event has been cancelled"), EntryState.REFUSED),
        (DeskError("No"), EntryState.REFUSED),
        (asyncio.CancelledError(), EntryState.UNKNOWN),
        (ZeroDivisionError("by a bug"), EntryState.UNKNOWN),
    ],
)
def test_only_a_typed_refusal_proves_that_nothing_was_done(error: BaseException, state: EntryState) -> None:
    stopped = in_trouble(error)
    assert stopped.state is state
    assert stopped.words
    assert "by a bug" not in stopped.words


def test_what_was_not_sent_says_so() -> None:
    assert in_trouble(Unreachable("save the event")).lines == ("Nothing was sent.",)


async def test_an_error_of_our_own_is_told_and_the_next_entry_runs(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: heard.append(context))
    monkeypatch.setattr(bench.screen, "apply_filter", lambda _: 1 // 0)
    await bench.type("/yoga", "week")
    assert bench.states() == [EntryState.UNKNOWN, EntryState.DONE]
    assert bench.reports()[0].words == "Something went wrong inside the program."
    assert [type(context["exception"]) for context in heard] == [ZeroDivisionError]


async def test_a_refused_right_to_book_keeps_the_text_and_the_rest_runs(bench: Bench, sandbox: Sandbox) -> None:
    await bench.select((await roomy(bench.desk))[0].id)
    with refused(sandbox, "POST", "/appointments" if bench.desk.api.spoken == "events" else "/records"):
        await bench.type("w walter; w wanda")
    assert bench.states() == [EntryState.FAILED, EntryState.DONE]
    assert bench.reports()[0].keeps_text
    assert bench.reports()[0].text == "w walter"


@pytest.mark.parametrize("role", ["owner", "receptionist", "viewer"])
async def test_every_user_gets_words_and_no_entry_hangs(sandbox: Sandbox, clock: Clock, role: str) -> None:
    async with benched(sandbox, clock, role=role) as bench:
        event = (await roomy(bench.desk))[0]
        await bench.select(event.id)
        await bench.type("w walter", "a1", "", "c+1", "x1", "", "u", "who kim", "call", "next yoga", "m1 22")
        assert all(report.state.ended for report in bench.reports())
        assert all(report.words or report.state is EntryState.DONE for report in bench.reports())


async def test_the_same_write_is_not_sent_twice_at_once(bench: Bench) -> None:
    """Two entries in one burst are two: the second finds the first booked, and asks."""
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    hit = (await bench.outsiders(event))[0]
    await bench.type(hit.phone[-6:], hit.phone[-6:])
    assert bench.states() == [EntryState.DONE, EntryState.ASKS]
    assert (await bench.names(event.id)).count(hit.full_name) == 1


async def test_a_token_refused_is_told_by_its_entry(bench: Bench, sandbox: Sandbox) -> None:
    await bench.select((await roomy(bench.desk))[0].id)
    with refused(sandbox, "PUT", status=401):
        report = await bench.type("c+1")
    assert report.state is EntryState.FAILED
    assert report.next_step == "Connect again with valid tokens."
