"""The shapes of answers: JSON:API resources of v2, envelopes of v1, and refusals in either."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui_app.sandbox.refusals import RefusalError

JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler gives back; `empty` sends no body at all, not even `null`."""

    content: object = None
    status: int = 200
    empty: bool = False


NO_CONTENT = Answer(status=204, empty=True)


def encode(content: object) -> bytes:
    """Write JSON as UTF-8, letters as they are."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def resource(
    kind: str, identifier: object, attributes: JsonObject, relationships: JsonObject | None = None
) -> JsonObject:
    """One JSON:API resource; its id goes out as a string (contract 1)."""
    item: JsonObject = {"type": kind, "id": str(identifier), "attributes": attributes}
    if relationships is not None:
        item["relationships"] = relationships
    return item


def link(kind: str, identifier: object) -> JsonObject:
    """The `{type, id}` that stands for a resource inside a relationship."""
    return {"type": kind, "id": str(identifier)}


def single(item: JsonObject, included: Sequence[JsonObject] | None = None, *, status: int = 200) -> Answer:
    """Answer one v2 resource; `included` is left out where nothing was asked for."""
    content: JsonObject = {"data": item}
    if included is not None:
        content["included"] = list(included)
    content["meta"] = []
    return Answer(content, status)


def listing(items: Sequence[JsonObject], included: Sequence[JsonObject] | None = None, meta: object = ()) -> Answer:
    """Answer a list of v2 resources."""
    content: JsonObject = {"data": list(items)}
    if included is not None:
        content["included"] = list(included)
    content["meta"] = meta or []
    return Answer(content)


def enveloped(data: object, meta: object = (), *, status: int = 200) -> Answer:
    """Answer in the envelope of v1 (and of the earlier v2 list)."""
    return Answer({"success": True, "data": data, "meta": meta or []}, status)


def refusal(error: RefusalError, *, v1: bool) -> Answer:
    """Word a refusal: fields with their errors in v2, a list of lines in v1 (contract 1)."""
    meta: JsonObject = {"message": error.message}
    if error.conflict:
        meta["conflict"] = True
    if error.errors is not None:
        meta["errors"] = _lines(error.errors) if v1 else {key: list(texts) for key, texts in error.errors.items()}
    return Answer({"success": False, "data": None, "meta": meta}, error.status)


def _lines(errors: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{field}: {text}" for field, texts in errors.items() for text in texts]
