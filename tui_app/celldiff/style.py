"""How a cell looks, as SGR parameters and a hyperlink, and the shortest way from one look to another. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple


class Style(NamedTuple):
    """A look. Colours and underline are SGR parameters as they were written, empty for the terminal's default.

    `attributes` are the other SGR parameters that are on, sorted and joined by `;`. `link` is `parameters;address` of
    OSC 8, or empty.
    """

    foreground: str = ""
    background: str = ""
    attributes: str = ""
    underline: str = ""
    underline_color: str = ""
    link: str = ""


DEFAULT: Final = Style()

_ATTRIBUTES: Final = frozenset({"1", "2", "3", "5", "6", "7", "8", "9", "51", "52", "53"})
_UNDERLINES: Final = frozenset({"4", "21", "4:1", "4:2", "4:3", "4:4", "4:5"})
_ENDS: Final = {
    "22": frozenset({"1", "2"}),
    "23": frozenset({"3"}),
    "25": frozenset({"5", "6"}),
    "27": frozenset({"7"}),
    "28": frozenset({"8"}),
    "29": frozenset({"9"}),
    "54": frozenset({"51", "52"}),
    "55": frozenset({"53"}),
}
_RELIED_ON: Final = {"1": "22", "2": "22", "3": "23", "5": "25", "6": "25", "7": "27", "9": "29"}
"""Ends of attributes that every terminal obeys; what is not here is ended by a reset."""

_COLORS: Final = {"38": "foreground", "48": "background", "58": "underline_color"}
_COLOR_LENGTHS: Final = {"5": 3, "2": 5}
_CHANGES: Final[dict[str, dict[str, str]]] = (
    {str(code): {"foreground": str(code)} for code in (*range(30, 38), *range(90, 98))}
    | {str(code): {"background": str(code)} for code in (*range(40, 48), *range(100, 108))}
    | {code: {"underline": code} for code in _UNDERLINES}
    | {"24": {"underline": ""}, "4:0": {"underline": ""}}
    | {"39": {"foreground": ""}, "49": {"background": ""}, "59": {"underline_color": ""}}
)
_UNSEEN_ON_BLANK: Final = frozenset({"1", "2", "3"})


@lru_cache(maxsize=4096)
def restyle(style: Style, parameters: str) -> Style | None:
    """The style after `CSI parameters m`, or None where a parameter is not known."""
    items = parameters.split(";")
    position = 0
    while position < len(items):
        item = items[position]
        length = 1
        if item in _COLORS and position + 1 < len(items):
            length = _COLOR_LENGTHS.get(items[position + 1], 0)
            color = items[position : position + length]
            if not length or len(color) != length or not all(map(str.isdigit, color)):
                return None
            style = style._replace(**{_COLORS[item]: ";".join(color)})
        else:
            changed = _simple(style, item)
            if changed is None:
                return None
            style = changed
        position += length
    return style


def _simple(style: Style, item: str) -> Style | None:
    """The style after one parameter that stands for itself."""
    if item in {"", "0"}:
        return Style(link=style.link)
    if item in _CHANGES:
        return style._replace(**_CHANGES[item])
    if item in _ATTRIBUTES:
        return style._replace(attributes=_joined(_split(style.attributes) | {item}))
    if item in _ENDS:
        return style._replace(attributes=_joined(_split(style.attributes) - _ENDS[item]))
    head, colon, rest = item.partition(":")
    if colon and head in _COLORS and rest[:2] in {"2:", "5:"}:
        return style._replace(**{_COLORS[head]: item})
    return None


def _split(attributes: str) -> frozenset[str]:
    return frozenset(attributes.split(";")) if attributes else frozenset()


def _joined(attributes: frozenset[str]) -> str:
    return ";".join(sorted(attributes))


@lru_cache(maxsize=4096)
def blank_style(style: Style) -> Style:
    """What is to be seen of a style on a blank: a colour of letters that are not there is not."""
    if style.underline or style.link or _split(style.attributes) - _UNSEEN_ON_BLANK:
        return style
    return Style(background=style.background)


@lru_cache(maxsize=8192)
def change(old: Style, new: Style) -> str:
    """The shortest escape sequences after which a terminal that writes in `old` writes in `new`."""
    link = "" if old.link == new.link else f"\x1b]8;{new.link or ';'}\x1b\\"
    old, new = old._replace(link=""), new._replace(link="")
    if old == new:
        return link
    if new == DEFAULT:
        return f"\x1b[m{link}"
    fresh = ";".join(["0", *_whole(new)])
    step = _step(old, new)
    return f"\x1b[{fresh if step is None or len(step) > len(fresh) else step}m{link}"


def _whole(style: Style) -> list[str]:
    parts = (style.attributes, style.underline, style.foreground, style.background, style.underline_color)
    return [part for part in parts if part]


def _step(old: Style, new: Style) -> str | None:
    """The parameters that change only what differs, or None where an attribute must be ended by a reset."""
    had, has = _split(old.attributes), _split(new.attributes)
    gone = had - has
    if not gone <= _RELIED_ON.keys():
        return None
    ends = sorted({_RELIED_ON[attribute] for attribute in gone})
    kept = had.difference(*(_ENDS[end] for end in ends))
    items = [*ends, *sorted(has - kept)]
    for before, after, default in (
        (old.underline, new.underline, "24"),
        (old.foreground, new.foreground, "39"),
        (old.background, new.background, "49"),
        (old.underline_color, new.underline_color, "59"),
    ):
        if before != after:
            items.append(after or default)
    return ";".join(items)
