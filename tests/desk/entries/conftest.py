"""The bench in both dialects."""

from collections.abc import AsyncIterator

import pytest

from tests.desk.entries.screen import Bench, benched
from tests.support.sandbox import Clock
from tui_app.altegio.dialects import Spoken
from tui_app.sandbox import Sandbox


@pytest.fixture
async def bench(sandbox: Sandbox, clock: Clock, dialect: Spoken) -> AsyncIterator[Bench]:
    async with benched(sandbox, clock, dialect) as bench:
        yield bench
