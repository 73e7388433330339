"""Finding a client or a visitor by what a caller says: fragments of the name, the end of the phone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_app.altegio.resources import ClientHit

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


@dataclass(frozen=True, slots=True)
class Found:
    """The best matches first; `complete` tells whether these are all, so that a single one is the only one."""

    hits: tuple[ClientHit, ...]
    complete: bool


class ClientFinder:
    """Finds clients of one location and remembers those it has seen in this run."""

    def __init__(self, api: "AltegioApi", location_id: int) -> None:
        self._api = api
        self._location_id = location_id

    async def find(self, text: str) -> tuple[ClientHit, ...]:
        """Find clients and visitors, the best match first; raises `AltegioError`."""
        raise NotImplementedError

    async def search(self, text: str) -> Found:
        """Find as `find` does, and tell whether the matches are all there are."""
        raise NotImplementedError

    def seen(self, text: str) -> tuple[ClientHit, ...]:
        """Find among the clients seen in this run, without a request: a first answer while the real one comes."""
        raise NotImplementedError


def describe_hit(hit: ClientHit) -> str:
    """Say a hit in one line: name, masked phone, and whether it is a visitor."""
    raise NotImplementedError
