"""Tones: looks of a row or a line, by their classes in the style sheets."""

from rich.style import Style
from textual.app import App
from textual.dom import DOMNode


def look_of(app: App[object], tone: str) -> Style:
    """How a class of the style sheets looks, laid over what is below it.

    The framework would style all component classes of a widget as it is mounted; most tones are never drawn.
    """
    node = DOMNode(classes=tone)
    app.stylesheet.apply(node)
    return node.styles.partial_rich_style
