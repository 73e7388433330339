"""A verb as it was said, and what every reader of a verb needs: its event, its roster, its entries."""

from msgspec import Struct

from tui_app.desk.commands.layouts import by_key
from tui_app.desk.commands.questions import Lost
from tui_app.desk.commands.verbs import Verb
from tui_app.desk.commands.view import Deferred, Missing, Refused, StopReading, View
from tui_app.desk.model import Roster, RosterEntry, ScheduledEvent


class Said(Struct, frozen=True):
    """A verb and what stands behind it: `attached` without a space between; `text` is the whole entry."""

    verb: Verb
    rest: str
    text: str
    attached: bool = False
    cyrillic: bool = False

    @property
    def keys(self) -> str:
        """What stands behind the verb, letters by the position of their key."""
        return by_key(self.rest)

    def misused(self) -> Refused | None:
        """Refuse what cannot be a name: a Latin verb with figures directly behind it that are not its argument."""
        return usage(self.verb) if self.attached and not self.cyrillic else None


def usage(verb: Verb) -> Refused:
    """Refuse in the words of the table."""
    return Refused(verb.usage, nearest=verb.shows)


def settled_day(view: View) -> None:
    """Go on only where the day is the one that was meant; raises `StopReading`."""
    unsettled = view.questions.unsettled
    if unsettled is not None and unsettled.what is Lost.DAY:
        raise StopReading(Refused(f"«{unsettled.name}» chose no day: choose one, or press Esc"))


def event_of(view: View, text: str) -> ScheduledEvent:
    """The selected event, if it is surely the one that is meant; raises `StopReading`."""
    settled_day(view)
    unsettled = view.questions.unsettled
    if unsettled is not None:
        words = f"«{unsettled.name}» chose no event: choose one, or press Esc"
        raise StopReading(Refused(words))
    event = view.selected
    if event is None:
        if not view.day_known:
            raise StopReading(Deferred(text, Missing.DAY))
        raise StopReading(Refused("Select an event first: type its hour, as 18"))
    if event.cancelled:
        raise StopReading(Refused("This event is cancelled: select another one"))
    return event


def roster_of(view: View, text: str) -> tuple[ScheduledEvent, Roster]:
    """The selected event and its roster; raises `StopReading`."""
    event = event_of(view, text)
    if view.roster is None or view.roster.event_id != event.id:
        raise StopReading(Deferred(text, Missing.ROSTER))
    return event, view.roster


def entry_of(roster: Roster, number: int) -> RosterEntry:
    """The entry of a number; raises `StopReading`."""
    entry = roster.by_number(number)
    if entry is None:
        raise StopReading(Refused(f"Nobody has number {number}"))
    return entry
