"""The two path families of one API, and which of them a server speaks (contract 2)."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final, Literal

from msgspec import Struct

from tui_app.altegio.calls import Call, Method, Params, includes
from tui_app.altegio.errors import Missing, Refused, Unsupported
from tui_app.altegio.requests import EventQuery
from tui_app.altegio.text import clean
from tui_app.altegio.walltime import format_wall_space
from tui_app.altegio.way import Way

Dialect = Literal["activities", "events", "auto"]
Spoken = Literal["activities", "events"]

LISTED: Final = ("staff", "service", "resource_instances", "labels", "duration_details")
"""What a read of events takes along, so that an edit can send everything back (contract 2.3)."""


class Speech(Struct, frozen=True):
    """How one dialect says it: paths, methods, parameters. Pure."""

    spoken: Spoken
    page_size: int

    @property
    def activities(self) -> bool:
        """Whether this is the dialect `activities`."""
        return self.spoken == "activities"

    def events(self, location_id: int) -> str:
        """The path of a location's events."""
        return f"companies/{location_id}/activities" if self.activities else f"locations/{location_id}/events"

    def event(self, location_id: int, event_id: int) -> str:
        """The path of one event."""
        return f"{self.events(location_id)}/{event_id}"

    def bookings(self, location_id: int, event_id: int) -> str:
        """The path under which an event is booked."""
        return f"{self.event(location_id, event_id)}/{'records' if self.activities else 'appointments'}"

    def booking(self, location_id: int, event_id: int, booking_id: int) -> str:
        """The path of one booking of an event."""
        return f"{self.bookings(location_id, event_id)}/{booking_id}"

    @property
    def update_method(self) -> Method:
        """How a booking is changed (contract 2)."""
        return "PATCH" if self.activities else "PUT"

    def list_params(self, query: EventQuery, page: int) -> Params:
        """The parameters of one page of a listing; pages count from 1 (contract 2.1)."""
        params = [
            ("filter[from]", format_wall_space(query.starts_from)),
            ("filter[to]", format_wall_space(query.starts_to)),
            *(("filter[master_ids][]", str(number)) for number in query.team_member_ids),
            *(("filter[service_ids][]", str(number)) for number in query.service_ids),
        ]
        if query.capacity is not None:
            params.append(("filter[capacity]", str(query.capacity)))
        if self.activities:
            text = [("search", clean(query.text))] if query.text else []
            paging = [("limit", str(self.page_size)), ("offset", str((page - 1) * self.page_size))]
            return (*params, *text, *paging, *deleted_too_in_activities(asked=query.with_deleted))
        params += [("filter[resource_ids][]", str(number)) for number in query.resource_ids]
        paging = [("page", str(page)), ("limit", str(self.page_size))]
        return (*params, ("filter[include_deleted]", "1"), *paging, *includes(*LISTED))


ACTIVITIES: Final = Speech("activities", page_size=100)
EVENTS: Final = Speech("events", page_size=250)


def deleted_too_in_activities(*, asked: bool) -> Params:
    """Ask `activities` for deleted events too: not known to work there, so only on wish (contract 5)."""
    return (("filter[include_deleted]", "1"),) if asked else ()


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DialectChoice:
    """Knows the dialect of a server: the one that was named, or, for `auto`, the one that answered a probe."""

    def __init__(self, transport: Way, dialect: Dialect, *, clock: Callable[[], datetime] = _utc_now) -> None:
        self._transport = transport
        self._clock = clock
        self._speech = None if dialect == "auto" else ACTIVITIES if dialect == "activities" else EVENTS
        self._probing = asyncio.Lock()

    @property
    def spoken(self) -> Spoken | None:
        """The dialect in use; None before the first probe of `auto`."""
        return None if self._speech is None else self._speech.spoken

    async def speech(self, location_id: int) -> Speech:
        """Answer how to speak; the first call of `auto` asks the server. Raises what the probe of both raises."""
        async with self._probing:
            if self._speech is None:
                self._speech = await self._probe(location_id)
            return self._speech

    async def _probe(self, location_id: int) -> Speech:
        if await self._answers(ACTIVITIES, location_id):
            return ACTIVITIES
        if await self._answers(EVENTS, location_id):
            return EVENTS
        raise Missing("find out the dialect", message="the server knows neither dialect, or not this location")

    async def _answers(self, speech: Speech, location_id: int) -> bool:
        day = self._clock().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        query = EventQuery(starts_from=day, starts_to=day + timedelta(days=1))
        call = Call(
            operation="find out the dialect",
            path=speech.events(location_id),
            params=Speech(speech.spoken, page_size=1).list_params(query, 1),
        )
        try:
            await self._transport.send(call)
        except Missing:
            return False
        except Refused as error:
            if error.status != HTTPStatus.METHOD_NOT_ALLOWED:
                raise
            return False
        return True


def only_in_events(operation: str, speech: Speech) -> None:
    """Refuse what `activities` does not have, before anything is sent. Raises Unsupported (contract 2.6)."""
    if speech.activities:
        raise Unsupported(operation, message="this needs the dialect `events`")
