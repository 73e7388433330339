"""The scout as a process: what it brings, that it is gone afterwards, and that nothing depends on it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from functools import partial
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.scout.sending import now, sent
from tests.screens.form_bench import Quiet
from tui_app.credentials import default_credentials
from tui_app.desk.reference import DAY_NAMES
from tui_app.scout.report import Heard, Report, pack, unpack
from tui_app.scout.scout import send_scout
from tui_app.session import Session
from tui_app.settings import Profile

if TYPE_CHECKING:
    from pathlib import Path

    from tui_app.sandbox import Sandbox


A_DAY = 4
"""Requests: the location, its events, their bookings, who teaches."""


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "errand" in " ".join(child.cmdline())]


async def test_it_brings_the_location_its_day_and_who_teaches(sandbox: Sandbox, environment: dict[str, str]) -> None:
    report = await sent(environment).report()
    assert report is not None
    here = sandbox.location_id
    assert {heard.path for heard in report.heard} == {
        f"company/{here}",
        f"companies/{here}/activities",
        f"locations/{here}/appointments",
        f"locations/{here}/team_members",
    }
    assert len(report.asked) == len(sandbox.requests) == len(report.heard)
    assert all(isinstance(heard.data, list | dict) for heard in report.heard)


async def test_it_takes_the_arguments_of_the_program(sandbox: Sandbox, environment: dict[str, str]) -> None:
    report = await sent(environment, "--dialect", "events").report()
    assert report is not None
    assert f"locations/{sandbox.location_id}/events" in {heard.path for heard in report.heard}


async def test_it_leaves_neither_a_process_nor_an_open_pipe(environment: dict[str, str]) -> None:
    open_before = psutil.Process().num_fds()
    scout = sent(environment)
    assert children()
    await scout.report()
    assert not children()
    scout.recall()  # once more does nothing
    assert psutil.Process().num_fds() == open_before


def test_it_can_be_recalled_at_any_time(environment: dict[str, str]) -> None:
    open_before = psutil.Process().num_fds()
    sent(environment).recall()
    assert not children()
    assert psutil.Process().num_fds() == open_before


@pytest.mark.parametrize("missing", ["ALTEGIO_PARTNER_TOKEN", "ALTEGIO_USER_TOKEN", "ALTEGIO_LOCATION_ID"])
async def test_without_tokens_or_a_location_there_is_no_report(environment: dict[str, str], missing: str) -> None:
    del environment[missing]
    assert await sent(environment).report() is None


@pytest.mark.parametrize("arguments", [("--dialect", "none"), ("--nonsense",)])
async def test_arguments_that_cannot_be_used_are_for_the_program_to_refuse(
    environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    assert await sent(environment, *arguments).report() is None


async def test_a_refused_token_is_for_the_program_to_meet(environment: dict[str, str]) -> None:
    environment["ALTEGIO_USER_TOKEN"] = "nobody"
    assert await sent(environment).report() is None


async def test_no_server_is_no_report(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    environment["ALTEGIO_BASE_URL"] = f"http://127.0.0.1:{port}/api"
    assert await sent(environment).report() is None


async def test_a_scout_that_was_killed_is_no_report(environment: dict[str, str]) -> None:
    scout = sent(environment)
    (child,) = children()
    os.kill(child.pid, signal.SIGKILL)
    assert await scout.report() is None


async def test_who_waits_for_it_can_be_stopped(environment: dict[str, str]) -> None:
    waiting = asyncio.create_task(sent(environment).report())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    assert not children()


def test_a_token_out_of_a_pipe_is_left_to_the_program(environment: dict[str, str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "token")
    environment["ALTEGIO_USER_TOKEN_FILE"] = str(tmp_path / "token")
    assert send_scout((), environment) is None


async def test_no_token_is_in_what_it_brings(sandbox: Sandbox, environment: dict[str, str]) -> None:
    report = await sent(environment).report()
    assert report is not None
    told = pack(report)
    assert sandbox.user_token.encode() not in told
    assert sandbox.partner_token.encode() not in told


async def test_a_session_opens_on_what_was_heard_and_asks_nothing_again(
    sandbox: Sandbox, environment: dict[str, str]
) -> None:
    profile = Profile(server=environment["ALTEGIO_BASE_URL"], location_id=sandbox.location_id)
    credentials = partial(default_credentials, environment)
    session = Session(profile, credentials, now, scout=sent(environment))
    desk = await session.open(Quiet())
    reading = await desk.schedule.read_day(desk.clock.today())
    assert reading.events
    assert (await desk.reference.load_names(DAY_NAMES)).team_members
    assert len(sandbox.requests) == A_DAY
    await desk.reference.load()  # the first that was not heard opens the way to the server
    assert len(sandbox.requests) > A_DAY
    assert len({(request.method, request.path, request.query) for request in sandbox.requests}) == len(sandbox.requests)
    await session.aclose()
    session.close_journal()


async def test_a_session_whose_scout_brings_nothing_asks_for_itself(
    sandbox: Sandbox, environment: dict[str, str]
) -> None:
    scout = sent(environment)
    (child,) = children()
    os.kill(child.pid, signal.SIGKILL)
    profile = Profile(server=environment["ALTEGIO_BASE_URL"], location_id=sandbox.location_id)
    session = Session(profile, partial(default_credentials, environment), now, scout=scout)
    desk = await session.open(Quiet())
    assert (await desk.schedule.read_day(desk.clock.today())).events
    await session.aclose()
    session.close_journal()


HEARD = Heard("company/1", (("page", "1"),), "v1", {"id": 1}, ({"id": 2},), None)


def test_a_report_is_the_same_after_its_way() -> None:
    report = Report((HEARD,), (3.5, 4.0))
    assert unpack(pack(report)) == report


@pytest.mark.parametrize("data", [b"", b"\xc1", pack(Report((HEARD,), ()))[:-1], b"[]", b"\x91" * 5_000])
def test_what_is_no_report_is_none(data: bytes) -> None:
    assert unpack(data) is None
