"""What a route is: the single table that the server, its checks and its OpenAPI document are made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from pydantic import BaseModel

from tui_app.sandbox.answers import Answer
from tui_app.sandbox.calls import Call
from tui_app.sandbox.parameters import Parameter

Schema = Mapping[str, object]
Handler = Callable[[Call], Answer]


class Access(Enum):
    """Which tokens a route asks for (contract 1)."""

    PARTNER = "partner"
    USER = "user"
    AUTOCOMPLETE = "autocomplete"


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path; `answers` holds a schema, or None for no body, for each success."""

    method: str
    path: str
    name: str
    summary: str
    handle: Handler
    answers: Mapping[int, Schema | None]
    query: tuple[Parameter, ...] = ()
    body: type[BaseModel] | None = None
    refuses: frozenset[int] = field(default_factory=frozenset)
    access: Access = Access.USER
    writes: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def v1(self) -> bool:
        """Whether the older API answers here."""
        return self.path.startswith("/api/v1/")


def spelled_out(routes: Iterable[Route]) -> list[Route]:
    """Give each spelling of a path a route of its own (contract 4)."""
    return [
        replace(route, path=path, name=route.name if path == route.path else f"{route.name}_{number}", aliases=())
        for route in routes
        for number, path in enumerate((route.path, *route.aliases), 1)
    ]
