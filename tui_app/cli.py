"""argv to a command. Everything heavy is imported inside the command, so that help and errors are instant."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tui_app.crash import catch_all, default_crash_log
from tui_app.greeting import erase_greeting
from tui_app.options import LaunchOptions, UsageError, need_terminal
from tui_app.settings_values import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_app.scout.scout import Scout

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130  # what a shell reports for Ctrl+C


def main(argv: Sequence[str] | None = None, scout: Scout | None = None) -> int:
    """Run a command and answer its exit status: 0 done, 1 failed, 2 not understood, 130 stopped by Ctrl+C.

    `scout` is out for the first day of the program.
    """
    if argv is None:  # a process of its own
        catch_all(default_crash_log, lambda: datetime.now(UTC))
    try:
        status = _run(sys.argv[1:] if argv is None else argv, scout)
        sys.stdout.flush()
    except UsageError as error:
        return _complain(f"{error} (see frontdesk --help)")
    except SettingsError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of our output has gone; the interpreter's last flush must not trip over it again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return status


def _run(argv: Sequence[str], scout: Scout | None) -> int:
    if not argv:  # how it is started at a desk: the parser takes as long to import as a key may take
        need_terminal()
        from tui_app.launch import run

        return run(LaunchOptions(), scout)
    from tui_app.arguments import parse

    try:
        arguments = parse(argv)
    except SystemExit:  # argparse has answered --help or --version
        return OK
    status: int = arguments.run(arguments, scout)
    return status


def _complain(words: str) -> int:
    erase_greeting()
    sys.stderr.write(f"frontdesk: {words}\n")
    return USAGE
