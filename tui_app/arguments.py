"""The command line: flags and commands, and the words for what cannot be understood."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from typing_extensions import override

from tui_app import __version__
from tui_app.options import DemoOptions, LaunchOptions, UsageError, need_terminal
from tui_app.settings_values import (
    DIALECTS,
    DRIVERS,
    SettingsError,
    check_dialect,
    check_location_id,
    check_server,
    one_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_app.scout.scout import Scout

DEFAULT_RATE: Final = 5  # requests a second, as the service allows (contract 1)
COMMANDS: Final = ("demo", "sandbox", "doctor")
_SECRET_WORDS: Final = ("token", "password", "secret")

_EPILOG: Final = """\
Tokens are never given as flags: a command line is seen by every user of the machine (ps) and kept in the shell's
history. Connect asks for them and keeps them in the keyring of the system; or set ALTEGIO_PARTNER_TOKEN and
ALTEGIO_USER_TOKEN, or ALTEGIO_PARTNER_TOKEN_FILE and ALTEGIO_USER_TOKEN_FILE to the names of files that hold them.
Other environment variables: ALTEGIO_BASE_URL, ALTEGIO_LOCATION_ID, ALTEGIO_DIALECT; a flag goes before its variable.
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser that leaves it to `main` to say what is wrong, in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line; `run` of the answer is the command. Raises UsageError, or SystemExit after --help."""
    flags = [argument.partition("=")[0] for argument in argv if argument.startswith("--")]
    if any(word in flag for flag in flags for word in _SECRET_WORDS):
        raise UsageError("there is no flag for tokens or passwords, for others on this machine could read it")
    parser = _build_parser()
    try:
        arguments, unknown = parser.parse_known_args(argv)
    except argparse.ArgumentError as error:
        if error.argument_name == "command":
            raise UsageError(f"there is no such command; there are: {', '.join(COMMANDS)}") from None
        raise UsageError(f"{error.argument_name}: {error.message}") from None
    if unknown:
        raise UsageError(_words_for_unknown(unknown))
    return arguments


def _words_for_unknown(unknown: Sequence[str]) -> str:
    flags = [argument.partition("=")[0] for argument in unknown if argument.startswith("--")]
    return f"not understood: {' '.join(flags)}" if flags else "there are more arguments than the command takes"


def _build_parser() -> _Parser:
    parser = _Parser(
        prog="frontdesk",
        description="The front desk of a location that runs on Altegio: its classes, and the bookings in them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        exit_on_error=False,
    )
    parser.add_argument("--version", action="version", version=f"frontdesk {__version__}")
    _add_profile_flags(parser)
    parser.set_defaults(run=_program)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="command")
    demo = _add_command(commands, "demo", _demo, "try it without an account, on made-up data")
    demo.add_argument("--data", type=Path, metavar="FILE", help="keep the data in this file between runs")
    demo.add_argument(
        "--seed", type=_whole(0, 2**31 - 1), default=1, metavar="N", help="make up other data (default 1)"
    )
    _add_driver_flag(demo)
    _add_sandbox_flags(
        _add_command(commands, "sandbox", _sandbox, "serve made-up data on this machine, for any client")
    )
    _add_profile_flags(_add_command(commands, "doctor", _doctor, "look for what is in the way, and say what helps"))
    return parser


def _add_command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    run: Callable[[argparse.Namespace, Scout | None], int],
    words: str,
) -> _Parser:
    command = commands.add_parser(name, help=words, description=words, allow_abbrev=False, exit_on_error=False)
    command.set_defaults(run=run)
    return command


def _add_profile_flags(parser: argparse.ArgumentParser) -> None:
    """Add the flags that choose where to work; unset ones leave no trace, as they may stand before a command."""
    unset = argparse.SUPPRESS
    group = parser.add_argument_group("where to work")
    group.add_argument(
        "--base-url", type=_server, default=unset, metavar="URL", help="production, mock, or https://.../api"
    )
    group.add_argument("--location", type=_location, default=unset, metavar="ID", help="the number of the location")
    group.add_argument("--dialect", type=_dialect, default=unset, metavar="NAME", help=", ".join(DIALECTS))
    group.add_argument("--profile", default=unset, metavar="NAME", help="a profile from the settings")
    group.add_argument("--config", type=Path, default=unset, metavar="FILE", help="another settings file")
    _add_driver_flag(parser)


def _add_driver_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--driver",
        type=_driver,
        default=argparse.SUPPRESS,
        metavar="NAME",
        help="how the screen is painted: celldiff (only what changed) or stock",
    )


def _add_sandbox_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_whole(0, 65_535), default=0, metavar="N", help="0, the default, takes a free one"
    )
    parser.add_argument("--data", type=Path, metavar="FILE", help="keep the data in this file between runs")
    parser.add_argument("--latency", type=_whole(0, 60_000), default=0, metavar="MS", help="delay each answer")
    parser.add_argument(
        "--rate", type=_rate, default=DEFAULT_RATE, metavar="N|off", help=f"requests a second (default {DEFAULT_RATE})"
    )
    parser.add_argument("--bare-list", action="store_true", help="leave capacity and places taken out of lists")


def _words_of(check: Callable[[str], object]) -> Callable[[str], object]:
    """Let a check of the settings word the mistake; argparse alone would repeat the value."""

    def convert(text: str) -> object:
        try:
            return check(text)
        except SettingsError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return convert


_server: Final = _words_of(check_server)
_location: Final = _words_of(check_location_id)
_dialect: Final = _words_of(check_dialect)
_driver: Final = _words_of(one_of(*DRIVERS[1:]))


def _whole(low: int, high: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"this is a whole number from {low} to {high}")
        return int(text)

    return convert


def _rate(text: str) -> int | None:
    return None if text == "off" else _whole(1, 1_000)(text)


def launch_options(arguments: argparse.Namespace) -> LaunchOptions:
    """Take the flags that choose where to work out of what was parsed."""
    given = vars(arguments)
    return LaunchOptions(
        base_url=given.get("base_url"),
        location_id=given.get("location"),
        dialect=given.get("dialect"),
        profile=given.get("profile"),
        config=given.get("config"),
        driver=given.get("driver"),
    )


def _program(arguments: argparse.Namespace, scout: Scout | None) -> int:
    need_terminal()
    from tui_app.launch import run

    return run(launch_options(arguments), scout)


def _demo(arguments: argparse.Namespace, _: Scout | None) -> int:
    need_terminal()
    from tui_app.launch import run_demo

    return run_demo(DemoOptions(data=arguments.data, seed=arguments.seed, driver=vars(arguments).get("driver")))


def _sandbox(arguments: argparse.Namespace, _: Scout | None) -> int:
    from tui_app.sandbox.serve import run_sandbox

    return run_sandbox(arguments.port, arguments.data, arguments.latency, arguments.rate, arguments.bare_list)


def _doctor(arguments: argparse.Namespace, _: Scout | None) -> int:
    from tui_app.doctor import run_doctor

    return run_doctor(launch_options(arguments))
