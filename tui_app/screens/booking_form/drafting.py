"""What of a booking form is kept as a draft: pure."""

from collections.abc import Mapping
from typing import Final

from tui_app.altegio.resources import ClientHit, Event
from tui_app.desk.commands.saying import masked
from tui_app.desk.drafts.model import BookingFields
from tui_app.desk.reference import Reference
from tui_app.widgets.fields import Field
from tui_app.widgets.form_words import event_words

NAMES: Final = (
    "name",
    "surname",
    "patronymic",
    "phone",
    "email",
    "gender",
    "birthday",
    "personal_data",
    "newsletter",
    "comment",
    "visitor_name",
    "places",
    "tag_ids",
)
"""The fields of the form that have their own name in a draft; beside them there are the client and the custom ones."""

CUSTOM: Final = "custom:"


def fields_of(fields: Mapping[str, Field], client: ClientHit | None, custom_left: Mapping[str, str]) -> BookingFields:
    """What the fields hold; `custom_left` are values whose fields are not there yet."""
    custom = {
        key.removeprefix(CUSTOM): str(field.get_value())
        for key, field in fields.items()
        if key.startswith(CUSTOM) and field.get_value()
    }
    held = {name: fields[name].get_value() for name in NAMES}
    return BookingFields(client=client, custom={**custom_left, **custom}, **held)


def words_of(fields: BookingFields, typed: str, event: Event | None, reference: Reference) -> str:
    """Whom the form books into what, as it may stand on the screen: whole phones masked."""
    client = fields.client.full_name if fields.client is not None else ""
    named = client or " ".join(part for part in (fields.name, fields.surname) if part) or fields.visitor_name
    into = "" if event is None else f" into {event_words(event, reference)}"
    return f"booking of {masked(named or typed) or 'somebody'}{into}"
