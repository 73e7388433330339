"""`auto` asks once which dialect a server speaks, and remembers."""

import asyncio

import httpx
import pytest

from tests.altegio.support import EVENT, LOCATION, transport_over, unread
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.errors import AltegioError, Missing, NoRights

OTHER = {"activities": 404, "events": 200}


class Speaking:
    """A server that answers each dialect with a status of its own."""

    def __init__(self, **statuses: int) -> None:
        self.statuses = statuses
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        dialect = "activities" if "activities" in request.url.path else "events"
        self.asked.append(dialect)
        single = request.url.path.endswith("/7")
        return unread(httpx.Response(self.statuses[dialect], json={"data": EVENT if single else []}))

    def api(self) -> AltegioApi:
        return AltegioApi(transport_over(httpx.MockTransport(self)), "auto")


@pytest.mark.parametrize(
    ("statuses", "spoken", "asked"),
    [
        ({"activities": 200, "events": 200}, "activities", ["activities"] * 3),
        ({"activities": 404, "events": 200}, "events", ["activities", "events", "events", "events"]),
        ({"activities": 405, "events": 200}, "events", ["activities", "events", "events", "events"]),
    ],
)
async def test_the_dialect_that_answers_is_remembered(statuses: dict[str, int], spoken: str, asked: list[str]) -> None:
    server = Speaking(**statuses)
    async with server.api() as api:
        assert api.spoken is None
        await api.events.get(LOCATION, 7)
        await api.events.get(LOCATION, 7)
        assert str(api.spoken) == spoken
    assert server.asked == asked


async def test_many_first_calls_ask_once() -> None:
    server = Speaking(activities=404, events=200)
    async with server.api() as api:
        await asyncio.gather(*(api.events.get(LOCATION, 7) for _ in range(5)))
    assert server.asked == ["activities"] + ["events"] * 6


@pytest.mark.parametrize(("statuses", "kind"), [((404, 404), Missing), ((403, 200), NoRights), ((404, 403), NoRights)])
async def test_what_settles_nothing_is_not_remembered(statuses: tuple[int, int], kind: type[AltegioError]) -> None:
    async with Speaking(activities=statuses[0], events=statuses[1]).api() as api:
        with pytest.raises(kind):
            await api.events.get(LOCATION, 7)
        assert api.spoken is None
