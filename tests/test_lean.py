"""Leaving a module out of an import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui_app.lean import without


def test_a_module_left_out_is_as_if_not_installed_and_can_be_had_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with without("colorsys"), pytest.raises(ImportError):
        __import__("colorsys")
    assert __import__("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)


def test_what_was_imported_before_stays() -> None:
    with without("sys"):
        assert __import__("sys") is sys


def test_the_client_of_the_api_comes_without_a_command_line() -> None:
    code = (
        "import sys; from tui_app.session import Session; from tui_app.settings import Profile;"
        "from tui_app.altegio.tokens import Tokens; from tui_app.secret import SecretStr;"
        "Session(Profile(), None, None).open_api(Profile(), Tokens(SecretStr('p'), SecretStr('u')));"
        "print('httpx' in sys.modules, 'click' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "False"]
