"""The scout draws the first day as the schedule will show it, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.scout.sending import now, sent
from tests.support.program import running
from tests.support.sandbox import Clock, client_for, opened, serving
from tui_app.sandbox import Fault
from tui_app.scout.report import Report, pack, unpack
from tui_app.screens.schedule.words import ONLINE, heading_of, heading_of_picture
from tui_app.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tui_app.sandbox import Sandbox
    from tui_app.screens.schedule.day_picture import DayPicture
    from tui_app.widgets.rows import Row


async def picture(environment: dict[str, str], *arguments: str) -> DayPicture | None:
    report = await sent(environment, *arguments).report()
    assert report is not None
    return report.picture


async def cancel_the_first(sandbox: Sandbox, environment: dict[str, str]) -> None:
    drawn = await picture(environment)
    assert drawn is not None
    async with client_for(sandbox) as client:
        answer = await client.delete(f"/v2/companies/{sandbox.location_id}/activities/{drawn.rows[0].key}")
        assert answer.is_success


def without_names(row: Row) -> Row:
    """A row without what is read after the day: rooms and tags."""
    return replace(row, cells=tuple((key, cell) for key, cell in row.cells if key not in {"rooms", "marks"}))


@pytest.mark.parametrize("with_cancelled", [False, True], ids=["as it is", "with the cancelled ones"])
async def test_it_is_what_the_schedule_shows(
    sandbox: Sandbox, environment: dict[str, str], tmp_path: Path, *, with_cancelled: bool
) -> None:
    config = tmp_path / "settings.toml"
    config.write_text(f"show_cancelled = {str(with_cancelled).lower()}\n")
    await cancel_the_first(sandbox, environment)
    drawn = await picture(environment, "--config", str(config), "--dialect", "events")
    assert drawn is not None
    assert with_cancelled == any(str(dict(row.cells)["service"]).startswith("cancelled:") for row in drawn.rows)
    settings = Settings(refresh_seconds=3_600, show_cancelled=with_cancelled)
    async with running(sandbox, clock=Clock(now()), settings=settings, dialect="events") as (app, _):
        board, shown = app.schedule.board, app.schedule.panes.event_list
        assert board is not None
        assert [without_names(row) for row in drawn.rows] == [without_names(row) for row in shown.rows]
        assert drawn.cursor == shown.cursor_key
        heading = heading_of_picture(drawn, where="DEMO", with_cancelled=with_cancelled)
        assert heading == heading_of(board.state, board.desk.location, where="DEMO", connection=ONLINE)


async def test_there_is_none_of_a_day_that_is_not_whole(sandbox: Sandbox, environment: dict[str, str]) -> None:
    sandbox.faults.add(Fault(status=403), path="appointments", times=None)
    assert await picture(environment) is None


async def test_there_is_none_where_the_day_cannot_be_read(sandbox: Sandbox, environment: dict[str, str]) -> None:
    sandbox.faults.add(Fault(status=403), path="activities", times=None)
    assert await picture(environment) is None


async def test_there_is_none_of_a_day_without_events(environment: dict[str, str]) -> None:
    with opened(clock=lambda: now() - timedelta(days=60)) as long_ago, serving(long_ago) as base_url:
        tokens = {"ALTEGIO_PARTNER_TOKEN": long_ago.partner_token, "ALTEGIO_USER_TOKEN": long_ago.user_token}
        assert await picture(environment | tokens | {"ALTEGIO_BASE_URL": base_url}) is None


async def test_it_is_the_same_after_its_way(environment: dict[str, str]) -> None:
    report = Report((), (), await picture(environment))
    assert report.picture is not None
    assert unpack(pack(report)) == report
