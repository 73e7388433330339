"""The banner over the schedule: what nobody knows the outcome of, as long as anything is uncertain (design 6)."""

from collections.abc import Sequence

from tui_app.actions import BY_ID, shown_key
from tui_app.widgets.line import Line


class Banner(Line):
    """One line that is there only while a write is not confirmed."""

    def __init__(self) -> None:
        super().__init__(id="banner")

    def show(self, unconfirmed: Sequence[str]) -> None:
        """Tell what is not confirmed, in words; nothing hides the line."""
        self.set_class(bool(unconfirmed), "-shown")
        self.say(banner(unconfirmed, shown_key(BY_ID["unconfirmed"].keys[0])))


def banner(unconfirmed: Sequence[str], key: str) -> str:
    """Name the newest and count the others; the key comes first, for the end may be cut off."""
    if not unconfirmed:
        return ""
    more = f" and {len(unconfirmed) - 1} more" if len(unconfirmed) > 1 else ""
    return f" ! Not confirmed ({key} shows it): {unconfirmed[-1]}{more}"
