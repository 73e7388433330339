"""The fields of a new client, by the location's definition of its custom fields."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from tui_app.altegio.resources import CustomField, CustomValue, Gender
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import format_date, parse_birthday
from tui_app.widgets.choices import Choice
from tui_app.widgets.fields import Field, TextField
from tui_app.widgets.note_field import NoteField
from tui_app.widgets.pick_fields import PickField

LONGEST_COMMENT: Final = 255
"""Characters; the contract sets no limit for a client's comment, the web form's is this."""

_YES_NO: Final = (Choice("yes", "yes"), Choice("no", "no"))
_GENDERS: Final = (Choice(int(Gender.FEMALE), "female"), Choice(int(Gender.MALE), "male"))


def first_fields() -> Iterable[Field]:
    """The fields before the custom ones."""
    yield TextField("name", "Name", required=True)
    yield TextField("surname", "Surname")
    yield TextField("patronymic", "Patronymic")
    yield TextField("phone", "Phone", short=True)
    yield TextField("email", "E-mail")
    yield PickField[int]("gender", "Gender", _GENDERS, placeholder="not told: f, m, or press Down")
    yield TextField("birthday", "Birthday", short=True, placeholder="24.12.1990")


def last_fields() -> Iterable[Field]:
    """The fields after the custom ones."""
    yield PickField[str]("personal_data", "Data consent", _YES_NO, placeholder="not asked: y, n, or press Down")
    yield PickField[str]("newsletter", "Newsletter", _YES_NO, placeholder="not asked: y, n, or press Down")
    yield NoteField("comment", "Client comment", LONGEST_COMMENT)


def custom_key(code: str) -> str:
    """The name under which the form knows a custom field."""
    return f"custom:{code}"


def fillable(custom_fields: Sequence[CustomField]) -> tuple[CustomField, ...]:
    """The custom fields that can be filled in, in the location's order."""
    return tuple(
        sorted((field for field in custom_fields if field.visible and field.editable), key=lambda field: field.weight)
    )


def custom_fields_of(definitions: Sequence[CustomField]) -> Iterable[Field]:
    """One field for each custom field: a list to choose from where the location gives one."""
    for definition in fillable(definitions):
        title = definition.title or definition.code
        if definition.values:
            choices = tuple(Choice(value, value) for value in definition.values)
            yield PickField[str](
                custom_key(definition.code),
                title,
                choices,
                required=definition.required,
                placeholder=f"{title}: press Down",
            )
        else:
            yield TextField(custom_key(definition.code), title, required=definition.required)


def custom_values(definitions: Sequence[CustomField], fields: Mapping[str, Field]) -> tuple[CustomValue, ...]:
    """What is filled in, custom field by custom field."""
    values = ((one.code, fields.get(custom_key(one.code))) for one in fillable(definitions))
    return tuple(CustomValue(code, str(field.get_value())) for code, field in values if field and field.get_value())


def consent(value: object) -> bool | None:
    """A consent as it is sent: None where it was not asked."""
    return None if value is None else value == "yes"


def birthday_words(text: str, today: date) -> str:
    """A typed birthday as it was understood; empty where it was not."""
    try:
        return format_date(parse_birthday(text, today)) if text else ""
    except Unparsed:
        return ""
