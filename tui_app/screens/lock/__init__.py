"""The privacy lock: hides everything behind a PIN, and tells when an idle desk locks itself (design 5)."""

from tui_app.screens.lock.guard import LockGuard
from tui_app.screens.lock.idle import IdleWatch, idle_limit

__all__ = ["IdleWatch", "LockGuard", "idle_limit"]
