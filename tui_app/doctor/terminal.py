"""The terminal: what it can show, and what stands between it and the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui_app.doctor.finding import Finding, bad, note, ok

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_app.terminal_choices import TerminalChoices

SMALLEST: Final = (60, 16)  # columns, lines (design 4)
COMFORTABLE: Final = (80, 24)


class Terminal(Struct, frozen=True):
    """The terminal as the process has it; `size` in columns and lines, None where there is no terminal."""

    environ: Mapping[str, str]
    size: tuple[int, int] | None


def check_terminal(terminal: Terminal) -> list[Finding]:
    """Look at everything that shows without writing to the terminal."""
    environ = terminal.environ
    findings = [_kind(environ), _size(terminal.size), _colours(environ), _encoding(environ)]
    return [*findings, *_between(environ)]


def check_choices(choices: TerminalChoices) -> list[Finding]:
    """Tell what the program chooses for this terminal, and why; each can be set otherwise in the settings."""
    said = zip(("driver", "colours", "Esc waits", "mouse", "theme"), choices, strict=True)
    return [ok("chosen", f"{name}: {choice.value or 'as usual'} ({choice.why})") for name, choice in said]


def _kind(environ: Mapping[str, str]) -> Finding:
    term = environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        return bad(
            "TERM",
            f"is «{term}»: nothing can be placed on the screen",
            "use a real terminal, or set TERM=xterm-256color",
        )
    return ok("TERM", term)


def _size(size: tuple[int, int] | None) -> Finding:
    if size is None:
        return note("size", "there is no terminal here, so only the rest could be looked at")
    words = f"{size[0]} columns, {size[1]} lines"
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return bad("size", f"{words}: too small", f"make the window at least {SMALLEST[0]} by {SMALLEST[1]}")
    if size[0] < COMFORTABLE[0] or size[1] < COMFORTABLE[1]:
        return note(
            "size", f"{words}: narrow", f"from {COMFORTABLE[0]} by {COMFORTABLE[1]} on everything has its place"
        )
    return ok("size", words)


def _colours(environ: Mapping[str, str]) -> Finding:
    if environ.get("NO_COLOR"):
        return note("colours", "none, for NO_COLOR is set; every state has a letter too")
    if environ.get("COLORTERM") in {"truecolor", "24bit"}:
        return ok("colours", "16 million (COLORTERM)")
    if "256" in environ.get("TERM", ""):
        return ok("colours", "256 (TERM)")
    return ok("colours", "16; every state has a letter too")


def _encoding(environ: Mapping[str, str]) -> Finding:
    name, value = next(
        ((name, environ[name]) for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), ("LANG", "")
    )
    if "UTF8" in value.upper().replace("-", ""):
        return ok("letters", f"UTF-8 ({name}={value})")
    told = f"{name} is {value}" if value else "LANG is not set"
    return note(
        "letters", f"{told}, not a UTF-8 locale", "names may look broken: set LANG=C.UTF-8, also on the far side"
    )


def _between(environ: Mapping[str, str]) -> list[Finding]:
    findings = []
    if environ.get("TMUX"):
        findings.append(note("tmux", "it takes ctrl+b for itself", "colours: set -g default-terminal tmux-256color"))
    elif environ.get("STY"):
        findings.append(note("screen", "it takes ctrl+a for itself"))
    if environ.get("SSH_CONNECTION"):
        findings.append(note("ssh", "a remote session: Esc waits a little longer, and the keyring is often locked"))
    return findings
