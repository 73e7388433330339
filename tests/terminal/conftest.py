"""The demo in a terminal, opened and ready for keys."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.terminal.pty import FRONTDESK, ORDINARY, Program, Size, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class OpenDemo(Protocol):
    """Opens the demo in a terminal; variables of the environment as keywords."""

    def __call__(self, size: Size = ORDINARY, /, **variables: str) -> Program: ...


@pytest.fixture
def open_demo(tmp_path: Path) -> Iterator[OpenDemo]:
    """Demos that show their day and its roster; they end with the test."""
    with ExitStack() as programs:

        def open_it(size: Size = ORDINARY, /, **variables: str) -> Program:
            environment = {name: value for name, value in clean_environment(tmp_path, **variables).items() if value}
            program = programs.enter_context(Program([*FRONTDESK, "demo", "--seed", "7"], environment, size=size))
            program.expect(A_DAY)
            program.expect(A_ROSTER)
            return program

        yield open_it


@pytest.fixture
def demo(open_demo: OpenDemo) -> Program:
    """A demo at 80x24."""
    return open_demo()
