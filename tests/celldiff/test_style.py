from __future__ import annotations

import pytest

from tui_app.celldiff.style import DEFAULT, Style, blank_style, change, restyle

RED_ON_BLUE = Style(foreground="31", background="44")


@pytest.mark.parametrize(
    ("parameters", "style"),
    [
        ("", DEFAULT),
        ("31;44", RED_ON_BLUE),
        ("1;3", Style(attributes="1;3")),
        ("3;1", Style(attributes="1;3")),
        ("38;5;17", Style(foreground="38;5;17")),
        ("48;2;1;2;3", Style(background="48;2;1;2;3")),
        ("38:2::1:2:3", Style(foreground="38:2::1:2:3")),
        ("4:3;58:5:9", Style(underline="4:3", underline_color="58:5:9")),
        ("1;4;31;0;7", Style(attributes="7")),
        ("1;2;9;22", Style(attributes="9")),
        ("31;39", DEFAULT),
    ],
)
def test_parameters_make_a_style(parameters: str, style: Style) -> None:
    assert restyle(DEFAULT, parameters) == style


@pytest.mark.parametrize("parameters", ["12", "38", "38;7;1", "38;5", "38;2;1;2", "4:9", "38:9:1", "1;;x", "38;5;:"])
def test_parameters_that_are_not_known_make_none(parameters: str) -> None:
    assert restyle(DEFAULT, parameters) is None


def test_a_reset_keeps_the_link() -> None:
    assert restyle(Style(foreground="31", link=";https://example.org/"), "0") == Style(link=";https://example.org/")


@pytest.mark.parametrize(
    ("old", "new", "sequence"),
    [
        (DEFAULT, RED_ON_BLUE, "\x1b[31;44m"),
        (RED_ON_BLUE, DEFAULT, "\x1b[m"),
        (RED_ON_BLUE, Style(foreground="32", background="44"), "\x1b[32m"),
        (Style(foreground="31", attributes="1"), Style(foreground="31"), "\x1b[22m"),
        (Style(foreground="31", attributes="1;2"), Style(foreground="31", attributes="1"), "\x1b[22;1m"),
        (Style(foreground="31", attributes="53"), Style(foreground="31"), "\x1b[0;31m"),
        (Style(foreground="31", underline="4:3"), Style(foreground="31"), "\x1b[24m"),
        (DEFAULT, Style(link="id=1;https://example.org/"), "\x1b]8;id=1;https://example.org/\x1b\\"),
        (Style(link="id=1;https://example.org/"), DEFAULT, "\x1b]8;;\x1b\\"),
        (RED_ON_BLUE, RED_ON_BLUE, ""),
    ],
)
def test_a_change_says_only_what_differs(old: Style, new: Style, sequence: str) -> None:
    assert change(old, new) == sequence


def test_a_blank_shows_only_its_background() -> None:
    assert blank_style(Style(foreground="31", background="44", attributes="1")) == Style(background="44")


@pytest.mark.parametrize(
    "style", [Style(attributes="7"), Style(underline="4"), Style(attributes="9"), Style(link=";x")]
)
def test_what_is_seen_without_a_letter_stays(style: Style) -> None:
    assert blank_style(style) == style
