"""A desk for tests: an authorized client with the few calls that most tests begin with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from tui_app.sandbox import Sandbox

Json = dict[str, Any]

# A quiet hour of the seed: nobody teaches at three in the morning.
NIGHT = "2026-03-28 03:00:00"
DAY = date(2026, 3, 28)


def event_body(sandbox: Sandbox, **changes: object) -> Json:
    """A valid new event, with changes."""
    first = sandbox.location_id * 1000
    body: Json = {
        "staff_id": first + 1,
        "service_id": first + 201,
        "resource_instance_ids": [first + 401],
        "label_ids": [],
        "date": NIGHT,
        "length": 3600,
        "capacity": 3,
    }
    return body | changes


def activity_client(**changes: object) -> Json:
    """A new client as the earlier dialect wants one."""
    return {"id": None, "name": "Ada", "phone": "+4915112345678"} | changes


def event_client(**changes: object) -> Json:
    """A new client as the current dialect wants one: every key."""
    nothing = dict.fromkeys(
        ("id", "email", "surname", "patronymic", "gender", "birthday", "custom_field_values", "agreements")
    )
    return nothing | {"name": "Ada", "phone": "4915112345678"} | changes


@dataclass(frozen=True, slots=True)
class Desk:
    """One user at one location."""

    sandbox: Sandbox
    http: httpx.AsyncClient

    @property
    def activities(self) -> str:
        return f"/v2/companies/{self.sandbox.location_id}/activities"

    @property
    def events(self) -> str:
        return f"/v2/locations/{self.sandbox.location_id}/events"

    @property
    def appointments(self) -> str:
        return f"/v2/locations/{self.sandbox.location_id}/appointments"

    async def on(self, day: date = DAY, **query: object) -> list[Json]:
        """The day's events, flat."""
        period = {"filter[from]": f"{day} 00:00:00", "filter[to]": f"{day} 23:59:59"}
        answer = await self.http.get(self.activities, params={**period, **{k: str(v) for k, v in query.items()}})
        assert answer.status_code == 200, answer.text
        found: list[Json] = answer.json()["data"]
        return found

    async def create(self, **changes: object) -> int:
        """A new event's id."""
        answer = await self.http.post(self.events, json=event_body(self.sandbox, **changes))
        assert answer.status_code == 201, answer.text
        return int(answer.json()["data"]["id"])

    async def book(self, event_id: int, *, places: int = 1, **client: object) -> int:
        """A new booking's id."""
        body = {"client": activity_client(**client), "clients_count": places}
        answer = await self.http.post(f"{self.activities}/{event_id}/records", json=body)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["data"]["id"])

    async def roster(self, event_id: int, *include: str) -> Json:
        """The answer that lists an event's bookings."""
        answer = await self.http.get(
            self.appointments, params={"filter[activity_id]": event_id, "include": list(include), "limit": 250}
        )
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def mark(self, booking_id: int, attendance: int) -> httpx.Response:
        """Say who came."""
        path = f"/v1/company/{self.sandbox.location_id}/records/{booking_id}/attendance"
        return await self.http.post(path, json={"attendance": attendance})


def errors(answer: httpx.Response) -> Json:
    """The fields that a 422 names."""
    assert answer.status_code == 422, answer.text
    found: Json = answer.json()["meta"]["errors"]
    return found
