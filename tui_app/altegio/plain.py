"""The plain calls of version 1 that clients in the field make besides (contract 4, the last part)."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Final, TypeVar

from tui_app.altegio.calls import Call, Method, Params
from tui_app.altegio.envelope import Envelope
from tui_app.altegio.paging import Identified, read_pages, readable
from tui_app.altegio.plain_resources import (
    Appointment,
    AppointmentPage,
    PricedService,
    ServiceCategory,
    TimetableSettings,
)
from tui_app.altegio.requests import AppointmentInput
from tui_app.altegio.resources import TeamMember
from tui_app.altegio.service import Service
from tui_app.altegio.wire.bookings import read_appointment
from tui_app.altegio.wire.items import Item
from tui_app.altegio.wire.lenient import to_count
from tui_app.altegio.wire.plain_bodies import appointment_body, timetable_body
from tui_app.altegio.wire.reference import read_category, read_priced_service, read_team_member, read_timetable

PAGE: Final = 100

T = TypeVar("T", bound=Identified)


class PlainApi:
    """The older ways to read and book, for what version 2 does not show: prices, lengths, appointments alone."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def team_members(self, location_id: int) -> tuple[TeamMember, ...]:
        """List all team members, those who left among them, with their positions."""
        return await self._all("list all team members", f"staff/{location_id}", read_team_member)

    async def services(self, location_id: int) -> tuple[PricedService, ...]:
        """List all services with prices and lengths."""
        return await self._all("list the prices", f"services/{location_id}", read_priced_service)

    async def service_categories(self, location_id: int) -> tuple[ServiceCategory, ...]:
        """List the groups of services."""
        call = Call(operation="list the groups of services", version="v1", path=f"service_categories/{location_id}/0")
        return await self._service.all(call, read_category)

    async def appointments(
        self,
        location_id: int,
        *,
        first_day: date | None = None,
        last_day: date | None = None,
        page: int = 1,
        page_size: int = 50,
    ) -> AppointmentPage:
        """List a page of bookings, in events and alone, from one day to another, both included."""
        operation = "list the appointments"
        days = (("start_date", first_day), ("end_date", last_day))
        params = (
            *((name, day.isoformat()) for name, day in days if day is not None),
            ("page", str(page)),
            ("count", str(page_size)),
        )
        envelope = await self._service.transport.send(self._get(operation, f"records/{location_id}", params))
        found, dropped = readable(operation, envelope, read_appointment)
        self._service.notes.note(operation, dropped=dropped)
        return AppointmentPage(appointments=tuple(found), total=to_count((envelope.meta or {}).get("total_count")))

    async def add_appointment(self, location_id: int, appointment: AppointmentInput) -> Appointment:
        """Book by the older call, into an event or alone. Raises Invalid before sending, Busy."""
        return await self._save("add the appointment", "POST", f"records/{location_id}", appointment)

    async def update_appointment(
        self, location_id: int, appointment_id: int, appointment: AppointmentInput
    ) -> Appointment:
        """Change a booking by the older call. Raises Invalid before sending, Missing."""
        return await self._save("save the appointment", "PUT", f"record/{location_id}/{appointment_id}", appointment)

    async def delete_appointment(self, location_id: int, appointment_id: int) -> None:
        """Cancel a booking by the older call."""
        path = f"record/{location_id}/{appointment_id}"
        await self._service.transport.send(
            Call(operation="cancel the appointment", method="DELETE", version="v1", path=path, write=True)
        )

    async def timetable(self, location_id: int) -> TimetableSettings:
        """Read the settings of the timetable."""
        call = self._get("read the timetable's settings", f"company/{location_id}/settings/timetable")
        return await self._service.one(call, read_timetable)

    async def change_timetable(self, location_id: int, settings: TimetableSettings) -> TimetableSettings:
        """Change the settings of the timetable that are not None. Raises Invalid before sending."""
        operation = "save the timetable's settings"
        call = Call(
            operation=operation,
            method="PATCH",
            version="v1",
            path=f"company/{location_id}/settings/timetable",
            body=timetable_body(operation, settings),
            write=True,
        )
        return await self._service.one(call, read_timetable)

    async def _all(self, operation: str, path: str, read: Callable[[Item], T]) -> tuple[T, ...]:
        def fetch(page: int) -> Awaitable[Envelope]:
            paging = (("page", str(page)), ("count", str(PAGE)))
            return self._service.transport.send(self._get(operation, path, paging))

        return await read_pages(operation, fetch, read, page_size=PAGE, notes=self._service.notes)

    async def _save(self, operation: str, method: Method, path: str, appointment: AppointmentInput) -> Appointment:
        body = appointment_body(operation, appointment)
        call = Call(operation=operation, method=method, version="v1", path=path, body=body, write=True)
        return await self._service.one(call, read_appointment)

    def _get(self, operation: str, path: str, params: Params = ()) -> Call:
        return Call(operation=operation, version="v1", path=path, params=params)
