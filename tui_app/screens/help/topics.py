"""What the help says, section by section: pure, from the table of actions and a few words of its own."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from tui_app.actions import Action, Area, actions_of, shown_key

Line = tuple[str, str]
"""A key, a mark or a word, and what it means."""

WIDEST: Final = 19
"""Columns that the forms of an entry may take of 60."""

BETWEEN: Final = " · "
"""Stands between the forms of an entry."""


class Section(Struct, frozen=True):
    """A title and its lines."""

    title: str
    lines: tuple[Line, ...]


MOVING: Final[tuple[Line, ...]] = (
    ("↑ ↓", "move in the list; PgUp and PgDn by pages"),
    ("Tab", "from the events to the roster and back"),
    ("← →", "a day back and on, while nothing is typed"),
    ("Home End", "first and last row, while nothing is typed"),
    ("Enter", "while nothing is typed: what can be done with the selected row"),
    ("Esc", "clears what is typed, then goes back one level"),
)

QUESTIONS: Final[tuple[Line, ...]] = (
    ("=2", "takes the second candidate; an arrow and Enter does it as well"),
    ("Enter", "directly behind a line that asks for it does what was asked, and nothing else ever does"),
    ("=12", "with the number of its bookings cancels a class; any other line drops that question"),
    ("=", "comes back to a question that waits, the oldest first; once more: to the next one"),
    ("Esc", "on an empty line lets a question go; all others wait by the line that asked"),
)

DROPS: Final[tuple[Line, ...]] = (
    ("! as of 18:04", "the last refresh failed: the day stands as it was read then, and is read again by itself"),
    ("! offline", "the server cannot be reached, and no day was read yet"),
    ("! no rights", "the server does not let you read this"),
    ("! Not confirmed", "in the second line: the answer to a write was lost. It is looked for by itself; F8 shows it"),
    ("Not sent again", "what would make the same once more, as long as the first is not confirmed"),
)

UNCONFIRMED: Final[tuple[Line, ...]] = (
    ("Listed", "what may or may not have been carried out, for its answer was lost; with the time and who sent it"),
    ("c", "checks again whether it was carried out; Enter and F5 as well"),
    ("s", "sends it again, after asking. It looks first: what is there is not sent, nor a change over somebody else's"),
    ("l", "lets it go, after asking: then nobody looks after it any more"),
    ("By itself", "it is looked for 0, 1, 3, 8 and 20 seconds after the answer was lost, and at the next start"),
    ("Kept", "on this machine until its end is known; names and phones are wiped then"),
    ("Esc", "back; all stay as they are"),
)

EVERYWHERE: Final[tuple[Line, ...]] = (
    ("Ctrl+L", "Paint again. All of the screen, where something else has written to it; F5 does it as well."),
    ("Ctrl+Z", "To the shell. fg there brings all of it back."),
)

WEEK: Final[tuple[Line, ...]] = (
    ("↑ ↓", "the day before and after; Home and End the first and last of the week"),
    ("← →", "a week back and on; PgUp and PgDn as well"),
    ("Enter", "goes to the selected day"),
    ("F7", "the week of today"),
    ("F5", "reads the week again"),
    ("Free", "all free places of the day together; below stand the classes of the selected day"),
    ("Filter", "what the schedule is filtered by holds here, too: it stands in the first line"),
    ("Esc", "back to the day that was shown"),
)

CALLS: Final[tuple[Line, ...]] = (
    ("↑ ↓", "move in the list; PgUp, PgDn, Home and End as well"),
    ("Space", "marks somebody as reached, or takes that back, and goes to the next to ring; Enter as well"),
    ("Dimmed", "has no phone, or one that you may not see: it says which"),
    ("F5", "reads the list again; who was reached stays marked"),
    ("Esc", "back; the marks of this class stay until the program ends"),
)

FORM: Final[tuple[Line, ...]] = (
    ("Enter", "to the next field; on a list it opens the choices"),
    ("Tab", "next field; Shift+Tab the one before"),
    ("F8", "saves from any field; so does Ctrl+S"),
    ("Esc", "leaves, and asks where something typed would be lost"),
    ("Ctrl+O", "brings back what was typed here and not sent, where the top of the form offers it"),
    ("Ctrl+Z", "in a text of several lines takes the last change back; else the shell gets the terminal, until fg"),
    ("! words", "at a field say what it needs before it can be saved"),
)

DIALOGS: Final[tuple[Line, ...]] = (
    ("Enter", "chooses what is marked; at first that is the harmless answer"),
    ("Tab", "to the next button; ← and → as well"),
    ("Esc", "the harmless answer"),
)

CONNECT: Final[tuple[Line, ...]] = (
    ("Server", "the first one, unless somebody gave you an address. It must be https, or this machine"),
    ("Dialect", "leave it unless you were told; «Find out» asks the server once"),
    ("Partner", "the partner token is the studio's key, from the App Marketplace of Altegio"),
    ("User", "the user token is yours: give it, or sign in with login and password"),
    ("F8", "goes on to the next step, Esc goes back one"),
    ("F6", "profiles: choose, add, rename, remove"),
    ("F7", "forgets every token on this machine, after asking"),
)

SETTINGS: Final[tuple[Line, ...]] = (
    ("↑ ↓", "move in the list"),
    ("Enter", "changes the setting; it holds at once"),
    ("Esc", "back"),
)

DRAFTS: Final[tuple[Line, ...]] = (
    ("Enter", "takes it up again, as it was typed; nothing is sent by that"),
    ("Del", "dismisses it, after asking"),
    ("Esc", "back; all stay as they are"),
    ("Kept", "for a day, on this machine alone; gone as soon as it is sent"),
)

TOKENS: Final[tuple[Line, ...]] = (
    ("Keyring", "where tokens are kept when you let them; the system encrypts it"),
    ("This run", "in memory alone: gone when the program ends"),
    ("A file", "only if you chose it in Connect; it is not encrypted"),
    ("Elsewhere", "ALTEGIO_PARTNER_TOKEN and ALTEGIO_USER_TOKEN go before all of these"),
    ("Never", "in the settings, in logs or on the screen; a password is not kept at all"),
)

_AFTER: Final[dict[str, tuple[Line, ...]]] = {"Everywhere": EVERYWHERE}
"""Keys that stand in no table of actions, behind the actions of a section."""

_WORDS: Final[dict[str, tuple[Section, ...]]] = {
    "schedule": (
        Section("Moving", MOVING),
        Section("Questions of the line", QUESTIONS),
        Section("When the connection drops", DROPS),
    ),
    "week": (Section("The week", WEEK),),
    "calls": (Section("Whom to ring", CALLS),),
    "form": (Section("In a form", FORM),),
    "drafts": (Section("Typed and not sent", DRAFTS),),
    "unconfirmed": (Section("Not confirmed", UNCONFIRMED),),
    "connect": (Section("Connect", CONNECT), Section("In a form", FORM[:2])),
    "settings": (Section("Settings", SETTINGS),),
}
_ACTIONS: Final[dict[str, tuple[tuple[str, tuple[Area, ...]], ...]]] = {
    "schedule": (
        ("The schedule", ("schedule",)),
        ("The selected event", ("event",)),
        ("The selected booking", ("booking",)),
        ("Everywhere", ("everywhere",)),
    ),
    "form": (("Form", ("form",)),),
}


def sections(area: str, marks: Sequence[Line] = (), commands: Sequence[Line] = ()) -> tuple[Section, ...]:
    """The help of an area: its keys, what can be typed, its marks, dialogs, and where the tokens are."""
    found = [*_WORDS.get(area, ())]
    found += [
        Section(title, _action_lines(actions_of(*areas)) + _AFTER.get(title, ()))
        for title, areas in _ACTIONS.get(area, ())
    ]
    found.append(Section("What can be typed", tuple((stacked(forms), meaning) for forms, meaning in commands)))
    found.append(Section("Marks", tuple(marks)))
    found.append(Section("In a question", DIALOGS))
    found.append(Section("Where the tokens are", TOKENS))
    return tuple(section for section in found if section.lines)


def stacked(forms: str) -> str:
    """Put the forms of an entry under one another where they are wide: what they mean needs the rest of the line."""
    lines = [""]
    for form in forms.split(BETWEEN):
        longer = f"{lines[-1]}{BETWEEN}{form}" if lines[-1] else form
        if len(longer) <= WIDEST:
            lines[-1] = longer
        else:
            lines.append(form)
    return "\n".join(lines)


def _action_lines(actions: Sequence[Action]) -> tuple[Line, ...]:
    return tuple((_key_of(action), _meaning(action)) for action in actions)


def _key_of(action: Action) -> str:
    if action.keys:
        return " ".join(shown_key(key) for key in action.keys)
    return "Enter…" if action.area in {"event", "booking"} else "Ctrl+P…"


def _meaning(action: Action) -> str:
    asks = " It asks first." if action.danger else ""
    return f"{action.label}. {action.help}{asks}"
