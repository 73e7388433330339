"""The first day of a start, asked for side by side with its location: one way there and back less."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from tui_app.desk.reference import DAY_NAMES, ReferenceDesk
from tui_app.desk.schedule import ScheduleDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


class FirstReadings:
    """The schedule and the reference data of a location, which read before it is known what its clock says.

    What day it is there is guessed by this machine's zone; where that was wrong, the day is read again.
    """

    def __init__(self, api: "AltegioApi", location_id: int, clock: Callable[[], datetime]) -> None:
        self.reference = ReferenceDesk(api, location_id)
        self.ticks = count(1)
        self.schedule = ScheduleDesk(api, location_id, lambda: clock().astimezone(UTC), lambda: next(self.ticks))
        self.schedule.read_ahead(clock().astimezone().date())
        self._names = asyncio.create_task(self.reference.load_names(DAY_NAMES))
        self._names.add_done_callback(lambda task: task.cancelled() or task.exception())

    async def ended(self) -> None:
        """Wait until all that was asked has ended, well or not."""
        await self.schedule.ahead_ended()
        await asyncio.wait([self._names])

    def drop(self) -> None:
        """Stop reading: the location cannot be used."""
        self._names.cancel()
        self.schedule.drop_ahead()
