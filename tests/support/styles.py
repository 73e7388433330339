"""Styles that are parsed once for all the Apps of a worker, where each App parses them for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.model import RuleSet
    from textual.css.types import CSSLocation

_PARSE: Final = Stylesheet._parse_rules
_PARSED: Final[dict[tuple[object, ...], list[RuleSet]]] = {}


def parsed_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """In the place of `Stylesheet._parse_rules`, which keeps what it parsed as well, but for one App alone.

    All that the rules depend on is in the key; nobody changes them once they are parsed.
    """
    key = (css, read_from, is_default_rules, tie_breaker, scope, frozenset(sheet._variables.items()))
    found = _PARSED.get(key)
    if found is None:
        found = _PARSED[key] = _PARSE(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return found
