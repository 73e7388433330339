"""A sandbox of today, and what a desk sets that works at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scout.sending import now
from tests.support.sandbox import opened, serving
from tests.terminal.pty import clean_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui_app.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened(clock=now) as sandbox:
        yield sandbox


@pytest.fixture
def environment(sandbox: Sandbox, tmp_path: Path) -> Iterator[dict[str, str]]:
    """What a desk sets that works at the sandbox."""
    with serving(sandbox) as base_url:
        yield clean_environment(
            tmp_path,
            ALTEGIO_BASE_URL=base_url,
            ALTEGIO_LOCATION_ID=str(sandbox.location_id),
            ALTEGIO_PARTNER_TOKEN=sandbox.partner_token,
            ALTEGIO_USER_TOKEN=sandbox.user_token,
        )
