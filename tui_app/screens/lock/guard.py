"""Keeps the lock on top: what opens or leaves while it is up does so below it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.app import App, ReturnType
from textual.await_complete import AwaitComplete
from typing_extensions import override


class Lock:
    """A screen that is to stay on top until it is answered."""

    @property
    def is_answered(self) -> bool:
        """Whether it is being left."""
        raise NotImplementedError


class LockGuard(App[ReturnType]):
    """An App whose lock is left by the PIN alone.

    A form whose write ends below the lock leaves by popping the top screen, which would be the lock; a question that
    comes up meanwhile would stand above it, with names in it. Both are done below, and show once the lock is open.
    """

    @property
    def is_locked(self) -> bool:
        """Whether the lock is up: then a second one must not be opened."""
        return bool(self._screen_stack) and self._is_shut(self._screen_stack[-1])

    @override
    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        with self._below_lock():
            return super().push_screen(*args, **kwargs)

    @override
    def pop_screen(self) -> AwaitComplete:
        with self._below_lock():
            return super().pop_screen()

    @contextmanager
    def _below_lock(self) -> Iterator[None]:
        """Take the lock off the stack for a moment in which nothing can be painted."""
        stack = self._screen_stack
        lock = stack.pop() if self.is_locked else None
        try:
            yield
        finally:
            if lock is not None:
                stack.append(lock)

    @staticmethod
    def _is_shut(screen: object) -> bool:
        return isinstance(screen, Lock) and not screen.is_answered
