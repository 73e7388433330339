"""What all screens have in common."""

from __future__ import annotations

import pytest
from textual.app import App
from typing_extensions import override

from tui_app.widgets.feature import DialogScreen, FeatureScreen


class CountsStyling(FeatureScreen[None]):
    """Counts how often all of it is styled at once."""

    stylings = 0

    @override
    def update_node_styles(self, animate: bool = True) -> None:
        self.stylings += 1
        super().update_node_styles(animate)


class DialogThatCounts(DialogScreen[None], CountsStyling):
    """The same as a dialog."""


@pytest.mark.parametrize("kind", [CountsStyling, DialogThatCounts], ids=["screen", "dialog"])
async def test_a_new_screen_is_styled_as_it_is_mounted_and_not_again(kind: type[CountsStyling]) -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        new = kind()
        await app.push_screen(new)
        await pilot.pause()
        assert new.is_current
        assert new.stylings == 0
