"""Asks what to print, in which form and where to; F8 does it, and where it was written stays on the screen."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input, Static
from typing_extensions import override

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.desk.desk import Desk
from tui_app.desk.model import Day, Roster, ScheduledEvent
from tui_app.desk.printing import SheetFormat, render, save_sheet, send_to_printer
from tui_app.desk.trouble import DeskError, FileThere
from tui_app.desk.wording import explain
from tui_app.intents import OpenHelp, TokensRefused
from tui_app.screens.printing.job import (
    PrintJob,
    day_words,
    event_words,
    read_sheet,
    shown_path,
    typed_path,
    with_ending,
)
from tui_app.widgets.dialogs import ConfirmDialog, LineButton, PickList
from tui_app.widgets.feature import FeatureScreen, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.quiet_input import QuietInput

LONGEST_PATH: Final = 1_000

FORMS: Final = (
    ("txt", "text, to be printed or read"),
    ("html", "a page for the browser"),
    ("csv", "a table for a spreadsheet"),
)
PHONES: Final = (("no", "no phones"), ("yes", "with phones, in full"))
TARGETS: Final = (("file", "a file"), ("printer", "the printer (lp), as text"))
HINT: Final = "↑↓ choose  Enter next  F8 print  Esc back  F1 help"


class PrintScreen(FeatureScreen[str | None]):
    """Prints the roster of `event`, or the day. Its answer is what was last written or sent, in words, or None.

    `folder` is where files go unless a whole path is typed; `roster` keeps the numbers that are on the screen; `find`
    finds the program that prints.
    """

    STYLES = ("dialogs", "printing")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Back", show=False),
        Binding("f8,ctrl+s,ctrl+ы", "print_sheet", "Print", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("f1", "help", "Help", show=False),
    ]
    AUTO_FOCUS = "#print-what"

    what = query_one("#print-what", PickList)
    form = query_one("#print-form", PickList)
    phones = query_one("#print-phones", PickList)
    target = query_one("#print-to", PickList)
    path = query_one("#print-path", QuietInput)
    message = query_one("#print-message", MessageLine)

    def __init__(
        self,
        desk: Desk,
        day: Day,
        event: ScheduledEvent | None,
        *,
        folder: Path,
        roster: Roster | None = None,
        find: Callable[[str], str | None] = which,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._day = day
        self._event = event
        self._folder = folder
        self._roster = roster
        self._find = find
        self._offered = ""
        self._printing = False
        self._result: str | None = None
        self._answered = False

    @override
    def compose(self) -> ComposeResult:
        what = [("day", day_words(self._day, self._desk.clock.now()))]
        if self._event is not None:
            what.insert(0, ("roster", event_words(self._event)))
        yield too_small_notice()
        yield Line("Print", id="print-heading")
        yield _field("Print", PickList(what, what[0][0], id="print-what"))
        yield _field("As", PickList(FORMS, "txt", id="print-form"))
        yield _field("Phones", PickList(PHONES, "no", id="print-phones"))
        yield _field("To", PickList(TARGETS, "file", id="print-to"))
        yield _field("File", QuietInput(longest=LONGEST_PATH, select_on_focus=False, id="print-path"))
        yield LineButton("Print", id="print-go")
        yield MessageLine(id="print-message")
        yield Line(HINT, id="print-hint")

    def on_mount(self) -> None:
        """Offer a file."""
        self._offer()

    def on_resize(self) -> None:
        """Give the focus back where a window too small took it."""
        self.call_after_refresh(self._focus_first)

    def _focus_first(self) -> None:
        if self.focused is None and not self._answered:
            self.what.focus()

    # ------------------------------------------------------------ the choices

    @property
    def _to_printer(self) -> bool:
        return self.target.value == "printer"

    @property
    def _job(self) -> PrintJob:
        return PrintJob(
            day=self._day,
            event=self._event if self.what.value == "roster" else None,
            form=SheetFormat.TEXT if self._to_printer else SheetFormat(self.form.value),
            phones=self.phones.value == "yes",
        )

    def _offer(self) -> None:
        """Offer a file for what is chosen; what was typed by hand stays, but for its ending."""
        offered = shown_path(self._folder / self._job.file_name)
        typed = self.path.value
        self.path.value = offered if typed in {"", self._offered} else with_ending(typed, self._job.form)
        self.path.cursor_position = len(self.path.value)
        self._offered = offered

    @on(PickList.Changed)
    def follow_choice(self, event: PickList.Changed) -> None:
        """Follow a choice: another file, or none for the printer, which takes text alone."""
        event.stop()
        self.form.disabled = self.path.disabled = self._to_printer
        if not self._to_printer:
            self._offer()
        self.message.tell("")

    @on(PickList.Done)
    @on(Input.Submitted)
    def next_field(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    @on(LineButton.Pressed)
    def press_button(self) -> None:
        """Print."""
        self.action_print_sheet()

    def action_help(self) -> None:
        """Open the help."""
        self.post_message(OpenHelp("form"))

    def action_close(self) -> None:
        """Go back with what was done; a second key in the same burst changes nothing."""
        if not self._answered:
            self._answered = True
            self.dismiss(self._result)

    # ----------------------------------------------------------- the printing

    def action_print_sheet(self) -> None:
        """Print what is chosen; while that goes on, a second time does nothing."""
        if not self._printing and not self._answered:
            self._printing = True
            self.message.tell("Reading")
            self._print(self._job, None if self._to_printer else self.path.value)

    @work(group="printing", exit_on_error=False)
    async def _print(self, job: PrintJob, typed: str | None) -> None:
        try:
            sheet = await read_sheet(self._desk, job, self._roster, self._tell_progress)
            text = render(sheet, job.form)
            if typed is None:
                done: str | None = await send_to_printer(text, find=self._find)
            else:
                done = await self._save(text, typed, job.file_name)
        except (AltegioError, DeskError) as error:
            self.message.tell(explain(error).line, alert=True)
            if isinstance(error, TokenRefused):
                self.post_message(TokensRefused(error))
        else:
            self._result = done or self._result
            self.message.tell(done or "Nothing was written: the file stays as it was.")
        finally:
            self._printing = False

    def _tell_progress(self, read: int, of: int) -> None:
        self.message.tell(f"Reading the rosters: {read} of {of}")

    async def _save(self, text: str, typed: str, name: str) -> str | None:
        """Write the file, and ask before one that is there is lost; None: it was not written."""
        path = await asyncio.to_thread(typed_path, typed, self._folder, name)
        try:
            written = await asyncio.to_thread(save_sheet, text, path)
        except FileThere as there:
            self.message.tell("Not written yet.")
            lines = (f"{there.words}.", "What is in it now would be gone.")
            if not await self.app.push_screen_wait(ConfirmDialog("Write over the file?", lines, "Write over it")):
                return None
            written = await asyncio.to_thread(save_sheet, text, path, overwrite=True)
        return f"Written to {written}"


def _field(label: str, widget: Widget) -> Horizontal:
    return Horizontal(Static(Content(label), classes="print-label", markup=False), widget, classes="print-field")
