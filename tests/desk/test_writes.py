import asyncio
from typing import Any

import pytest

from tui_app.altegio.errors import Busy, OutcomeUnknown, TimedOut
from tui_app.desk.trouble import Unparsed
from tui_app.desk.writes import Write, WriteDesk, WriteState, write_under_way


class Server:
    """Answers when it is told to, and counts what it was sent."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.sent = 0
        self.answer = asyncio.Event()
        self.error = error

    async def send(self) -> str:
        self.sent += 1
        await self.answer.wait()
        if self.error is not None:
            raise self.error
        return "booked"


async def test_a_write_is_sent_and_its_result_handed_over() -> None:
    desk, server = WriteDesk(), Server()
    write = desk.start("book Anna", server.send)
    assert write.state is WriteState.SENDING
    assert list(desk.under_way) == [write]
    server.answer.set()
    assert await write.wait() == "booked"
    assert (write.state, write.result) == (WriteState.DONE, "booked")
    await desk.drain(1)
    assert desk.under_way == ()


async def test_a_refusal_is_raised_for_whoever_waits() -> None:
    desk, server = WriteDesk(), Server(Busy("save the event"))
    write = desk.start("save", server.send)
    server.answer.set()
    with pytest.raises(Busy):
        await write.wait()
    assert write.state is WriteState.REFUSED
    assert desk.unknown == ()


async def test_a_write_outlives_whoever_waits_for_it() -> None:
    desk, server = WriteDesk(), Server()
    write = desk.start("book Anna", server.send)
    waiting = asyncio.create_task(write.wait())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    server.answer.set()
    assert await write.wait() == "booked"
    assert server.sent == 1


async def test_the_same_write_is_not_started_twice_at_once() -> None:
    desk, server = WriteDesk(), Server()
    first = desk.start("book Anna", server.send, key="book-1-2")
    second = desk.start("book Anna", server.send, key="book-1-2")
    other = desk.start("book Bo", server.send, key="book-1-3")
    assert second is first
    assert other is not first
    server.answer.set()
    await desk.drain(1)
    assert server.sent == 2


async def test_after_its_end_the_same_write_may_be_started_again() -> None:
    desk, server = WriteDesk(), Server()
    server.answer.set()
    first = desk.start("book Anna", server.send, key="k")
    await desk.drain(1)
    again = desk.start("book Anna", server.send, key="k")
    assert again is not first
    await desk.drain(1)
    assert server.sent == 2


async def test_a_write_of_unknown_outcome_is_kept_until_it_is_let_go() -> None:
    desk, server = WriteDesk(), Server(OutcomeUnknown("add the booking"))
    server.answer.set()
    write = desk.start("book Anna", server.send)
    await desk.drain(1)
    assert write.state is WriteState.UNKNOWN
    assert list(desk.unknown) == [write]
    await desk.let_go(write)
    assert list(desk.unknown) == []


async def test_a_read_that_timed_out_before_the_write_means_that_nothing_was_sent() -> None:
    desk, server = WriteDesk(), Server(TimedOut("read the event"))
    server.answer.set()
    write = desk.start("save", server.send)
    await desk.drain(1)
    assert write.state is WriteState.REFUSED


@pytest.mark.parametrize("error", [RuntimeError("a slip"), KeyError("id"), OSError("odd")])
async def test_an_error_that_nobody_foresaw_leaves_the_outcome_unknown(error: Exception) -> None:
    desk, server = WriteDesk(), Server(error)
    server.answer.set()
    write = desk.start("save", server.send)
    with pytest.raises(type(error)):
        await write.wait()
    assert write.state is WriteState.UNKNOWN
    assert desk.unknown == (write,)


async def test_a_refusal_of_the_desk_itself_is_a_refusal() -> None:
    desk, server = WriteDesk(), Server(Unparsed("no"))
    server.answer.set()
    write = desk.start("save", server.send)
    await desk.drain(1)
    assert write.state is WriteState.REFUSED


async def test_draining_gives_up_in_time_and_names_what_is_left() -> None:
    desk, server = WriteDesk(), Server()
    write = desk.start("book Anna", server.send)
    assert await desk.drain(0) == (write,)
    server.answer.set()
    assert await desk.drain(1) == ()


async def test_both_listeners_hear_of_the_end_and_the_desks_of_the_start() -> None:
    heard: list[tuple[str, WriteState]] = []
    desk = WriteDesk(listener=lambda write: heard.append(("desk", write.state)))
    server = Server()
    server.answer.set()
    desk.start("book Anna", server.send, lambda write: heard.append(("starter", write.state)))
    await desk.drain(1)
    assert heard == [("desk", WriteState.SENDING), ("desk", WriteState.DONE), ("starter", WriteState.DONE)]


async def test_what_a_write_calls_far_below_knows_which_write_it_belongs_to() -> None:
    desk, seen = WriteDesk(), list[Write[Any] | None]()

    async def send() -> None:
        await asyncio.gather(deep_below(), deep_below())

    async def deep_below() -> None:
        seen.append(write_under_way())

    write = desk.start("book Anna", send)
    await write.wait()
    assert seen == [write, write]
    assert write_under_way() is None


class Found:
    """Finds a write when it is told to."""

    def __init__(self) -> None:
        self.there = False
        self.asked: list[str] = []

    async def confirm_write(self, write_id: int) -> bool:
        self.asked.append(f"confirm {write_id}")
        return self.there

    async def send_write_again(self, write_id: int) -> None:
        self.asked.append(f"send {write_id} again")

    async def let_go_of(self, write_id: int) -> None:
        self.asked.append(f"let go of {write_id}")


async def test_a_write_of_unknown_outcome_is_looked_for_until_it_is_there() -> None:
    outcomes, server = Found(), Server(OutcomeUnknown("add the booking"))
    desk = WriteDesk(outcomes=outcomes)
    server.answer.set()
    write = desk.start("book Anna", server.send)
    await desk.drain(1)
    assert not await desk.confirm(write)
    assert list(desk.unknown) == [write]
    outcomes.there = True
    assert await desk.confirm(write)
    assert list(desk.unknown) == []
    assert outcomes.asked == ["confirm 1", "confirm 1"]


async def test_a_write_of_unknown_outcome_is_sent_again_by_whoever_keeps_it() -> None:
    outcomes, server = Found(), Server(OutcomeUnknown("add the booking"))
    desk = WriteDesk(outcomes=outcomes)
    server.answer.set()
    write = desk.start("book Anna", server.send)
    await desk.drain(1)
    await desk.send_again(write)
    assert (server.sent, outcomes.asked, desk.unknown) == (1, ["send 1 again"], ())


async def test_a_write_whose_task_is_stopped_is_of_unknown_outcome() -> None:
    desk, server = WriteDesk(), Server()
    write = desk.start("book Anna", server.send)
    await asyncio.sleep(0)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    with pytest.raises(OutcomeUnknown):
        await write.wait()
    assert desk.unknown == (write,)


async def test_a_write_shows_neither_result_nor_words_in_its_repr() -> None:
    desk, server = WriteDesk(), Server()
    server.answer.set()
    write = desk.start("book Anna", server.send)
    await desk.drain(1)
    assert repr(write) == f"<Write {write.id} done>"
