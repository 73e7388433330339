"""Whatever strangers have typed into names and comments, the terminal is told only what the program means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.support.sandbox import serving
from tests.terminal.hostile import ATTACK, HostileServer, poisoned
from tests.terminal.pty import FRONTDESK, WIDE, Program, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER
from tests.terminal.studio import EVENING, studio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui_app.sandbox import Sandbox

JOINERS: Final = {"\u200c", "\u200d", "\u2068", "\u2069"}
"""Format characters that a name may rightly hold, and the isolates that the program itself puts around one."""

POINTERS: Final = {b"]22;default", b"]22;pointer", b"]22;text"}
STOCK: Final = {"TEXTUAL_DRIVER": "textual.drivers.linux_driver:LinuxDriver"}

TOUR: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("tab", "enter"), "Arrived"),  # what can be done with a booking
    (("f2",), "F8 save"),
    (("f3",), "F8 (save|create)"),
    (("f4",), "F8 book"),
    (("week⏎",), "Mon"),
    (("call⏎",), "Phone"),
    (("print⏎", "f8"), "(?i)written|saved|print"),
    (("who 5678⏎",), "coming"),
    (("x1⏎",), "(?i)cancel"),
    (("loc⏎",), "step 3 of 5"),
)
"""Keys that open something with words of the server in it, and what is then on the screen; Esc leads back."""


def poison(sandbox: Sandbox) -> None:
    """Have every answer from now on come poisoned."""
    sandbox.asgi = HostileServer(sandbox.asgi)


def press(program: Program, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key.endswith("⏎"):
            program.type(key[:-1], "enter")
        else:
            program.press(key)


def back(program: Program) -> None:
    """Go back until the schedule is there again."""
    for _ in range(4):
        program.press("escape")
        if "F10 quit" in program.settled(0.15):
            return
    program.expect("F10 quit")


def refusals() -> dict[str, tuple[int, object]]:
    """Answers that refuse, in every shape: words of the server, of fields, of nobody."""
    return {
        "conflict": (409, poisoned({"success": False, "meta": {"message": "Busy", "conflict": True}})),
        "fields": (
            422,
            poisoned({"meta": {"message": "Wrong", "errors": {"client.name": ["Short"], ATTACK: ["X y"]}}}),
        ),
        "html": (502, f"<html><script>{ATTACK}</script>".encode("utf-8", "surrogatepass")),
        "no JSON": (200, ATTACK.encode("utf-8", "surrogatepass")),
    }


@pytest.mark.parametrize(
    ("driver", "dialect", "tour"),
    [({}, "activities", TOUR), (STOCK, "events", TOUR[::4])],
    ids=["own driver", "stock driver, in short"],
)
def test_hostile_texts_reach_the_terminal_as_plain_words(
    tmp_path: Path, driver: dict[str, str], dialect: str, tour: Sequence[tuple[tuple[str, ...], str]]
) -> None:
    with studio() as place:
        sandbox = place.sandbox
        poison(sandbox)
        with serving(sandbox) as base_url:
            variables = place.variables | {"ALTEGIO_BASE_URL": base_url, "ALTEGIO_DIALECT": dialect} | driver
            with Program([*FRONTDESK], clean_environment(tmp_path, **variables), size=WIDE) as program:
                program.expect(A_DAY)
                program.expect(A_ROSTER)
                program.type(str(EVENING), "enter")
                program.expect(f"▸.*{EVENING}:00")
                assert "[red]" in program.settled()
                for keys, shown in tour:
                    press(program, keys)
                    program.expect(shown)
                    program.settled(0.15)
                    back(program)
                for name, (status, body) in refusals().items():
                    sandbox.faults.answer(status, body, method="POST", path="/records")
                    sandbox.faults.answer(status, body, method="POST", path="/appointments")
                    program.type(f"w {name}", "enter")
                    program.settled(0.3)
                    back(program)
                    sandbox.faults.clear()
                for sheet in tmp_path.glob("*.txt"):
                    assert not set("\x00\x07\x1b\x9b\x9d\u202e\u200b") & set(sheet.read_text("utf-8"))
                assert program.terminal.stray <= JOINERS
                assert program.terminal.malformed == []
                assert set(program.terminal.strings) <= POINTERS
                program.press("f10")
                program.end()
                assert program.terminal.stray <= JOINERS
