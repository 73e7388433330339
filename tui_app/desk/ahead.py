"""Readings that are begun before they are asked for."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Final, Generic, TypeVar

SOON: Final = timedelta(seconds=3)
"""How old a reading may be that nobody has waited for: for longer it would tell of a day as it was."""

T = TypeVar("T")


class Ahead(Generic[T]):
    """A reading of a day, begun at an instant. Where nobody takes it, its failure is nobody's."""

    def __init__(self, day: date, begun: datetime, task: asyncio.Task[T]) -> None:
        self._day = day
        self._begun = begun
        self.task = task
        task.add_done_callback(_look_at)

    def serves(self, day: date, now: datetime) -> bool:
        """Whether it is what is asked for now; else it is dropped."""
        good = day == self._day and abs(now - self._begun) < SOON
        if not good:
            self.drop()
        return good

    def drop(self) -> None:
        """Stop the reading."""
        self.task.cancel()


def _look_at(task: asyncio.Task[T]) -> None:
    if not task.cancelled():
        task.exception()  # else the loop reports an error that nobody was to see
