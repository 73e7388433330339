"""Every screen is a part of an App, which parses all styles at its start: a tenth of what its test takes."""

import pytest
from textual.css.stylesheet import Stylesheet

from tests.support.styles import parsed_once


@pytest.fixture(autouse=True)
def _styles_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stylesheet, "_parse_rules", parsed_once)
