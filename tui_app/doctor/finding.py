"""What a probe found, and how it is printed."""

from __future__ import annotations

import textwrap
from enum import StrEnum
from typing import Final

from msgspec import Struct

WIDTH: Final = 79
INDENT: Final = 16


class Mark(StrEnum):
    """How a finding stands to work: fine, in its way, or good to know."""

    OK = "ok"
    BAD = "!!"
    NOTE = "--"


class Finding(Struct, frozen=True):
    """One line of the report. `words` never hold a secret; `next_step` is what helps, or empty."""

    mark: Mark
    subject: str
    words: str
    next_step: str = ""


def ok(subject: str, words: str) -> Finding:
    """Find something fine."""
    return Finding(Mark.OK, subject, words)


def bad(subject: str, words: str, next_step: str) -> Finding:
    """Find something that makes work impossible."""
    return Finding(Mark.BAD, subject, words, next_step)


def note(subject: str, words: str, next_step: str = "") -> Finding:
    """Find something that is good to know."""
    return Finding(Mark.NOTE, subject, words, next_step)


def render(finding: Finding) -> str:
    """Write a finding as lines of at most 79 columns; nothing in it can steer the terminal."""
    lines = _wrapped(f"{finding.mark}  {finding.subject:<11} ", finding.words)
    if finding.next_step:
        lines += _wrapped(" " * INDENT + "-> ", finding.next_step)
    return "\n".join(lines) + "\n"


def _wrapped(first: str, words: str) -> list[str]:
    shown = "".join(char if char.isprintable() else "?" for char in words)
    indent = " " * (INDENT + 3 if first.endswith("-> ") else INDENT)
    return textwrap.wrap(shown, WIDTH, initial_indent=first, subsequent_indent=indent) or [first.rstrip()]
