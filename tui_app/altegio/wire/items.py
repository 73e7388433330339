"""Objects of an answer, flat or as JSON:API resources, with what they refer to (contract 2.1, 2.2)."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias, TypeVar

from tui_app.altegio.calls import Json
from tui_app.altegio.envelope import BrokenAnswer, Envelope
from tui_app.altegio.wire.lenient import to_id

Values: TypeAlias = Mapping[str, Json]
T = TypeVar("T")

MOST_OBJECTS: Final = 10_000
"""Objects that one answer may list: as many as forty of the largest pages."""

_NOTHING = (None, "", 0)


class Ref(NamedTuple):
    """What a relationship points at: the id, and the values of the object where the answer holds them."""

    id: int
    values: Values | None


class Item(NamedTuple):
    """One object: its values, its id among them, and a way to what it refers to."""

    values: Values
    related: Mapping[str, Json]
    included: Mapping[tuple[str, int], Values]

    def refs(self, *names: str) -> tuple[Ref, ...] | None:
        """Follow a relationship, under the first of its names that the answer carries; None: it carries none.

        One without `data` (links alone), or null in a flat object, was not carried: to take it for empty could lose it.
        """
        for name in names:
            relation = self.related.get(name)
            if relation is not None and not (isinstance(relation, dict) and "data" not in relation):
                return tuple(ref for ref in map(self._ref, _linkage(relation)) if ref is not None)
        for name in names:
            if self.values.get(name) is not None:
                return tuple(ref for ref in map(_inner_ref, _as_list(self.values[name])) if ref is not None)
        return None

    def one(self, *names: str) -> Values | None:
        """Answer the values of the first object that a relationship points at."""
        refs = self.refs(*names) or ()
        return next((ref.values for ref in refs if ref.values is not None), None)

    def named(self, kinds: tuple[str, ...], number: int | None) -> Values | None:
        """Find an included object by one of its types and its id, where no relationship points at it."""
        found = (self.included.get((kind, number)) for kind in kinds) if number is not None else iter(())
        return next((values for values in found if values is not None), None)

    def _ref(self, raw: Json) -> Ref | None:
        if not isinstance(raw, dict) or (number := to_id(raw.get("id"))) is None:
            return None
        inline = flat(raw) if "attributes" in raw else None
        return Ref(number, self.included.get((str(raw.get("type", "")), number), inline))


def items_of(envelope: Envelope) -> tuple[Item, ...]:
    """Read a list of objects; "nothing" is an empty one. Raises BrokenAnswer for what is no list.

    What is no object stands in the list as an item without values, so that it can be counted as broken.
    """
    data = envelope.data
    if not data:
        return ()
    if not isinstance(data, list):
        raise BrokenAnswer("the answer holds no list")
    if len(data) > MOST_OBJECTS:
        raise BrokenAnswer(f"the answer lists more than {MOST_OBJECTS} objects")
    included = _index(envelope)
    return tuple(_item(raw, included) for raw in data)


def item_of(envelope: Envelope) -> Item:
    """Read one object. Raises BrokenAnswer."""
    data = envelope.data
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict) or not data:
        raise BrokenAnswer("the answer holds no object")
    return _item(data, _index(envelope))


def read_all(envelope: Envelope, read: Callable[[Item], T]) -> tuple[tuple[T, ...], int]:
    """Read each object of a list; the broken ones are left out, and their number is told. Raises BrokenAnswer.

    Where all of several are broken, the answer as a whole is.
    """
    items = items_of(envelope)
    good: list[T] = []
    for item in items:
        try:
            good.append(read(item))
        except BrokenAnswer:
            continue
    if len(items) > 1 and not good:
        raise BrokenAnswer("no object of the list can be read")
    return tuple(good), len(items) - len(good)


def flat(raw: Mapping[str, Json]) -> Values:
    """Bring a resource to a flat object: its attributes and its id."""
    attributes = raw.get("attributes")
    if not isinstance(attributes, dict):
        return raw
    return {**attributes, "id": raw.get("id", attributes.get("id"))}


def need_id(values: Values) -> int:
    """Read the id of an object. Raises BrokenAnswer."""
    number = to_id(values.get("id"))
    if number is None:
        raise BrokenAnswer("an object has no id")
    return number


def renamed(values: Values, **names: str) -> dict[str, Json]:
    """Fill fields that are missing or nothing from their other names, the first of them that is something.

    Several other names are told apart by spaces. Where all are nothing, a zero is kept: it can be a number.
    """
    filled = dict(values)
    for name, others in names.items():
        candidates = [values.get(key) for key in (name, *others.split())]
        zero = next((value for value in candidates if value == 0), None)
        filled[name] = next((value for value in candidates if value not in _NOTHING), zero)
    return filled


def _item(raw: Json, included: Mapping[tuple[str, int], Values]) -> Item:
    if not isinstance(raw, dict):
        return Item({}, {}, {})
    related = raw.get("relationships")
    return Item(flat(raw), related if isinstance(related, dict) else {}, included)


def _index(envelope: Envelope) -> dict[tuple[str, int], Values]:
    index: dict[tuple[str, int], Values] = {}
    for raw in envelope.included:
        if isinstance(raw, dict) and (number := to_id(raw.get("id"))) is not None:
            index[str(raw.get("type", "")), number] = flat(raw)
    return index


def _linkage(relation: Json) -> list[Json]:
    return _as_list(relation.get("data") if isinstance(relation, dict) else relation)


def _as_list(value: Json) -> list[Json]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _inner_ref(raw: Json) -> Ref | None:
    if isinstance(raw, dict):
        values = flat(raw)
        return Ref(to_id(values.get("id")) or 0, values)
    number = to_id(raw)
    return None if number is None else Ref(number, None)
