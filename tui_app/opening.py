"""Opens the screens that intents ask for, and takes what they leave behind back to the schedule."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.signal import Signal
from typing_extensions import override

from tui_app import intents
from tui_app.altegio.errors import AltegioError
from tui_app.desk.trouble import DeskError
from tui_app.desk.writes import WriteDesk
from tui_app.drafting import DraftKeeping
from tui_app.screens.schedule.screen import ScheduleScreen
from tui_app.settings_file import SettingsFile
from tui_app.type_ahead import TypeAhead

if TYPE_CHECKING:
    from tui_app.desk.desk import Desk
    from tui_app.desk.drafts.form import FormDrafts
    from tui_app.screens.booking_form import BookingFormResult
    from tui_app.screens.event_form import CreateSubject, EditSubject, EventFormResult


class ScreenOpener(TypeAhead, DraftKeeping):
    """An App that has a screen for each intent; each is imported when it is first opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "repaint", "Repaint", show=False, priority=True),
        Binding("f10", "quit", "Quit", show=False),  # from every screen; a dialog is answered first
    ]

    schedule: ScheduleScreen
    writes: WriteDesk
    desk: "Desk | None"
    uncertain_signal: Signal[None]
    operator: str
    settings_file: SettingsFile

    @on(intents.EditEvent)
    def edit_event(self, intent: intents.EditEvent) -> None:
        """Open the form of an event."""
        from tui_app.screens.event_form import EditSubject

        self._open_event_form(EditSubject(intent.event_id, intent.known), intent.drafts)

    @on(intents.NewEvent)
    def new_event(self, intent: intents.NewEvent) -> None:
        """Open the form of a new event; a copy starts from a reading of what it is copied from."""
        from tui_app.screens.event_form import CreateSubject

        if intent.like_event_id is None:
            self._open_event_form(CreateSubject(intent.day, None), intent.drafts)
        else:
            self._open_copy(intent, intent.like_event_id)

    @work(group="new-event", exclusive=True, exit_on_error=False)
    async def _open_copy(self, intent: intents.NewEvent, like_event_id: int) -> None:
        from tui_app.screens.event_form import CreateSubject

        if self.desk is None:
            return
        try:
            like = await self.desk.editor.open(like_event_id)
        except (AltegioError, DeskError) as error:
            from tui_app.desk.wording import explain

            self.schedule.say(explain(error).line, alert=True)
            return
        self._open_event_form(CreateSubject(intent.day, like), intent.drafts)

    def _open_event_form(self, subject: "EditSubject | CreateSubject", drafts: "FormDrafts | None") -> None:
        from tui_app.screens.event_form import EventFormScreen

        if self.desk is not None:
            screen = EventFormScreen(self.desk, self.writes, subject, self.schedule.undo, drafts or self.form_drafts())
            self.push_screen(screen, self._after_event_form)

    def _after_event_form(self, result: "EventFormResult | None") -> None:
        if result is not None:
            self.schedule.look_again(intents.EventTouched(result.event_id, result.starts_at.date(), select=True))

    @on(intents.BookInto)
    def book_into(self, intent: intents.BookInto) -> None:
        """Open the booking form for an event."""
        from tui_app.screens.booking_form import BookingFormScreen

        if self.desk is not None:
            screen = BookingFormScreen(
                self.desk,
                self.writes,
                intent.event_id,
                draft=intent.draft,
                problems=intent.problems,
                undo=self.schedule.undo,
                drafts=intent.drafts or self.form_drafts(),
            )
            self.push_screen(screen, self._after_booking_form)

    @on(intents.EditBooking)
    def edit_booking(self, intent: intents.EditBooking) -> None:
        """Open the form of a booking."""
        from tui_app.screens.booking_form import BookingEditScreen

        if self.desk is not None:
            drafts = intent.drafts or self.form_drafts()
            screen = BookingEditScreen(self.desk, self.writes, intent.event_id, intent.booking, drafts)
            self.push_screen(screen, self._after_booking_form)

    def _after_booking_form(self, result: "BookingFormResult | None") -> None:
        if result is not None and not result.shown:
            self.schedule.look_again(intents.EventTouched(result.event_id))

    @on(intents.OpenWeek)
    def open_week(self, intent: intents.OpenWeek) -> None:
        """Show a week, and go to the day that is chosen in it."""
        from tui_app.screens.week import WeekScreen

        if self.desk is not None:
            screen = WeekScreen(self.desk, intent.day, self.settings_file.current.first_weekday, text=intent.text)
            self.push_screen(screen, self._after_week)

    def _after_week(self, day: date | None) -> None:
        if day is not None:
            self.schedule.go_to(day)

    @on(intents.OpenCalls)
    def open_calls(self, intent: intents.OpenCalls) -> None:
        """Show whom to ring about an event."""
        from tui_app.screens.calls import CallsScreen

        if self.desk is not None:
            self.push_screen(CallsScreen(self.desk, intent.caller, intent.event))

    @on(intents.OpenPrinting)
    def open_printing(self, intent: intents.OpenPrinting) -> None:
        """Print a roster or a day."""
        from tui_app.screens.printing import PrintScreen, default_folder

        if self.desk is not None:
            screen = PrintScreen(self.desk, intent.day, intent.event, folder=default_folder(), roster=intent.roster)
            self.push_screen(screen, self._after_printing)

    def _after_printing(self, words: str | None) -> None:
        if words is not None:
            self.schedule.say(words)

    @on(intents.AskOperator)
    def ask_operator(self) -> None:
        """Ask for the initials of who is at the desk; empty names nobody."""
        from tui_app.desk.operators import MOST, problem_of
        from tui_app.widgets.dialogs import AskDialog

        hint = f"Up to {MOST} letters, kept with every write from now on. Empty: nobody is named."
        dialog = AskDialog("Who is at the desk?", "Initials", self.operator, check=problem_of, hint=hint)
        self.push_screen(dialog, self._name_operator)

    def _name_operator(self, typed: str | None) -> None:
        from tui_app.desk.operators import initials_of

        if typed is not None:
            self.operator = initials_of(typed)
            self.schedule.header_line.name_operator(self.operator)
            self.schedule.say(f"At the desk: {self.operator}" if self.operator else "Nobody is named at the desk.")

    @on(intents.OpenUnconfirmed)
    def open_unconfirmed(self) -> None:
        """Show the writes that are not confirmed."""
        from tui_app.screens.unconfirmed import UnconfirmedScreen

        if self.desk is not None and self.desk.keeper is not None:
            self.push_screen(UnconfirmedScreen(self.desk.keeper, self.writes, self.desk.clock, self.uncertain_signal))

    @on(intents.Repaint)
    def action_repaint(self) -> None:
        """Paint everything again: something else may have written to the terminal."""
        repaint = getattr(self._driver, "repaint", self.screen.refresh)  # the stock driver keeps no screen
        repaint()

    @override
    def action_command_palette(self) -> None:
        from tui_app.palette import QuietPalette

        if not isinstance(self.screen, QuietPalette):
            self.push_screen(QuietPalette())

    @on(intents.OpenHelp)
    def open_help(self, intent: intents.OpenHelp) -> None:
        """Open the help of an area."""
        from tui_app.screens.help import HelpScreen
        from tui_app.screens.schedule.guide import help_lines
        from tui_app.screens.schedule.rows import MARKS_IN_WORDS

        commands = help_lines() if intent.area == "schedule" else ()
        self.push_screen(HelpScreen(intent.area, marks=MARKS_IN_WORDS, commands=commands))
