"""Which part loads what, seen in a fresh process: the arrows of the layout (design 3) and the start's budget."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import tui_app

SHOWN_LATER = ("textual", "rich", "httpx", "pydantic", "keyring", "phonenumbers", "sqlite3", "starlette", "uvicorn")


def modules_of(package: str, *, leaving_out: tuple[str, ...] = ()) -> list[str]:
    """The dotted names of a package of ours and of all that is in it; nothing is imported for that."""
    prefix = f"tui_app.{package}"
    folders = [f"{folder}/{package}" for folder in tui_app.__path__]
    found = [prefix]
    waiting = [(folders, prefix + ".")]
    while waiting:
        paths, dotted = waiting.pop()
        for module in pkgutil.iter_modules(paths, dotted):
            found.append(module.name)
            if module.ispkg:
                waiting.append(([f"{path}/{module.name.rpartition('.')[2]}" for path in paths], module.name + "."))
    return [name for name in found if name not in leaving_out and not name.endswith(".__main__")]


def loaded_by(modules: list[str]) -> set[str]:
    """What a fresh interpreter holds in `sys.modules` once these are imported: whole names and their first parts."""
    code = f"import sys\nfor name in {modules!r}: __import__(name)\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = ran.stdout.split()
    return {*names, *(name.partition(".")[0] for name in names)}


@pytest.mark.parametrize("package", ["altegio", "desk", "credentials", "sandbox"])
def test_what_is_not_a_screen_works_without_textual(package: str) -> None:
    # httpx brings rich for its own command line, so the module that imports it is seen apart
    modules = modules_of(package, leaving_out=("tui_app.altegio.transport",))
    assert not loaded_by(modules) & {"textual", "rich"}
    assert "textual" not in loaded_by(["tui_app.altegio.transport"])


@pytest.mark.parametrize("package", ["altegio", "desk"])
def test_only_the_transport_brings_httpx(package: str) -> None:
    assert "httpx" not in loaded_by(modules_of(package, leaving_out=("tui_app.altegio.transport",)))


@pytest.mark.parametrize("package", ["credentials", "sandbox"])
def test_the_sandbox_and_the_credentials_stand_alone(package: str) -> None:
    others = {f"tui_app.{other}" for other in ("altegio", "desk", "screens", "widgets", "app")}
    assert not loaded_by(modules_of(package)) & others


def test_altegio_knows_no_desk() -> None:
    assert not loaded_by(modules_of("altegio")) & {"tui_app.desk", "tui_app.screens", "tui_app.widgets", "tui_app.app"}


def test_the_keyring_is_not_looked_for_by_importing_the_credentials() -> None:
    assert "keyring" not in loaded_by(modules_of("credentials"))


def test_help_and_version_load_nothing_heavy() -> None:
    assert not loaded_by(["tui_app.cli"]) & set(SHOWN_LATER)


def test_the_check_itself_sees_what_is_loaded() -> None:
    assert {"tui_app.altegio.transport", "httpx"} <= loaded_by(["tui_app.altegio.transport"])
    assert "tui_app.altegio.transport" in modules_of("altegio")
