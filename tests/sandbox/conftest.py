"""A small studio for each test: the clock stands at a Friday noon in Berlin."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.sandbox.desk import Desk
from tests.support.sandbox import Clock, client_for, opened
from tui_app.sandbox import Sandbox


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    with opened(clock=clock) as made:
        yield made


@pytest.fixture
async def desk(sandbox: Sandbox) -> AsyncIterator[Desk]:
    async with client_for(sandbox) as client:
        yield Desk(sandbox, client)
