"""One request as a value: what is asked, of which version, with what; the transport makes bytes of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from tui_app.altegio.servers import Version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_app.secret import SecretStr

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Sendable: TypeAlias = "Mapping[str, Sendable] | Sequence[Sendable] | SecretStr | str | int | float | bool | None"
Params: TypeAlias = tuple[tuple[str, str], ...]
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request. `operation` says in words what is asked ("save the event").

    `write` marks what changes something at the server: it is sent once, over the connections for writes. `repeat` tells
    whether a read may be sent again by itself. `later` lets every other request go before it: nobody waits for its
    answer yet.
    """

    operation: str
    method: Method = "GET"
    version: Version = "v2"
    path: str
    params: Params = ()
    body: Sendable = field(default=None, repr=False)
    write: bool = False
    repeat: bool = True
    later: bool = False
    partner_only: bool = False


def includes(*names: str) -> Params:
    """Ask for related objects, in the form that the vendor's own client sends (contract 1)."""
    return tuple(("include[]", name) for name in names)
