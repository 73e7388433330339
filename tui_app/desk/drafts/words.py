"""How drafts are offered, in words: pure. The key comes first, for a narrow line cuts what comes last."""

from collections.abc import Sequence
from typing import Final

from tui_app.desk.clock import LocationClock
from tui_app.desk.drafts.model import Draft
from tui_app.desk.when import format_day, format_time

VERB: Final = "drafts⏎"
SENT: Final = "it was on its way: look first whether it is there"


def when_words(draft: Draft, clock: LocationClock) -> str:
    """When it was typed, by the location's wall clock: «14:05», with the day where it was not today."""
    wall = clock.wall(draft.saved_at)
    time = format_time(wall)
    return time if wall.date() == clock.today() else f"{format_day(wall.date(), clock.today())} {time}"


def offer_words(drafts: Sequence[Draft], clock: LocationClock) -> str:
    """Say at the start what was left unsent; empty where there is nothing."""
    if not drafts:
        return ""
    newest = drafts[0]
    when = when_words(newest, clock)
    if len(drafts) == 1:
        return f"{VERB} opens the draft of {when}: {newest.content.words}{_sent(newest)}"
    return f"{VERB} lists {len(drafts)} drafts, the newest of {when}"


def take_over_words(draft: Draft, clock: LocationClock) -> str:
    """Offer a draft at the top of the form that it belongs into."""
    return f"Ctrl+O brings back what was typed here at {when_words(draft, clock)} and not sent{_sent(draft)}"


def back_words(draft: Draft, clock: LocationClock) -> str:
    """Say in a form that it holds a draft again."""
    return f"This was typed at {when_words(draft, clock)} and not sent{_sent(draft)}"


def _sent(draft: Draft) -> str:
    return f"; {SENT}." if draft.content.sent else "."
