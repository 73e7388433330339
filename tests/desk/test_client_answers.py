import asyncio

import pytest
from msgspec.structs import replace

from tests.support.sandbox import Clock
from tui_app.altegio.errors import TimedOut
from tui_app.altegio.resources import ClientHit
from tui_app.desk.client_answers import Answers, Found, narrow
from tui_app.desk.client_matching import read_query

ANNA = ClientHit(1, "Anna", "Kim", phone="+77012345678")
HIDDEN = ClientHit(2, "Anna", "Ng", phone="+7701XXXXX78")
BOTH = Found((ANNA, HIDDEN), complete=True)
ONE = Found((ANNA,), complete=True)
NOBODY = Found((), complete=True)


@pytest.mark.parametrize(
    ("wider", "found", "text", "left"),
    [
        ("an", BOTH, "ann", 2),
        ("an", BOTH, "ki an", 1),
        ("an", replace(BOTH, complete=False), "ann", None),
        ("ann", ONE, "an", None),
        ("ann", ONE, "olga", None),
        ("678", ONE, "5678", 1),
        ("678", BOTH, "5678", None),
        ("567", ONE, "9567", None),
        ("ann", ONE, "annx", None),
        ("zx", NOBODY, "zxq", 0),
        ("ann", ONE, "änn", None),
    ],
)
def test_only_a_whole_answer_is_narrowed(wider: str, found: Found, text: str, left: int | None) -> None:
    known = narrow(read_query(wider), found, read_query(text))
    assert (None if known is None else len(known.hits)) == left


class Server:
    """A call that is answered when the test says so."""

    def __init__(self, clock: Clock) -> None:
        self.asked = 0
        self.crowded = False
        self.answer: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self.answers = Answers(clock, lambda: self.crowded)

    async def send(self) -> Found:
        self.asked += 1
        return await asyncio.shield(self.answer)

    def ask(self, text: str) -> "asyncio.Task[Found]":
        return asyncio.create_task(self.answers.ask(read_query(text), self.send))


async def turns(count: int = 5) -> None:
    """Let what was begun go on."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_the_same_question_under_way_is_joined() -> None:
    server = Server(Clock())
    first, second = server.ask("ann"), server.ask("Ann")
    await turns()
    assert server.answers.busy
    server.answer.set_result(ONE)
    assert await first == await second == ONE
    assert server.asked == 1
    assert not server.answers.busy


async def test_an_answer_that_nobody_waits_for_is_kept_all_the_same() -> None:
    server = Server(Clock())
    left = server.ask("ann")
    await turns()
    left.cancel()
    await turns()
    server.answer.set_result(ONE)
    await turns()
    assert server.answers.kept(read_query("anna")) == ONE


async def test_a_question_that_waits_to_be_sent_gives_way_when_nobody_wants_it() -> None:
    server = Server(Clock())
    server.crowded = True
    left = server.ask("ann")
    await turns()
    left.cancel()
    begun = next(task for task in asyncio.all_tasks() if task.get_name() == "find clients")
    await asyncio.wait((begun,))
    server.answer.set_result(ONE)
    await turns()
    assert server.answers.kept(read_query("ann")) is None


async def test_the_enter_behind_a_text_keeps_its_question_where_requests_are_crowded() -> None:
    server = Server(Clock())
    server.crowded = True
    preview = server.ask("ann")
    await turns()
    preview.cancel()
    enter = server.ask("ann")
    await turns()
    server.answer.set_result(ONE)
    assert await enter == ONE
    assert server.asked == 1


async def test_an_answer_ages_and_nobody_ages_sooner() -> None:
    clock = Clock()
    server = Server(clock)
    server.answer.set_result(ONE)
    await server.ask("ann")
    server.answer = asyncio.get_running_loop().create_future()
    server.answer.set_result(NOBODY)
    await server.ask("zx")
    clock.advance(seconds=20)
    assert server.answers.kept(read_query("ann")) == ONE
    assert server.answers.kept(read_query("zx")) is None
    clock.advance(seconds=50)
    assert server.answers.kept(read_query("ann")) is None


async def test_what_is_forgotten_does_not_come_back_with_a_late_answer() -> None:
    server = Server(Clock())
    late = server.ask("ann")
    await turns()
    server.answers.forget()
    server.answer.set_result(ONE)
    assert await late == ONE
    assert server.answers.kept(read_query("ann")) is None


async def test_an_error_is_told_to_all_who_wait_and_not_kept() -> None:
    server = Server(Clock())
    waiting = [server.ask("ann"), server.ask("ann")]
    await turns()
    server.answer.set_exception(TimedOut("find clients"))
    for one in waiting:
        with pytest.raises(TimedOut):
            await one
    assert not server.answers.busy
    assert server.answers.kept(read_query("ann")) is None
