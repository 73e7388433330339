"""A way to the server that is opened late: what was heard before is told once, all else is sent."""

from __future__ import annotations

import asyncio

import pytest

from tui_app.altegio.calls import Call
from tui_app.altegio.envelope import Envelope
from tui_app.altegio.errors import TokenRefused, Unreachable
from tui_app.altegio.way import LateWay, question_of

ASKED = Call(operation="list the events", path="events", params=(("page", "1"),))
HEARD = Envelope(["heard"])
FRESH = Envelope(["fresh"])


class Real:
    """A way that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Call] = []
        self.crowded = False
        self.server_date = None
        self.closed = False

    async def send(self, call: Call) -> Envelope:
        self.sent.append(call)
        return FRESH

    async def aclose(self) -> None:
        self.closed = True


class Opening:
    """Opens a real way, and counts how often."""

    def __init__(self, *failures: Exception) -> None:
        self.real = Real()
        self.times = 0
        self._failures = list(failures)

    async def __call__(self) -> Real:
        self.times += 1
        await asyncio.sleep(0)
        if self._failures:
            raise self._failures.pop()
        return self.real


def late(opening: Opening) -> LateWay:
    question = question_of(ASKED)
    assert question is not None
    return LateWay({question: HEARD}, opening)


async def test_what_was_heard_is_told_once_and_then_asked() -> None:
    opening = Opening()
    way = late(opening)
    assert await way.send(ASKED) is HEARD
    assert opening.times == 0
    assert await way.send(ASKED) is FRESH
    assert opening.real.sent == [ASKED]


@pytest.mark.parametrize(
    "call",
    [
        Call(operation="list the events", path="events", params=(("page", "2"),)),
        Call(operation="list the events", path="events", params=ASKED.params, version="v1"),
        Call(operation="book", path="events", params=ASKED.params, method="POST", write=True),
        Call(operation="search", path="events", params=ASKED.params, method="POST", body={"fields": []}),
        Call(operation="sign in", path="events", params=ASKED.params, partner_only=True),
    ],
)
async def test_anything_else_is_sent(call: Call) -> None:
    opening = Opening()
    assert await late(opening).send(call) is FRESH
    assert opening.real.sent == [call]


async def test_what_nobody_has_asked_for_by_then_is_forgotten() -> None:
    opening = Opening()
    way = late(opening)
    await way.send(Call(operation="read the rest", path="rest"))
    assert await way.send(ASKED) is FRESH


async def test_it_is_opened_once_for_all_who_come_at_the_same_time() -> None:
    opening = Opening()
    way = LateWay({}, opening)
    assert await asyncio.gather(*(way.send(ASKED) for _ in range(5))) == [FRESH] * 5
    assert opening.times == 1


async def test_a_way_that_cannot_be_opened_is_tried_again() -> None:
    opening = Opening(TokenRefused("find the tokens"))
    way = LateWay({}, opening)
    with pytest.raises(TokenRefused):
        await way.send(ASKED)
    assert await way.send(ASKED) is FRESH


async def test_nothing_is_sent_once_it_is_closed() -> None:
    opening = Opening()
    way = late(opening)
    await way.send(ASKED)
    await way.send(ASKED)
    await way.aclose()
    assert opening.real.closed
    unopened = late(opening)
    await unopened.aclose()
    for closed in (way, unopened):
        with pytest.raises(Unreachable):
            await closed.send(ASKED)
    assert opening.times == 1
