"""Which country a location lies in, by its own word or by its zone, from the table of the time-zone database."""

import zoneinfo
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tui_app.altegio.resources import Location

_ZONE_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "America/Buenos_Aires": "AR",
        "Asia/Calcutta": "IN",
        "Asia/Istanbul": "TR",
        "Asia/Katmandu": "NP",
        "Asia/Saigon": "VN",
        "Asia/Tel_Aviv": "IL",
        "Europe/Kiev": "UA",
        "Europe/Nicosia": "CY",
        "Israel": "IL",
        "Turkey": "TR",
    }
)
"""Old names of zones, which the table of the database leaves out."""


def region_of(location: Location) -> str:
    """The country in two letters whose phones may be typed without a code: told, else the zone's; or empty."""
    told = location.region.strip().upper()
    if len(told) == 2 and told.isascii() and told.isalpha():
        return told
    return region_of_zone(location.zone)


def region_of_zone(zone: str) -> str:
    """The two letters of the country of a time zone; empty: unknown."""
    if zone in _ZONE_ALIASES:
        return _ZONE_ALIASES[zone]
    return next((code for code, _, name, *_ in _rows("zone.tab") if name == zone), "")


def _rows(table: str) -> Iterator[list[str]]:
    """The rows of a table of the time-zone database; none where the system has no such table."""
    for line in _read(table).splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) >= 2:
            yield cells


def _read(table: str) -> str:
    for folder in zoneinfo.TZPATH:
        try:
            return Path(folder, table).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    from importlib import resources as package_files

    try:
        return package_files.files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    except (ModuleNotFoundError, OSError):
        return ""
