"""A seeded studio at noon whose classes of today a test knows: what a desk shows, and what came of it on the server."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import httpx

from tests.support.sandbox import headers_for, opened, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_app.sandbox import Sandbox

NOON: Final = 12
EVENING: Final = 18
"""The hours at which the two classes begin that twelve are booked into: the one runs, the other is still to come."""

LATER: Final = 19
"""The hour of an empty class, today and two days on."""

NAMES: Final = ("Ada", "Ben", "Cleo", "Dov", "Edda", "Finn", "Gesa", "Hugo", "Iris", "Juri", "Kaja", "Lars")
"""Who is booked at noon and in the evening, in the order of the roster."""

CALLERS: Final = {
    "Anna Kim": "4915170005678",
    "Boris Petrov": "4915170001234",
    "Zoya Kimova": "4915170007777",
    "Nadia Voss": "4915170019999",
    "Nadia Wolf": "4915170029999",
}
"""Cards of people who are booked nowhere today; the last two end alike."""

ONE_CALL: Final = httpx.Limits(max_keepalive_connections=0)
"""A connection a call: a kept one waits for a delayed acknowledgement each time."""

_ATTENDANCE: Final = {0: "waiting", 1: "arrived", 2: "confirmed", -1: "no-show"}


@dataclass(frozen=True, slots=True)
class Studio:
    """The sandbox behind its address, and its API as another client sees it."""

    sandbox: Sandbox
    base_url: str
    http: httpx.Client
    today: date
    classes: dict[str, int]

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a program that works here."""
        return {
            "ALTEGIO_BASE_URL": self.base_url,
            "ALTEGIO_LOCATION_ID": str(self.sandbox.location_id),
            "ALTEGIO_PARTNER_TOKEN": self.sandbox.partner_token,
            "ALTEGIO_USER_TOKEN": self.sandbox.user_token,
        }

    @property
    def other_day(self) -> date:
        """The day after tomorrow, which has a class at seven in the evening."""
        return self.today + timedelta(days=2)

    @property
    def weekday(self) -> str:
        """The first two letters of that day, as one types them."""
        return f"{self.other_day:%a}"[:2].lower()

    def roster(self, name: str) -> dict[str, str]:
        """Who is booked into a class, with the attendance of each."""
        return {who: _ATTENDANCE[each["attendance"]] for who, each in self._bookings(name)}

    def places(self, name: str) -> int:
        """How many places of a class are taken by its bookings."""
        return sum(each["clients_count"] for _, each in self._bookings(name))

    def event(self, name: str) -> dict[str, Any]:
        """A class as the server has it now."""
        answer = self.http.get(f"{self._activities}/{self.classes[name]}")
        found: dict[str, Any] = _taken(answer)["data"]["attributes"]
        return found

    def is_listed(self, name: str) -> bool:
        """Whether a class is still among those of its day."""
        return self.classes[name] in {int(each["id"]) for each in self._day(self._day_of(name))}

    def posts(self, path: str) -> int:
        """How many POSTs to a path that holds this the server has had."""
        return sum(each.method == "POST" and path in each.path for each in self.sandbox.requests)

    @property
    def _activities(self) -> str:
        return f"/v2/companies/{self.sandbox.location_id}/activities"

    def _day_of(self, name: str) -> date:
        return self.other_day if name == "other day" else self.today

    def _bookings(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        query: dict[str, str | int] = {"filter[activity_id]": self.classes[name], "limit": 250, "include": "client"}
        answer = _taken(self.http.get(f"/v2/locations/{self.sandbox.location_id}/appointments", params=query))
        cards = {each["id"]: each["attributes"] for each in answer.get("included", []) if each["type"] == "client"}
        return [
            (_name_of(each["attributes"], cards.get(str(each["attributes"]["client_id"]))), each["attributes"])
            for each in answer["data"]
        ]

    def _day(self, day: date) -> list[dict[str, Any]]:
        query = {"filter[from]": f"{day} 00:00:00", "filter[to]": f"{day} 23:59:59"}
        found: list[dict[str, Any]] = _taken(self.http.get(self._activities, params=query))["data"]
        return found

    def clear(self, day: date) -> None:
        """Take the seed's classes of a day away."""
        for each in self._day(day):
            self.http.delete(f"{self._activities}/{each['id']}").raise_for_status()

    def make_class(self, name: str, day: date, hour: int, *, minutes: int = 60) -> None:
        """Make a class for twenty."""
        first = self.sandbox.location_id * 1000
        body = {
            "staff_id": first + 1,
            "service_id": first + 201,
            "resource_instance_ids": [],
            "label_ids": [],
            "date": f"{day} {hour}:00:00",
            "length": minutes * 60,
            "capacity": 20,
            "force": True,
        }
        self.classes[name] = int(_taken(self.http.post(self._activities, json=body))["data"]["id"])

    def book(self, name: str, who: str, phone: str) -> None:
        """Book somebody new into a class."""
        first_name, _, surname = who.partition(" ")
        client = {"id": None, "name": first_name, "surname": surname or None, "phone": f"+{phone}"}
        _taken(
            self.http.post(
                f"{self._activities}/{self.classes[name]}/records", json={"client": client, "clients_count": 1}
            )
        )


@contextmanager
def studio(*, latency_ms: int = 0) -> Iterator[Studio]:
    """Serve a studio where it is past noon whenever this runs; each call takes `latency_ms` once it is made."""
    now = datetime.now(UTC)
    zone = f"Etc/GMT{now.hour - NOON:+d}"  # their names have the sign the other way round
    with (
        opened(clock=lambda: datetime.now(UTC), clients=60, days_back=1, days_ahead=4, location_zone=zone) as sandbox,
        serving(sandbox) as base_url,
        httpx.Client(base_url=base_url, headers=headers_for(sandbox), limits=ONE_CALL) as http,
    ):
        made = Studio(sandbox, base_url, http, now.astimezone(ZoneInfo(zone)).date(), {})
        _furnish(made)
        _require_no_custom_field(made)
        sandbox.requests.clear()
        if latency_ms:
            sandbox.faults.delay(latency_ms / 1000, times=None)
        yield made


def _furnish(made: Studio) -> None:
    for day in (made.today, made.other_day):
        made.clear(day)
    made.make_class("noon", made.today, NOON, minutes=90)  # longer than its hour, so that it does not end meanwhile
    made.make_class("evening", made.today, EVENING)
    made.make_class("later", made.today, LATER)
    made.make_class("other day", made.other_day, LATER)
    made.make_class("cards", made.today - timedelta(days=1), LATER)
    for number, who in enumerate(NAMES):
        made.book("noon", who, f"49151600000{number:02d}")
        made.book("evening", who, f"49151600000{number:02d}")
    for who, phone in CALLERS.items():
        made.book("cards", who, phone)


def _require_no_custom_field(made: Studio) -> None:
    """Answer as a location does whose cards need no more than a name: the seed's asks for one field."""
    path = f"/v2/locations/{made.sandbox.location_id}/custom_fields"
    listed = _taken(made.http.get(path))
    for each in listed["data"]:
        each["attributes"]["is_required"] = False
    made.sandbox.faults.answer(200, listed, method="GET", path=path, times=None)


def _name_of(booking: dict[str, Any], card: dict[str, Any] | None) -> str:
    shown = card or {"name": booking["client_fictive_name"]}
    return " ".join(str(part) for part in (shown.get("name"), shown.get("surname")) if part)


def _taken(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found
