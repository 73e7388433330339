"""The one table of actions: what can be done, by which key, and how it is said: for keys, menus, palette and help."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

Area = Literal["schedule", "event", "booking", "everywhere", "form"]


class Action(Struct, frozen=True, kw_only=True):
    """One action: `keys` as Textual names them, the shown one first; `danger` marks what cannot be taken back.

    Area `event` acts on the selected event and `booking` on the selected booking: these make up the menus of Enter.
    """

    id: str
    label: str
    help: str
    area: Area
    keys: tuple[str, ...] = ()
    hint: str = ""
    danger: bool = False


ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="help", keys=("f1", "question_mark"), label="Help", hint="help", area="everywhere",
        help="Keys, marks and words of this screen.",
    ),
    Action(
        id="edit_event", keys=("f2",), label="Edit the event", hint="edit", area="event",
        help="Open the form of the selected event: time, places, team member, rooms, tags and all the rest.",
    ),
    Action(
        id="new_event", keys=("f3",), label="New event", hint="new", area="schedule",
        help="Open an empty event form for the day shown.",
    ),
    Action(
        id="book", keys=("f4",), label="Book somebody", hint="book", area="event",
        help="Open the booking form for the selected event: a client, a new client or a visitor.",
    ),
    Action(
        id="refresh", keys=("f5",), label="Refresh", hint="refresh", area="schedule",
        help="Read the day and the roster again now. It happens by itself as well.",
    ),
    Action(
        id="go_to_date", keys=("f6",), label="Go to a date", hint="date", area="schedule",
        help="Type a date: 24.12, fri, +3 or 2026-12-24.",
    ),
    Action(
        id="today", keys=("f7",), label="Today", area="schedule",
        help="Show today and select the event that runs now or starts next.",
    ),
    Action(
        id="unconfirmed", keys=("f8",), label="What is not confirmed", area="schedule",
        help="Show the writes of which nobody knows whether they were carried out: check, send again or let go.",
    ),
    Action(
        id="copy_event", label="New event like this", area="event",
        help="Open the form of a new event that starts out as a copy of the selected one.",
    ),
    Action(
        id="cancel_event", label="Cancel the event", area="event", danger=True,
        help="Cancel the selected event and every booking in it. The number of bookings must be typed.",
    ),
    Action(id="call_list", label="Whom to ring", area="event", help="Names and phones of the selected event."),
    Action(
        id="print_roster", label="Print the roster", area="event",
        help="Write the roster to a file, or send it to the printer.",
    ),
    Action(id="week", label="Week", area="schedule", help="Show the week with the free places of each day."),
    Action(id="undo", label="Undo", area="schedule", help="Take back the last action that can be taken back."),
    Action(
        id="drafts", label="Drafts: what was typed and not sent", area="schedule",
        help="Take up again what a form or the desk line held when it was not sent. It is kept for a day.",
    ),
    Action(id="lock", label="Lock", area="schedule", help="Hide everything behind a PIN. The first time asks for one."),
    Action(
        id="edit_booking", label="Edit the booking", area="booking",
        help="Change the places, the comment and the tags of the selected booking.",
    ),
    Action(id="mark_arrived", label="Arrived", area="booking", help="Mark the selected booking as arrived."),
    Action(id="mark_confirmed", label="Confirmed", area="booking", help="Mark the selected booking as confirmed."),
    Action(id="mark_no_show", label="No-show", area="booking", help="Mark that nobody came."),
    Action(id="mark_waiting", label="Back to waiting", area="booking", help="Take the attendance mark back."),
    Action(
        id="cancel_booking", label="Cancel the booking", area="booking", danger=True,
        help="Cancel the selected booking, after asking.",
    ),
    Action(
        id="show_phones", keys=("f9",), label="Show or mask phones", area="schedule",
        help="Show the phones of the roster for five seconds, or mask them again at once.",
    ),
    Action(
        id="show_cancelled", label="Show or hide cancelled events", area="schedule",
        help="Cancelled events are hidden unless asked for.",
    ),
    Action(
        id="connect", label="Tokens, server and location", area="everywhere",
        help="Open Connect: change the location, the server or the tokens, or forget them.",
    ),
    Action(
        id="operator", label="Who is at the desk", area="everywhere",
        help="Type your initials at the start of a shift: they are kept with every write.",
    ),
    Action(id="settings", label="Settings", area="everywhere", help="Refresh, theme, phones and more."),
    Action(
        id="recall", keys=("ctrl+r",), label="Take the last line back", hint="again", area="schedule",
        help="Put the last line that failed, else the last one, back into the empty desk line; again: one before.",
    ),
    Action(id="palette", keys=("ctrl+p",), label="All actions", area="everywhere", help="Find an action by its name."),
    Action(
        id="quit", keys=("f10",), label="Quit", hint="quit", area="everywhere",
        help="Leave. What is on its way is finished first.",
    ),
)  # fmt: skip

BY_ID: Final[Mapping[str, Action]] = {action.id: action for action in ACTIONS}
"""The actions by their ids."""


def actions_of(*areas: Area) -> tuple[Action, ...]:
    """The actions of some areas, in the order of the table."""
    return tuple(action for action in ACTIONS if action.area in areas)


def key_map() -> dict[str, str]:
    """The id of the action for each key that has one."""
    return {key: action.id for action in ACTIONS for key in action.keys}


def shown_key(key: str) -> str:
    """A key as people read it on their keyboard."""
    names = {"question_mark": "?", "escape": "Esc", "enter": "Enter"}
    if key in names:
        return names[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key.removeprefix('ctrl+').upper()}"
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key


def hint_line(width: int) -> str:
    """The hints under the desk line as far as they fit, in the order of the table; the first and the last always do."""
    hinted = [f"{shown_key(action.keys[0])} {action.hint}" for action in ACTIONS if action.hint]
    while len("  ".join(hinted)) > width and len(hinted) > 2:
        del hinted[-2]
    return "  ".join(hinted)
