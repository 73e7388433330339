"""A week with the free places of each day; Enter goes to the selected one."""

from datetime import date
from typing import ClassVar, Final

from msgspec.structs import replace
from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.getters import query_one
from typing_extensions import override

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.desk.desk import Desk
from tui_app.desk.next_free import AheadDesk, Week
from tui_app.desk.wording import explain
from tui_app.intents import OpenHelp, TokensRefused
from tui_app.screens.week.classes import ClassLines
from tui_app.screens.week.view import (
    COLUMNS,
    WeekView,
    begin_of_week,
    class_lines,
    classes_heading,
    empty_words,
    heading,
    moved,
    narrowed,
    rows,
)
from tui_app.settings_values import Weekday
from tui_app.widgets.feature import FeatureScreen, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.rest import Rests
from tui_app.widgets.row_list import RowList

REST: Final = 0.15
"""Seconds that the hand rests before a week is read: held keys ask only for the week where they stop."""

HINT: Final = "↑↓ day  ←→ week  Enter go there  F7 today  Esc back"
LONG_HINT: Final = f"{HINT}  F5 refresh  F1 help"


class WeekScreen(FeatureScreen[date | None]):
    """Answers the day to go to, or None. `day` is selected at first; `text` filters as it does on the schedule."""

    STYLES = ("rows", "week")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", "Back", show=False),
        Binding("enter", "answer(True)", "Go there", show=False),
        Binding("up", "move('up')", "Up", show=False),
        Binding("down", "move('down')", "Down", show=False),
        Binding("home", "move('first')", "First day", show=False),
        Binding("end", "move('last')", "Last day", show=False),
        Binding("left,pageup", "week(-1)", "A week back", show=False),
        Binding("right,pagedown", "week(1)", "A week on", show=False),
        Binding("f7", "today", "Today", show=False),
        Binding("f5", "refresh_week", "Refresh", show=False),
        Binding("f1,question_mark", "help", "Help", show=False),
    ]

    heading_line = query_one("#week-heading", Line)
    days = query_one("#week-days", RowList)
    classes_line = query_one("#week-classes-heading", Line)
    class_lines = query_one("#week-classes", ClassLines)
    message = query_one("#week-message", MessageLine)

    def __init__(self, desk: Desk, day: date, first_weekday: Weekday = "monday", *, text: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._ahead = AheadDesk(desk.api, desk.location.id, desk.clock, desk.reference)
        self._first = first_weekday
        self._text = text
        self._selected = day
        self._begins = begin_of_week(day, first_weekday)
        self._read: dict[date, Week] = {}
        self._stale: set[date] = set()
        self._rests = Rests(self)
        self._answered = False

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Line(id="week-heading")
        with Container(id="week-panes"):
            yield RowList(COLUMNS, id="week-days")
            with Vertical(id="week-day"):
                yield Line(id="week-classes-heading")
                yield ClassLines(id="week-classes")
        yield MessageLine(id="week-message")
        yield Line(HINT, id="week-hint")

    def on_mount(self) -> None:
        """Show the days at once, and read what is in them."""
        self._render_week()
        self.days.move_to((self._selected - self._begins).days)
        self._read_week()

    def on_resize(self) -> None:
        """Name as many keys as fit."""
        fits = cell_len(LONG_HINT) + 2 <= self.size.width
        self.query_one("#week-hint", Line).say(LONG_HINT if fits else HINT)

    @property
    def is_resting(self) -> bool:
        """Whether a reading waits for the hand to rest."""
        return self._rests.pending()

    # ------------------------------------------------------------------ keys

    def action_move(self, where: str) -> None:
        """Move from day to day."""
        self.days.go(where)

    def action_week(self, weeks: int) -> None:
        """Go a week back or on; it is read once the hand rests."""
        begins = moved(self._begins, weeks)
        if begins == self._begins:
            self.message.tell("The calendar ends here.")
            return
        self._go_to(begins)

    def action_today(self) -> None:
        """Go to today."""
        today = self._desk.clock.today()
        begins = begin_of_week(today, self._first)
        if begins != self._begins:
            self._go_to(begins)
        self.days.move_to((today - begins).days)

    def _go_to(self, begins: date) -> None:
        self._begins = begins
        self.workers.cancel_group(self, "week")  # an answer for the week that was left must not speak any more
        self._render_week()
        self.message.tell("")
        self._rests.after("week", REST, self._read_week)

    def action_refresh_week(self) -> None:
        """Read the week again now."""
        self._rests.drop("week")
        self.message.tell("Reading")
        self._read_week()

    def action_help(self) -> None:
        """Open the help."""
        self.post_message(OpenHelp("week"))

    def action_answer(self, go: bool) -> None:  # noqa: FBT001 - an action's argument
        """Leave, with the selected day or with nothing; a second key in the same burst changes nothing."""
        if not self._answered:
            self._answered = True
            self.dismiss(self._view().dates[self._place] if go else None)

    @on(RowList.Highlighted)
    def show_day(self) -> None:
        """Show the classes of the day under the cursor."""
        self._render_classes()

    @on(RowList.Chosen)
    def choose_day(self) -> None:
        """Go to the day that was clicked again."""
        self.action_answer(go=True)

    # --------------------------------------------------------------- reading

    def _read_week(self) -> None:
        self._load(self._begins)

    @work(group="week", exclusive=True, exit_on_error=False)
    async def _load(self, begins: date) -> None:
        """Read a week; where that fails, the last good reading stays, with its age."""
        try:
            await self._desk.reference.load_names()
            week = await self._ahead.load_week(begins)
        except AltegioError as error:
            self._stale.add(begins)
            self._render_week()
            self.message.tell(explain(error).line, alert=True)
            if isinstance(error, TokenRefused):
                self.post_message(TokensRefused(error))
            return
        self._read[begins] = week
        self._stale.discard(begins)
        self._render_week()
        self.message.tell(empty_words(self._view(), self._text))

    # ------------------------------------------------------------- rendering

    @property
    def _place(self) -> int:
        return self.days.cursor_key or 0

    def _view(self) -> WeekView:
        view = WeekView(begins=self._begins, today=self._desk.clock.today())
        week = self._read.get(self._begins)
        if week is None:
            return view
        clock = self._desk.clock
        return replace(view, days=narrowed(week, self._text, clock.now()), as_of=clock.wall(week.as_of))

    def _render_week(self) -> None:
        view = self._view()
        self.heading_line.say(heading(view, text=self._text, stale=self._begins in self._stale))
        self.days.set_rows(rows(view, self._desk.clock.now()))
        self._render_classes()

    def _render_classes(self) -> None:
        view = self._view()
        self.classes_line.say(classes_heading(view, self._place))
        self.class_lines.show(class_lines(view, self._place, self._desk.clock.now()))
