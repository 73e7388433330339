"""Sends a scout out as the program does."""

from __future__ import annotations

from datetime import UTC, datetime

from tui_app.scout.scout import Scout, send_scout


def now() -> datetime:
    return datetime.now(UTC)


def sent(environment: dict[str, str], *arguments: str) -> Scout:
    scout = send_scout(arguments, environment)
    assert scout is not None
    return scout
