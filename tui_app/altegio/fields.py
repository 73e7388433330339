"""From the wire's names of fields to the house's, for the messages of a refusal (contract 1, 2.3, 2.4)."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tui_app.altegio.calls import Json
from tui_app.altegio.text import clean

Fields = dict[str, tuple[str, ...]]

_HOUSE: Final[Mapping[str, str]] = {
    "staff_id": "team_member_id",
    "master_id": "team_member_id",
    "service_id": "service_id",
    "resource_instance_ids": "resource_ids",
    "label_ids": "tag_ids",
    "labels": "tag_ids",
    "date": "starts_at",
    "datetime": "starts_at",
    "length": "length",
    "seance_length": "length",
    "capacity": "capacity",
    "technical_break_duration": "technical_break",
    "comment": "comment",
    "color": "color",
    "instructions": "instructions",
    "stream_link": "stream_link",
    "force": "force",
    "client_id": "client.id",
    "client": "client",
    "comer_id": "visitor_id",
    "comer": "visitor_name",
    "clients_count": "places",
    "is_trial_service": "trial",
    "attendance_service_item": "price_item",
    "attendance_good_items": "products",
    "reschedule_activity_id": "to_event_id",
    "with_comer": "with_visitor",
    "attendance": "attendance",
    "attendance_status": "attendance",
    "records": "entries",
    "dates": "starts",
    "content_type": "with_bookings",
    "title": "title",
    "repeat_mode_id": "repeat_mode_id",
    "days": "days",
    "interval": "interval",
    "login": "login",
    "password": "password",
    "2fa": "second_factor",
    "services": "services",
    "send_sms": "notify",
    "filter.from": "starts_from",
    "filter.to": "starts_to",
}
_CLIENT: Final[Mapping[str, str]] = {
    **{name: name for name in ("id", "name", "phone", "email", "surname", "patronymic", "gender", "birthday")},
    "custom_field_values": "custom_values",
    "agreements": "agreements",
    "comment": "comment",
    "national_id": "national_id",
}
_DEEPEST: Final = 12
_MOST: Final = 200
_MOST_CHARACTERS: Final = 4_000
_TEXTS: Final = ("message", "detail", "title", "error")


def house_fields(errors: Json) -> Fields:
    """Collect the messages of `errors`, an object or a list of any nesting, under the house's names.

    What belongs to no field of the house stands under "", with the wire's name before it.
    """
    found: dict[str, list[str]] = {}
    left = _MOST_CHARACTERS
    for count, (path, message) in enumerate(_leaves(errors, (), 0)):
        if count >= _MOST or left <= 0:
            break
        name = house_name(path)
        stray = ".".join(path) if not name else ""
        words = clean(f"{stray}: {message}" if stray else message)[:left]
        left -= len(words)
        if words and words not in found.setdefault(name, []):
            found[name].append(words)
    return {name: tuple(messages) for name, messages in found.items() if messages}


def house_name(path: tuple[str, ...]) -> str:
    """Name a path of the wire in the house's words; "" where the house has no such field."""
    names = [name for name in path if name not in {"data", "attributes", "body"} and not name.isdigit()]
    if not names:
        return ""
    head = _HOUSE.get(".".join(names[:2])) or _HOUSE.get(names[0], "")
    if head == "client" and len(names) > 1:
        return f"client.{_CLIENT[names[1]]}" if names[1] in _CLIENT else ""
    if head == "entries":
        return _entry_name(path, names)
    return head


def _entry_name(path: tuple[str, ...], names: list[str]) -> str:
    number = next((name for name in path if name.isdigit()), "")
    inner = {"client_id": "client_id", "clients_count": "places", "send_sms_now": "notify_now"}
    parts = ["entries", number, *(inner.get(name, name) for name in names[1:2])]
    return ".".join(part for part in parts if part)


def _leaves(errors: Json, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], str]]:
    if depth > _DEEPEST or errors is None or isinstance(errors, bool):
        return
    if isinstance(errors, dict):
        yield from _of_object(errors, path, depth)
    elif isinstance(errors, list):
        for index, item in enumerate(errors):
            nested = (*path, str(index)) if path and isinstance(item, dict) else path
            yield from _leaves(item, nested, depth + 1)
    else:
        yield path, str(errors)


def _of_object(errors: dict[str, Json], path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], str]]:
    named = _named_path(errors)
    text = next((errors[key] for key in _TEXTS if isinstance(errors.get(key), str)), None)
    if named is not None and text is not None:  # {"field": "...", "message": "..."}, one item of a list
        yield (*_without_index(path), *named), str(text)
        return
    if isinstance(errors.get("message"), str) and set(errors) <= {"message", "code", "status", "title", "detail"}:
        yield _without_index(path), str(errors["message"])
        return
    for key, value in errors.items():
        yield from _leaves(value, (*path, *_split(key)), depth + 1)


def _named_path(errors: dict[str, Json]) -> tuple[str, ...] | None:
    source = errors.get("source")
    pointer = source.get("pointer") if isinstance(source, dict) else None
    for named in (errors.get("field"), errors.get("property"), pointer):
        if isinstance(named, str) and named:
            return _split(named)
    return None


def _without_index(path: tuple[str, ...]) -> tuple[str, ...]:
    return path[:-1] if path and path[-1].isdigit() else path


def _split(key: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[./\[\]]+", key[:200]) if part)
