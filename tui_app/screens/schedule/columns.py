"""The columns of the two lists: all that they need before there is anything to show."""

from typing import Final

from tui_app.widgets.columns import Column

EVENT_COLUMNS: Final = (
    Column(key="bar", title="", width=1, drop=8),
    Column(key="time", title="Time", width=5),
    Column(key="service", title="Service", width=14, flex=3),
    Column(key="team_member", title="With", width=10, flex=2, drop=3),
    Column(key="rooms", title="Room", width=8, flex=1, drop=4),
    Column(key="places", title="In/bkd/cap", width=10, align="right"),
    Column(key="free", title="Free", width=4, align="right", drop=1),
    Column(key="marks", title="", width=7, drop=5),
)

ROSTER_COLUMNS: Final = (
    Column(key="number", title="#", width=3, align="right"),
    Column(key="name", title="Name", width=14, flex=3),
    Column(key="phone", title="Phone", width=16, drop=2),
    Column(key="places", title="Pl", width=2, align="right"),
    Column(key="attendance", title="Here", width=11),
    Column(key="marks", title="", width=4, drop=1),
    Column(key="comment", title="Comment", width=6, flex=2, drop=3),
)
