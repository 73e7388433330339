"""One request as a handler sees it: who asks, where, when, and what for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import BaseModel

from tui_app.sandbox.database import Database
from tui_app.sandbox.parameters import Query
from tui_app.sandbox.refusals import missing, unlicensed

BodyT = TypeVar("BodyT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class User:
    """Who is calling."""

    id: int
    role: str
    name: str
    writes: bool
    sees_phones: bool
    autocompletes: bool
    edit_days: int


@dataclass(frozen=True, slots=True)
class Location:
    """Where the call is about."""

    id: int
    zone: str
    technical_break: int


def find_location(database: Database, location_id: int) -> Location:
    """Read a location. Raises the 404 refusal, and 402 when its licence has run out."""
    found = database.row("SELECT * FROM locations WHERE id = ?", (location_id,))
    if found is None:
        raise missing("Location")
    if not found["licensed"]:
        raise unlicensed()
    return Location(found["id"], found["zone"], found["technical_break"])


@dataclass(frozen=True, slots=True)
class Options:
    """What the sandbox was told at its start that handlers must know."""

    bare_list: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Call:
    """Everything about one request; `now` is Unix seconds."""

    database: Database
    options: Options
    now: int
    ids: Mapping[str, int]
    query: Query
    body: BaseModel | None
    caller: User | None
    place: Location | None

    def read(self, model: type[BodyT]) -> BodyT:
        """Give the body as the model that the route declares."""
        if not isinstance(self.body, model):
            raise TypeError(f"the route does not declare {model.__name__}")
        return self.body

    def at(self, location_id: int) -> "Call":
        """Give the same call at a location that its path does not name, once the user is known to manage it.

        Raises the refusals of a location that does not exist or whose licence has run out.
        """
        return replace(self, place=find_location(self.database, location_id))

    @property
    def user(self) -> User:
        """The user, on routes that need one."""
        if self.caller is None:
            raise TypeError("the route does not ask for a user")
        return self.caller

    @property
    def location(self) -> Location:
        """The location, on routes that name one."""
        if self.place is None:
            raise TypeError("the route does not name a location")
        return self.place
