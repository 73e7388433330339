"""Fixtures of the API layer's tests."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.altegio.support import sandbox_api
from tests.support.sandbox import opened
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Spoken
from tui_app.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as made:
        yield made


@pytest.fixture(params=["activities", "events"])
def dialect(request: pytest.FixtureRequest) -> Spoken:
    return "activities" if request.param == "activities" else "events"


@pytest.fixture
async def api(sandbox: Sandbox, dialect: Spoken) -> AsyncIterator[AltegioApi]:
    async with sandbox_api(sandbox, dialect) as made:
        yield made
