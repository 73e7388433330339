"""The timetable that repeats every week: which class stands at which hour of which weekday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from random import Random

from tui_app.sandbox.seed.places import (
    CLASSES,
    REFORMER_CLASS,
    SERVICE_KIND,
    TEACHERS,
    TEAM_KIND,
    first_id,
    reformer_instances,
    room_instances,
)

_LENGTHS = (3600, 4500, 3300, 3300, 2700, 3600, 5400, 3600)
_CAPACITIES = (12, 14, 10, 6, 15, 8, 16, 9)
_LAST_HOUR = 21


@dataclass(frozen=True, slots=True)
class Slot:
    """One class of a weekday."""

    place: int
    start: time
    staff_id: int
    service_id: int
    length: int
    technical_break: int
    capacity: int
    instances: tuple[int, ...]
    repeats: bool

    @property
    def span(self) -> tuple[int, int]:
        """Seconds of the day, from and to."""
        begin = self.start.hour * 3600 + self.start.minute * 60
        return begin, begin + self.length


def timetable(seed: int, location_id: int, weekday: int, hours: int) -> tuple[Slot, ...]:
    """Give the classes of a weekday, `hours` of them alone in their hour and one more in the evening."""
    rng = Random(f"{seed}:{location_id}:{weekday}")  # noqa: S311 -- a repeatable studio is the aim
    starts = [time(hour, rng.choice((0, 0, 0, 30))) for hour in sorted(rng.sample(range(8, _LAST_HOUR), hours - 2))]
    starts = [time(7), *starts, time(_LAST_HOUR, 30)]
    evening = next(start for start in reversed(starts[:-1]) if start.hour <= 19)
    starts.append(evening.replace(minute=30 if evening.minute == 0 else 0))
    slots: list[Slot] = []
    for place, start in enumerate(sorted(starts)):
        slots.append(_slot(rng, location_id, place, start, slots))
    return tuple(slots)


def _slot(rng: Random, location_id: int, place: int, start: time, before: Sequence[Slot]) -> Slot:
    begin = start.hour * 3600 + start.minute * 60
    service = rng.choice(CLASSES)
    technical_break = rng.choice((0, 300, 600, 900))
    running = [slot for slot in before if slot.span[1] > begin]
    if service == REFORMER_CLASS and any(slot.service_id == _service(location_id, service) for slot in running):
        service = 0
    taken = {instance for slot in running for instance in slot.instances}
    teachers = [first_id(location_id, TEAM_KIND) + place for place in TEACHERS]
    free_rooms = [room for room in room_instances(location_id) if room not in taken]
    instances = tuple(reformer_instances(location_id)) if service == REFORMER_CLASS else (free_rooms[0],)
    return Slot(
        place=place,
        start=start,
        staff_id=rng.choice([staff for staff in teachers if staff not in {slot.staff_id for slot in running}]),
        service_id=_service(location_id, service),
        length=_LENGTHS[service] + technical_break,
        technical_break=technical_break,
        capacity=_CAPACITIES[service],
        instances=instances,
        repeats=rng.random() < 0.75,
    )


def _service(location_id: int, place: int) -> int:
    return first_id(location_id, SERVICE_KIND) + place
