"""Words that several forms say alike: pure."""

from tui_app.altegio.resources import Event
from tui_app.desk.naming import names_of
from tui_app.desk.reference import Reference
from tui_app.desk.when import format_date, format_span


def event_words(event: Event, reference: Reference) -> str:
    """An event in one line: on which day, from when to when, what; what matters most comes first, if it is cut."""
    service = names_of(reference).service(event.service_id, event.service_title)
    return f"{format_date(event.starts_at.date())} {format_span(event.starts_at, event.ends_at)} {service}"


def free_words(free: int | None) -> str:
    """How many places are free."""
    if free is None:
        return "free places not known"
    return "full" if free == 0 else f"{free} place{'' if free == 1 else 's'} free"
