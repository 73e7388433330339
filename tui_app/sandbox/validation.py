"""Request bodies: strict models, and their errors by field name (contract 2.3, 2.4)."""

import json
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tui_app.sandbox.moments import WALL, WALL_T
from tui_app.sandbox.parameters import BIGGEST, EARLIEST_YEAR, LATEST_YEAR
from tui_app.sandbox.refusals import RefusalError, invalid_fields, malformed

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[0-9]{2}:[0-9]{2}:[0-9]{2}"


class Body(BaseModel):
    """A body whose types are exact and whose keys are all known."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LooseBody(BaseModel):
    """A body of the older calls, which ignore keys that they do not know."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


def _real(form: str) -> AfterValidator:
    def check(text: str) -> str:
        value = datetime.strptime(text, form)  # noqa: DTZ007 -- a wall clock has no zone
        if not EARLIEST_YEAR <= value.year <= LATEST_YEAR and form != "%Y-%m-%d":
            raise ValueError("the year is out of range")
        return text

    return AfterValidator(check)


Id = Annotated[int, Field(ge=1, le=BIGGEST)]
Ids = Annotated[list[Id], Field(max_length=500)]
Places = Annotated[int, Field(ge=1, le=100_000)]
Wall = Annotated[str, Field(pattern=f"^{_DAY} {_CLOCK}$"), _real(WALL)]
WallT = Annotated[str, Field(pattern=f"^{_DAY}T{_CLOCK}$"), _real(WALL_T)]
Day = Annotated[str, Field(pattern=f"^{_DAY}$"), _real("%Y-%m-%d")]
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=255)]
Text = Annotated[str, Field(min_length=1, max_length=255)]
Comment = Annotated[str, Field(max_length=255)]
Money = Annotated[float, Field(ge=0, le=1e12, strict=False, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100, strict=False, allow_inf_nan=False)]


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def parse_json(raw: bytes) -> object:
    """Read JSON as the standard has it. Raises the 400 refusal for everything else."""
    try:
        text = raw.decode("utf-8")
        content: object = json.loads(text, parse_constant=_no_constant)
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise malformed("The body is not valid JSON") from error
    return content


def read_body(model: type[BaseModel], raw: bytes) -> BaseModel:
    """Read a body. Raises the 400 refusal for what is no JSON and the 422 one, by field, for the rest."""
    content = parse_json(raw)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise field_errors(error) from error


def field_errors(error: ValidationError) -> RefusalError:
    """Name each field with what is wrong about it, nested ones by dots."""
    errors: dict[str, list[str]] = {}
    for found in error.errors(include_url=False, include_context=False, include_input=False):
        name = ".".join(str(part) for part in found["loc"]) or "body"
        errors.setdefault(name, []).append(_words(found["type"], found["msg"]))
    return invalid_fields(errors)


def _words(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "This field is not allowed"
    if kind == "missing":
        return "This field is required"
    return message
