"""What is chosen for a terminal, and what goes before what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui_app.settings import Settings
from tui_app.terminal_choices import CELL_DIFF, SSH_ESC_DELAY, TerminalChoices, apply_choices, choose_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

XTERM = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
SSH = {**XTERM, "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
TMUX = {**XTERM, "TMUX": "/tmp/tmux-0/default,1,0"}  # noqa: S108 - a name, nothing is opened


def chosen(environ: Mapping[str, str], settings: Settings | None = None, driver: str | None = None) -> TerminalChoices:
    return choose_terminal(environ, settings or Settings(), "linux", driver)


def test_a_good_local_terminal_gets_all() -> None:
    assert [choice.value for choice in chosen(XTERM)] == ["celldiff", "true", "", "on", "auto"]


def test_over_ssh_bytes_are_saved_and_esc_waits() -> None:
    assert [choice.value for choice in chosen(SSH)] == ["celldiff", "256", str(SSH_ESC_DELAY), "off", "auto"]


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "screen-256color"}, "256"),
        (TMUX, "256"),
        ({**XTERM, "NO_COLOR": "1"}, "none"),
        ({**XTERM, "NO_COLOR": ""}, "none"),
    ],
)
def test_colours_go_by_the_environment(environ: Mapping[str, str], colours: str) -> None:
    assert chosen(environ).colours.value == colours


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_without_a_screen_gets_the_stock_driver(term: str) -> None:
    assert chosen({"TERM": term}).driver.value == "stock"


def test_windows_gets_the_stock_driver() -> None:
    assert choose_terminal(XTERM, Settings(), "win32").driver.value == "stock"


def test_another_driver_that_the_user_named_is_left_alone() -> None:
    environ = {**XTERM, "TEXTUAL_DRIVER": "theirs:Driver"}
    apply_choices(chosen(environ), environ)
    assert environ["TEXTUAL_DRIVER"] == "theirs:Driver"


def test_the_flag_goes_before_the_setting_and_the_setting_before_the_environment() -> None:
    settings = Settings(driver="celldiff", colours="16", mouse="on", esc_delay_ms=50, theme="nord")
    assert [choice.value for choice in chosen(SSH, settings, "stock")] == ["stock", "16", "50", "on", "nord"]
    assert chosen({"TERM": "dumb"}, settings).driver.value == "celldiff"


def test_each_choice_says_why() -> None:
    assert all(choice.why for choice in chosen(SSH))
    assert "setting" in chosen(SSH, Settings(mouse="on")).mouse.why


def test_what_is_chosen_is_told_to_the_framework() -> None:
    environ = dict(SSH)
    apply_choices(chosen(environ), environ)
    told = {name: environ[name] for name in ("TEXTUAL_DRIVER", "ESCDELAY", "TEXTUAL_COLOR_SYSTEM")}
    assert told == {"TEXTUAL_DRIVER": CELL_DIFF, "ESCDELAY": str(SSH_ESC_DELAY), "TEXTUAL_COLOR_SYSTEM": "256"}


def test_a_setting_brings_colours_back() -> None:
    environ = {**XTERM, "NO_COLOR": "1"}
    apply_choices(chosen(environ, Settings(colours="256")), environ)
    assert "NO_COLOR" not in environ


def test_no_colours_are_told_as_no_colours() -> None:
    environ = dict(XTERM)
    apply_choices(chosen(environ, Settings(colours="none")), environ)
    assert environ["NO_COLOR"] == "1"
