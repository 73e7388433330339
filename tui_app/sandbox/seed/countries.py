"""Countries that a location can stand in: which zone goes with which phones."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Country:
    """A country as the API names it, with a prefix of mobile numbers that are valid there."""

    identifier: int
    name: str
    city: str
    mobile_prefix: str
    free_digits: int


_GERMANY = Country(49, "Germany", "Berlin", "49151", 8)
_BY_ZONE = {
    "Europe/Berlin": _GERMANY,
    "America/New_York": Country(1, "United States", "New York", "12123", 6),
    "Asia/Almaty": Country(7, "Kazakhstan", "Almaty", "7701", 7),
    "Asia/Tbilisi": Country(995, "Georgia", "Tbilisi", "995555", 6),
    "Europe/Kyiv": Country(380, "Ukraine", "Kyiv", "38067", 7),
    "Europe/London": Country(44, "United Kingdom", "London", "447400", 6),
}


def country_of(zone: str) -> Country:
    """The country of a zone; Germany for a zone that the table does not know."""
    return _BY_ZONE.get(zone, _GERMANY)


def phones(rng: Random, country: Country, count: int) -> list[str]:
    """Give that many different valid mobile numbers, digits alone, with the country code."""
    endings = rng.sample(range(10**country.free_digits), count)
    return [f"{country.mobile_prefix}{ending:0{country.free_digits}d}" for ending in endings]
