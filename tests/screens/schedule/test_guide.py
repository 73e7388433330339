"""What the help says of the desk line."""

from tui_app.desk.commands.verbs import VERBS
from tui_app.screens.schedule.guide import help_lines


def test_every_verb_is_told() -> None:
    told = {shows for shows, _ in help_lines()}
    assert {verb.shows for verb in VERBS} <= told


def test_a_verb_is_told_as_a_cyrillic_keyboard_shows_it() -> None:
    lines = dict(help_lines())
    assert lines["x3 · x"].endswith("(ч)")


def test_what_asks_before_it_acts_says_so() -> None:
    assert "a second Enter" in dict(help_lines())["x3 · x"]
