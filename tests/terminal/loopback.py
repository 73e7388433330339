"""`frontdesk sandbox` as a process of its own, for programs that are to share one server."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.terminal.pty import FRONTDESK, clean_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@contextmanager
def sandbox_process(home: Path, *flags: str) -> Iterator[dict[str, str]]:
    """Serve a sandbox on a free port and give the `ALTEGIO_...` variables that it prints once it is ready."""
    with serving_process(home, [*FRONTDESK, "sandbox", "--port", "0", *flags]) as printed:
        yield printed


@contextmanager
def serving_process(home: Path, command: Sequence[str]) -> Iterator[dict[str, str]]:
    """Run any program that prints what `frontdesk sandbox` does, and give the variables."""
    with subprocess.Popen(command, env=clean_environment(home), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            printed: dict[str, str] = {}
            for line in process.stdout:
                if line == "ready\n":
                    break
                name, _, value = line.rstrip("\n").partition("=")
                printed[name] = value
            yield printed
        finally:
            process.terminate()
            process.wait(10)
