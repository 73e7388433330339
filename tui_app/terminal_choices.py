"""What the program chooses for a terminal by its environment, each with its reason; a setting or a flag goes before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from tui_app.settings import Settings

CELL_DIFF: Final = "tui_app.celldiff.driver:CellDiffDriver"
SSH_ESC_DELAY: Final = 400
"""Milliseconds that a key waits for its other bytes on a slow line; gaps of 300 are safe then (field notes on keys)."""

UNPLACEABLE: Final = frozenset({"", "dumb", "unknown"})
"""Terminals on which nothing can be placed."""

COLOUR_SYSTEMS: Final = {"16": "standard", "256": "256", "true": "truecolor"}
"""The framework's names for how many colours are written."""


class Choice(NamedTuple):
    """What was chosen, and why."""

    value: str
    why: str


class TerminalChoices(NamedTuple):
    """How the program works with this terminal.

    `driver` is `celldiff` or `stock`; `colours` are `none`, `16`, `256` or `true`; `esc_delay` is in milliseconds or
    empty where the framework's own holds; `mouse` is `on` or `off`; `theme` is a name or `auto`.
    """

    driver: Choice
    colours: Choice
    esc_delay: Choice
    mouse: Choice
    theme: Choice


def choose_terminal(
    environ: Mapping[str, str], settings: Settings, platform: str, driver: str | None = None
) -> TerminalChoices:
    """Choose by the environment; `driver` is the flag, `platform` that of `sys`."""
    return TerminalChoices(
        driver=_driver(environ, settings.driver, platform, driver),
        colours=_colours(environ, settings.colours),
        esc_delay=_esc_delay(environ, settings.esc_delay_ms),
        mouse=_mouse(environ, settings.mouse),
        theme=_theme(settings.theme),
    )


def apply_choices(choices: TerminalChoices, environ: MutableMapping[str, str]) -> None:
    """Tell the framework, which reads the environment while it is imported."""
    if choices.driver.value == "celldiff":
        environ["TEXTUAL_DRIVER"] = CELL_DIFF
    elif environ.get("TEXTUAL_DRIVER") == CELL_DIFF:
        del environ["TEXTUAL_DRIVER"]
    if choices.esc_delay.value:
        environ["ESCDELAY"] = choices.esc_delay.value
    if choices.colours.value == "none":
        environ["NO_COLOR"] = "1"
    else:
        environ.pop("NO_COLOR", None)
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", COLOUR_SYSTEMS[choices.colours.value])


def _driver(environ: Mapping[str, str], setting: str, platform: str, flag: str | None) -> Choice:
    if flag is not None:
        return Choice(flag, "--driver")
    if setting != "auto":
        return Choice(setting, "the setting `driver`")
    if environ.get("TEXTUAL_DRIVER", CELL_DIFF) != CELL_DIFF:
        return Choice("stock", "TEXTUAL_DRIVER names another")
    if environ.get("TERM", "") in UNPLACEABLE:
        return Choice("stock", "TERM tells of no screen")
    if platform == "win32":
        return Choice("stock", "the other is for Linux and macOS")
    return Choice("celldiff", "writes only the cells that changed")


def _colours(environ: Mapping[str, str], setting: str) -> Choice:
    if setting != "auto":
        return Choice(setting, "the setting `colours`")
    if "NO_COLOR" in environ:
        return Choice("none", "NO_COLOR is set")
    term = environ.get("TERM", "")
    many = "256" in term or "direct" in term
    if environ.get("COLORTERM", "").strip().lower() not in {"truecolor", "24bit"}:
        return Choice("256", "TERM") if many else Choice("16", "TERM tells of no more")
    for name, words in (("SSH_CONNECTION", "fewer bytes over SSH"), ("TMUX", "tmux may not pass on more")):
        if environ.get(name):
            return Choice("256", words)
    return Choice("true", "COLORTERM")


def _esc_delay(environ: Mapping[str, str], setting: int | None) -> Choice:
    if setting is not None:
        return Choice(str(setting), "the setting `esc_delay_ms`")
    if "ESCDELAY" in environ:
        return Choice(environ["ESCDELAY"], "ESCDELAY")
    if environ.get("SSH_CONNECTION"):
        return Choice(str(SSH_ESC_DELAY), "the bytes of a key may come apart over SSH")
    return Choice("", "a local terminal")


def _mouse(environ: Mapping[str, str], setting: str) -> Choice:
    if setting != "auto":
        return Choice(setting, "the setting `mouse`")
    if environ.get("SSH_CONNECTION"):
        return Choice("off", "each movement of the pointer would go over the line")
    return Choice("on", "a local terminal")


def _theme(setting: str) -> Choice:
    if setting != "auto":
        return Choice(setting, "the setting `theme`")
    return Choice("auto", "the terminal's own colours: they fit, and are the fewest bytes")
