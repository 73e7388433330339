"""What the screens call of Textual's own. A digest that differs says: read what changed, then write the new one."""

from __future__ import annotations

import hashlib
import inspect
from typing import TYPE_CHECKING, Any

import pytest
from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

PINNED: dict[Callable[..., Any], str] = {
    Screen._on_timer_update: "421401660de1",  # `FeatureScreen.paint_now`
    Screen._refresh_layout: "889715478130",  # the palette, before its first paint
}


@pytest.mark.parametrize("hook", PINNED, ids=lambda hook: hook.__qualname__)
def test_what_the_screens_call_is_as_it_was(hook: Callable[..., Any]) -> None:
    assert hashlib.sha256(inspect.getsource(hook).encode()).hexdigest()[:12] == PINNED[hook]
