"""The demo with a mistake planted in it, a token at hand where it fails: `python -m tests.terminal.crashing PLACE`."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from tui_app import cli, launch
from tui_app.app import FrontDeskApp
from tui_app.terminal_input import SteadyInput
from tui_app.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from collections.abc import Callable

PLANTED = "PLANTED_TOKEN"
"""The variable of the environment with the token: code that fails holds its value in a local, and in its message."""


def fail(*_: object) -> NoReturn:
    token = os.environ[PLANTED]
    raise ValueError(f"could not use {token}")


async def fail_later() -> None:
    fail()


def plant(owner: object, name: str) -> None:
    setattr(owner, name, fail)


def before_everything() -> None:
    plant(launch, "run_demo")


def before_the_first_frame() -> None:
    plant(FrontDeskApp, "get_default_screen")


def in_a_timer() -> None:
    connect = FrontDeskApp.connect_desk

    def connect_and_fail(app: FrontDeskApp) -> object:
        app.set_timer(0.01, fail)
        return connect(app)

    FrontDeskApp.connect_desk = connect_and_fail  # type: ignore[method-assign, assignment]


def while_painting() -> None:
    plant(MessageLine, "render")


def while_reading_keys() -> None:
    plant(SteadyInput, "process_message")


def behind_the_screen() -> None:
    """Fail in a worker, a task and a thread as keys are pressed, and at last in the end itself."""

    def on_key(app: FrontDeskApp, event: object) -> None:
        match getattr(event, "key", ""):
            case "f11":
                app.run_worker(fail_later(), exit_on_error=False)
            case "f12":
                app.set_timer(0.05, gc.collect)
                asyncio.create_task(fail_later())  # noqa: RUF006 - nobody is to keep it
            case "insert":
                threading.Thread(target=fail).start()

    FrontDeskApp.on_key = on_key  # type: ignore[attr-defined]
    plant(FrontDeskApp, "finish")


PLACES: dict[str, Callable[[], None]] = {
    place.__name__: place
    for place in (
        before_everything,
        before_the_first_frame,
        in_a_timer,
        while_painting,
        while_reading_keys,
        behind_the_screen,
    )
}

if __name__ == "__main__":
    PLACES[sys.argv.pop()]()
    sys.argv[1:] = ["demo", "--seed", "7"]
    sys.exit(cli.main())
