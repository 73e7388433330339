"""Whole numbers as they are typed."""

from typing import Final

from tui_app.desk.trouble import Unparsed

MOST: Final = 100_000
"""More than any count at a desk: what is larger was a slip, or a pasted phone."""


def parse_count(text: str, *, least: int = 0, most: int = MOST) -> int:
    """Read a whole number between two bounds; raises `Unparsed` in words."""
    typed = text.strip()
    if not typed.isdecimal() or len(typed) > 9:
        raise Unparsed(f"Type a whole number, {least} or more")
    number = int(typed)
    if number < least:
        raise Unparsed(f"Must be {least} or more")
    if number > most:
        raise Unparsed(f"Must be {most} or less")
    return number
