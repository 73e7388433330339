"""What the help says of the desk line: pure, from its table of verbs."""

from tui_app.desk.commands.layouts import Layout
from tui_app.desk.commands.verbs import VERBS, Danger, Verb, shown_in

PLAIN = (
    ("18 · 18:30 · 18b", "select the class at 18, at 18:30, the second one at 18"),
    ("5678 · ann ki", "book the client by the end of the phone, or by fragments of the name"),
    ("18 5678 · 5678 *3", "select and book · three places"),
    (
        "18 c14 · 18 t an · 18 a",
        "select, then do that to the class; not with numbers of its roster, which is not shown yet",
    ),
    ("18x", "the same as 18 x; any other letter directly behind an hour counts its classes: 18b is the second"),
    (
        "anna kim 7012345678",
        "a new client: the phone is shown; a second Enter sends, or opens the form where a field is required",
    ),
    ("5678; 1234; kim", "several, one after another"),
    ("=2 · = · Enter", "answer the question · come back to one that waits · do what was just asked"),
    ('"May"', "quotes, or a space before it, make a name of anything"),
    ("+1 · fri · 24.12", "go to a day"),
    (
        "/free 2 · /t an",
        "filters, also several at once: free and a number of places; t, room, tag, service and a part of the name",
    ),
)
"""What is typed without a verb."""


def help_lines() -> tuple[tuple[str, str], ...]:
    """Everything that can be typed, and what it does; verbs also as the keys of Cyrillic layouts show them."""
    return (*PLAIN, *((verb.shows, _told(verb)) for verb in VERBS))


def _told(verb: Verb) -> str:
    shown = {shown_in(verb, layout): layout.value for layout in reversed(Layout)}
    keys = ", ".join(dict.fromkeys(keys for keys in reversed(shown) if keys != verb.word))
    asks = f"; asks for {verb.danger.value}" if verb.danger is Danger.SECOND_ENTER else ""
    return f"{verb.help}{asks}" + (f" ({keys})" if keys else "")
