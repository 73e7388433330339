"""`frontdesk doctor`: what it finds, what it advises, and what it never shows."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from tests.support.sandbox import NOON, opened, serving
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.resources import Permissions
from tui_app.altegio.servers import server_of
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.altegio.transport import Transport
from tui_app.credentials import Credentials, FoundTokens, KeyringState, KeyringTrouble, TroubleKind
from tui_app.credentials.environment import EnvironmentStore
from tui_app.credentials.file_store import FileStore
from tui_app.credentials.keyring_store import KeyringStore
from tui_app.credentials.memory_store import MemoryStore
from tui_app.credentials.trouble import keyring_trouble
from tui_app.doctor.finding import Finding, Mark, render
from tui_app.doctor.machine import check_machine, check_profile, check_proxies, check_settings
from tui_app.doctor.run import Surroundings, report
from tui_app.doctor.server import EXPLANATIONS, check_clock, check_rights, check_zone, explain
from tui_app.doctor.terminal import Terminal, check_terminal
from tui_app.doctor.tokens import check_keyring, check_tokens
from tui_app.options import LaunchOptions
from tui_app.settings import EffectiveProfile, Profile, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui_app.altegio import errors
    from tui_app.credentials.backends import Backend
    from tui_app.sandbox import Sandbox

GOOD = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8"}


def terminal(environ: Mapping[str, str] | None = None, size: tuple[int, int] | None = (120, 40)) -> dict[str, Finding]:
    return {finding.subject: finding for finding in check_terminal(Terminal({**GOOD, **(environ or {})}, size))}


# printing


def test_a_finding_is_a_mark_a_subject_words_and_a_next_step() -> None:
    assert render(Finding(Mark.BAD, "clock", "is wrong", "set it")) == (
        "!!  clock       is wrong\n                -> set it\n"
    )


def test_lines_stay_within_79_columns() -> None:
    text = render(Finding(Mark.NOTE, "long", "words " * 40, "steps " * 40))

    assert max(len(line) for line in text.splitlines()) <= 79


def test_what_stands_in_a_variable_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in render(terminal({"TERM": "xterm\x1b]0;owned\x07"})["TERM"])


# the terminal


def test_a_good_terminal_is_fine_throughout() -> None:
    assert {finding.mark for finding in terminal().values()} == {Mark.OK}


@pytest.mark.parametrize("term", ["", "dumb"])
def test_a_terminal_that_cannot_place_text_is_in_the_way(term: str) -> None:
    assert terminal({"TERM": term})["TERM"].mark is Mark.BAD


@pytest.mark.parametrize(
    ("size", "mark"),
    [((59, 40), Mark.BAD), ((120, 15), Mark.BAD), ((79, 40), Mark.NOTE), ((80, 24), Mark.OK), (None, Mark.NOTE)],
)
def test_the_size_is_judged(size: tuple[int, int] | None, mark: Mark) -> None:
    assert terminal(size=size)["size"].mark is mark


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"COLORTERM": "truecolor"}, "16 million"),
        ({}, "256"),
        ({"TERM": "linux"}, "16;"),
        ({"COLORTERM": "truecolor", "NO_COLOR": "1"}, "none"),
    ],
)
def test_the_colours_are_told(environ: Mapping[str, str], words: str) -> None:
    assert terminal(environ)["colours"].words.startswith(words)


@pytest.mark.parametrize(
    ("environ", "mark"),
    [
        ({"LANG": "ru_RU.utf8"}, Mark.OK),
        ({"LC_ALL": "C"}, Mark.NOTE),
        ({"LANG": "ru_RU.KOI8-R"}, Mark.NOTE),
        ({"LANG": "de_DE.UTF-8@euro"}, Mark.OK),
        ({"LANG": ""}, Mark.NOTE),
    ],
)
def test_a_locale_without_utf_8_is_noted(environ: Mapping[str, str], mark: Mark) -> None:
    assert terminal(environ)["letters"].mark is mark


def test_tmux_and_ssh_are_noted() -> None:
    found = terminal({"TMUX": "/tmp/tmux-0/default,1,0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"})  # noqa: S108  a value

    assert found["tmux"].mark is found["ssh"].mark is Mark.NOTE


# the machine


def test_versions_are_told() -> None:
    assert {finding.subject: finding.mark for finding in check_machine()} == dict.fromkeys(
        ("frontdesk", "Python", "packages"), Mark.OK
    )


def test_a_missing_package_is_in_the_way() -> None:
    def version_of(name: str) -> str:
        if name == "httpx":
            raise metadata.PackageNotFoundError(name)
        return "1"

    finding = check_machine(version_of)[-1]

    assert (finding.mark, finding.words) == (Mark.BAD, "missing: httpx")


def test_settings_that_are_missing_broken_or_odd_are_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    missing = check_settings(path, load_settings(path))
    path.write_text("theme = ?")
    broken = check_settings(path, load_settings(path))
    path.write_text("colour = 1")
    odd = check_settings(path, load_settings(path))

    assert [finding.mark for finding in missing] == [Mark.OK]
    assert "line 1" in broken[0].words
    assert odd[1] == Finding(Mark.NOTE, "settings", "colour: this key is not known")


def test_the_profile_is_told_with_what_overrides_it() -> None:
    profile, override = check_profile(EffectiveProfile(Profile("desk", location_id=7), ("dialect from --dialect",)))

    assert profile.words == "desk: production, dialect activities, location 7"
    assert override.words == "dialect from --dialect"


def test_proxies_are_named_without_their_passwords() -> None:
    findings = check_proxies(
        {"HTTPS_PROXY": "http://me:hunter2@proxy.example:3128", "all_proxy": "socks.example", "NO_PROXY": "localhost"}
    )

    assert [finding.words for finding in findings[:2]] == [
        "HTTPS_PROXY: proxy.example:3128",
        "all_proxy: socks.example",
    ]
    assert "hunter2" not in repr(findings)
    assert "hunter2" not in repr(check_proxies({"HTTP_PROXY": "http://me:hunter2@[broken"}))


@pytest.mark.parametrize("address", ["http://me:44/44@proxy:3128", "me:44/44@proxy", "http://me:44#4@proxy"])
def test_a_password_that_splits_its_address_is_not_taken_for_a_host(address: str) -> None:
    (finding,) = check_proxies({"HTTPS_PROXY": address})
    assert "44" not in finding.words
    assert "cannot be read" in finding.words


# the tokens


def test_a_locked_keyring_is_noted_with_what_helps() -> None:
    finding = check_keyring(
        KeyringState("Secret Service", usable=False, locked=True, words="locked", next_step="unlock")
    )

    assert (finding.mark, finding.next_step) == (Mark.NOTE, "unlock")


def test_a_missing_token_is_in_the_way_and_a_found_one_is_told_by_its_source() -> None:
    keyring = KeyringState("Secret Service", usable=True, locked=False, words="fine")
    partner, user, trouble = check_tokens(
        FoundTokens(partner_source="the token file", troubles=(keyring_trouble(TroubleKind.LOCKED),)), keyring
    )

    assert (partner.mark, user.mark, trouble.mark) == (Mark.OK, Mark.BAD, Mark.NOTE)
    assert "the token file" in partner.words


def test_the_keyring_is_not_complained_about_twice() -> None:
    trouble = KeyringTrouble(TroubleKind.ABSENT, "no keyring", "start one")
    keyring = KeyringState(None, usable=False, locked=False, words="no keyring")

    assert len(check_tokens(FoundTokens(troubles=(trouble,)), keyring)) == 2


# the server, purely


@pytest.mark.parametrize(
    ("seconds", "mark", "words"),
    [
        (0, Mark.OK, "agrees"),
        (29, Mark.OK, "agrees"),
        (-90, Mark.NOTE, "1 min 30 s behind"),
        (7500, Mark.NOTE, "2 h 5 min ahead of"),
    ],
)
def test_the_clock_is_compared_with_the_server(seconds: int, mark: Mark, words: str) -> None:
    finding = check_clock(NOON, NOON + timedelta(seconds=seconds))

    assert finding.mark is mark
    assert finding.words.startswith(words)


def test_a_server_without_a_date_is_noted() -> None:
    assert check_clock(None, NOON).mark is Mark.NOTE


def test_the_zone_is_told_with_the_time_there() -> None:
    assert check_zone("Asia/Almaty", lambda: datetime(2026, 3, 27, 11, 0, tzinfo=UTC)).words.endswith(
        "27 Mar 2026, 16:00"
    )
    assert check_zone("Mars/Olympus", lambda: NOON).mark is Mark.BAD
    assert check_zone("", lambda: NOON).mark is Mark.BAD


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"records_edit_access": True}, "nothing is lacking"),
        ({"records_edit_access": True, "client_phones_access": False}, "lacking: client_phones_access"),
        ({"records_edit_access": False, "clients_access": True}, "to look only; lacking: records_edit_access"),
        ({}, "the server names none"),
    ],
)
def test_rights_that_are_lacking_are_named(flags: dict[str, bool], words: str) -> None:
    assert check_rights(Permissions(flags))[0].words == words


def test_the_edit_window_is_told_where_there_is_one() -> None:
    assert "3 day(s)" in check_rights(Permissions({}, edit_window_days=3))[-1].words
    assert len(check_rights(Permissions({}, edit_window_days=-1))) == 1


@pytest.mark.parametrize("kind", list(EXPLANATIONS))
def test_every_error_of_the_api_has_words_and_a_next_step(kind: type[errors.AltegioError]) -> None:
    finding = explain("location", "https://api.alteg.io", kind("read the location"))

    assert finding.mark is Mark.BAD
    assert finding.words.startswith("https://api.alteg.io ")
    assert finding.next_step


# all of it, against the sandbox over a real socket


class Doctor:
    """A doctor on a machine without a keyring, beside a sandbox that listens."""

    def __init__(self, sandbox: Sandbox, base_url: str, folder: Path) -> None:
        self.folder = folder
        self.now = NOON
        self.environ = {
            **GOOD,
            "ALTEGIO_BASE_URL": base_url,
            "ALTEGIO_LOCATION_ID": str(sandbox.location_id),
            "ALTEGIO_PARTNER_TOKEN": sandbox.partner_token,
            "ALTEGIO_USER_TOKEN": sandbox.user_token,
        }

    async def report(self) -> tuple[int, str]:
        credentials = Credentials(
            EnvironmentStore(self.environ), MemoryStore(), KeyringStore(choose=no_keyring), FileStore(self.folder / "t")
        )
        around = Surroundings(
            environ=self.environ,
            size=(120, 40),
            config=self.folder / "settings.toml",
            clock=lambda: self.now,
            credentials=credentials,
            open_api=open_api_without_waiting,
        )
        output = io.StringIO()
        status = await report(LaunchOptions(), around, output)
        return status, output.getvalue()


def open_api_without_waiting(profile: Profile, tokens: Tokens) -> AltegioApi:
    """Open the API as the program does, but repeat what failed at once."""

    async def no_wait(_: float) -> None:
        await asyncio.sleep(0)

    transport = Transport(server_of(profile.server), TokenSource(tokens), pacing=Pacing(()), sleep=no_wait)
    return AltegioApi(transport, profile.dialect)


def no_keyring() -> Backend:
    raise keyring_trouble(TroubleKind.ABSENT)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as made:
        yield made


@pytest.fixture
def doctor(sandbox: Sandbox, tmp_path: Path) -> Iterator[Doctor]:
    with serving(sandbox) as base_url:
        yield Doctor(sandbox, base_url, tmp_path)


async def test_a_complete_desk_is_told_that_work_is_possible(doctor: Doctor) -> None:
    status, text = await doctor.report()

    assert status == 0
    assert "!!" not in text
    assert "ok  network" in text
    assert "Europe/Berlin, where it is Fri 27 Mar 2026, 12:00" in text
    assert "ok  rights" in text
    assert text.endswith("Work is possible.\n")


async def test_no_token_is_in_the_report(doctor: Doctor) -> None:
    _, text = await doctor.report()

    assert doctor.environ["ALTEGIO_PARTNER_TOKEN"] not in text
    assert doctor.environ["ALTEGIO_USER_TOKEN"] not in text


async def test_a_wrong_token_is_told_and_the_clock_is_still_compared(doctor: Doctor) -> None:
    doctor.environ["ALTEGIO_USER_TOKEN"] = "wrong"

    status, text = await doctor.report()

    assert status == 1
    assert "!!  sign-in" in text
    assert "(401)" in text
    assert "ok  clock" in text


async def test_a_wrong_clock_does_not_stop_work_but_is_noted(doctor: Doctor) -> None:
    doctor.now += timedelta(minutes=10)

    status, text = await doctor.report()

    assert status == 0
    assert "--  clock       10 min 0 s ahead of" in text


async def test_a_location_of_others_is_told(doctor: Doctor) -> None:
    doctor.environ["ALTEGIO_LOCATION_ID"] = "999999"

    status, text = await doctor.report()

    assert status == 1
    assert "!!  location" in text


async def test_rights_of_a_user_who_may_only_look_are_told(doctor: Doctor, sandbox: Sandbox) -> None:
    doctor.environ["ALTEGIO_USER_TOKEN"] = sandbox.users["viewer"].token

    status, text = await doctor.report()

    assert status == 0
    assert "--  rights      to look only" in text


async def test_no_location_is_in_the_way(doctor: Doctor) -> None:
    del doctor.environ["ALTEGIO_LOCATION_ID"]

    status, text = await doctor.report()

    assert status == 1
    assert "!!  location    none is chosen" in text


async def test_without_tokens_nothing_is_sent(doctor: Doctor, sandbox: Sandbox) -> None:
    del doctor.environ["ALTEGIO_USER_TOKEN"]

    status, text = await doctor.report()

    assert status == 1
    assert "!!  user" in text
    assert list(sandbox.requests) == []


async def test_a_setting_that_may_lead_elsewhere_stops_before_anything_is_sent(
    doctor: Doctor, sandbox: Sandbox
) -> None:
    doctor.environ["ALTEGIO_DIALECT"] = "evens"

    status, text = await doctor.report()

    assert status == 1
    assert "!!  profile     ALTEGIO_DIALECT" in text
    assert list(sandbox.requests) == []


async def test_a_server_that_is_not_there_is_told(doctor: Doctor) -> None:
    doctor.environ["ALTEGIO_BASE_URL"] = "http://127.0.0.1:9/api"

    status, text = await doctor.report()

    assert status == 1
    assert "!!  network     http://127.0.0.1:9 cannot be reached" in text


# the command itself


def command_environ(home: Path, environ: Mapping[str, str]) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONIOENCODING": "ascii", **environ}


def test_the_command_reports_in_any_encoding_and_shows_no_token(doctor: Doctor, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tui_app", "doctor"],
        env=command_environ(tmp_path, doctor.environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "ok  location    Studio" in ended.stdout
    assert doctor.environ["ALTEGIO_PARTNER_TOKEN"] not in ended.stdout
    assert doctor.environ["ALTEGIO_USER_TOKEN"] not in ended.stdout


def test_ctrl_c_before_a_silent_server_ends_it_without_a_traceback(doctor: Doctor, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        doctor.environ["ALTEGIO_BASE_URL"] = f"http://127.0.0.1:{silent.getsockname()[1]}/api"
        with subprocess.Popen(
            [sys.executable, "-m", "tui_app", "doctor"],
            env=command_environ(tmp_path, doctor.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            silent.settimeout(30)
            connection, _ = silent.accept()
            running.send_signal(signal.SIGINT)
            _, errors_shown = running.communicate(timeout=30)
            connection.close()

    assert running.returncode == 130
    assert errors_shown == "\n"
