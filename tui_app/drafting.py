"""The drafts of the running program: forms and the desk line keep theirs, and what was left is offered (design 6)."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual import on, work
from textual.widgets import Input
from typing_extensions import override

from tui_app import intents
from tui_app.screens.lock import LockGuard
from tui_app.screens.schedule.news import DayRead

if TYPE_CHECKING:
    from tui_app.desk.desk import Desk
    from tui_app.desk.drafts import Draft, DraftDesk, Place
    from tui_app.desk.drafts.form import FormDrafts
    from tui_app.desk.writes import WriteDesk
    from tui_app.line_drafts import LineDrafts
    from tui_app.screens.schedule.screen import ScheduleScreen
    from tui_app.session import Session

OpenDrafts = Callable[[Callable[[], datetime]], "DraftDesk"]
"""Makes the drafts of a run from its clock."""

TIDY: Final = 3_600.0
"""Seconds between two looks at whether a draft is a day old."""

PUT_AWAY: Final = 0.3
"""Seconds that the disk is given at the end: a draft takes a few milliseconds."""


def default_drafts_folder() -> Path:
    """Name the folder of the drafts in the user's folder for what a program has to remember."""
    import platformdirs

    return platformdirs.user_state_path("altegio-frontdesk", appauthor=False) / "drafts"


def in_folder(folder: Path) -> OpenDrafts:
    """Drafts that outlive the program."""

    def open_them(clock: Callable[[], datetime]) -> "DraftDesk":
        from tui_app.desk.drafts import drafts_in

        return drafts_in(folder, clock)

    return open_them


def in_memory(clock: Callable[[], datetime]) -> "DraftDesk":
    """Drafts that end with the program: those of the demo."""
    from tui_app.desk.drafts import drafts_in_memory

    return drafts_in_memory(clock)


class DraftKeeping(LockGuard[int]):
    """An App that loses nothing that was typed; `_open_drafts` makes its drafts when they are first needed."""

    schedule: "ScheduleScreen"
    writes: "WriteDesk"
    desk: "Desk | None"
    _session: "Session"
    _clock: Callable[[], datetime]
    _open_drafts: OpenDrafts
    _drafts: "DraftDesk | None" = None
    _line_drafts: "LineDrafts | None" = None
    _line_place: "Place | None" = None
    _offered_for: "Desk | None" = None

    @property
    def drafts(self) -> "DraftDesk":
        """The drafts of this run."""
        if self._drafts is None:
            self._drafts = self._open_drafts(self._clock)
            self._drafts.tell = self._tell_of_drafts
            self.set_interval(TIDY, self._tidy)
        return self._drafts

    @property
    def place(self) -> "Place | None":
        """Where drafts belong now; None before a desk is in use."""
        from tui_app.desk.drafts import Place

        return Place(self._session.profile.server, self.desk.location.id) if self.desk is not None else None

    def form_drafts(self) -> "FormDrafts | None":
        """What a form that is opened anew keeps its content with."""
        from tui_app.desk.drafts.form import FormDrafts

        if self.desk is None or self.place is None:
            return None
        return FormDrafts(self.drafts, self.place, self.desk.clock)

    def _tell_of_drafts(self, words: str) -> None:
        if self.is_running:
            self.notify(words, severity="warning", timeout=10, markup=False)

    # ---------------------------------------------------------- what is kept

    def keep_drafts(self) -> None:
        """Keep everything that is open as it stands now."""
        if self._line_drafts is not None:
            self._line_drafts.keep_now()
        above = self._screen_stack[1:]
        if above:
            from tui_app.widgets.kept_form import KeptForm

            for screen in above:
                if isinstance(screen, KeptForm):
                    screen.keep_now()

    @override
    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        """Keep what is open before something covers it: a question, the lock, Connect after a refused token."""
        self.keep_drafts()
        return super().push_screen(*args, **kwargs)

    @override
    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is open, whoever makes the program end."""
        self.keep_drafts()
        self.schedule.let_rest()
        super().exit(*args, **kwargs)

    def keep_drafts_at_last(self) -> None:
        """Keep what an App in trouble still can: a second error must not hide the first."""
        with suppress(Exception):
            self.keep_drafts()

    async def close_drafts(self) -> None:
        """Let the disk have what it has not got yet, and leave it all to the next run."""
        if self._drafts is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(PUT_AWAY):
                    await self._drafts.close()

    @on(Input.Changed, "#desk-line")
    def keep_line_text(self, event: Input.Changed) -> None:
        """Keep what stands in the desk line."""
        if self._line_drafts is not None:
            self._line_drafts.typed(event.value)

    @on(intents.EntryTold)
    def keep_entry(self, event: intents.EntryTold) -> None:
        """Keep what an entry holds until it has run."""
        if self._line_drafts is not None:
            self._line_drafts.told(event.report)

    # ---------------------------------------------------------- what is offered

    @on(DayRead)
    def offer_drafts(self) -> None:
        """Offer what was left at this location, once its first day is on the screen."""
        if self.desk is not None and self._offered_for is not self.desk:
            self._offered_for = self.desk
            self.call_after_refresh(self.call_later, self._offer_at, self.desk)  # behind the bytes of that day

    def _offer_at(self, desk: "Desk") -> None:
        if self.desk is desk and self.place is not None:
            self._keep_line_of(self.place)
            self._offer(desk, self.place)

    def _keep_line_of(self, place: "Place") -> None:
        """Keep the line as one of a place from now on; what it held elsewhere is offered there."""
        if place == self._line_place:
            return
        if self._line_drafts is not None:
            self._line_drafts.stop()
        self._line_place = place
        from tui_app.line_drafts import LineDrafts

        self._line_drafts = LineDrafts(self, self.drafts.pad(place), self.schedule, self.writes)
        self._line_drafts.typed(self.schedule.desk_line.value)

    @work(group="drafts", exit_on_error=False)
    async def _offer(self, desk: "Desk", place: "Place") -> None:
        from tui_app.desk.drafts.words import offer_words
        from tui_app.screens.schedule.offering import offer_below

        await self._wipe_what_was_sent(desk, place)
        words = offer_words(await self.drafts.offered(place), desk.clock)
        if words and self.schedule.is_attached:
            offer_below(self.schedule, words)

    async def _wipe_what_was_sent(self, desk: "Desk", place: "Place") -> None:
        """Wipe drafts that a run which was killed had just sent, where the journal has found that it arrived."""
        from tui_app.desk.drafts.sent import was_carried_out

        done = [row.operation for row in desk.keeper.recovered.carried_out] if desk.keeper is not None else []
        for draft in await self.drafts.offered(place):
            if was_carried_out(draft.content, done):
                await self.drafts.discard(draft)

    @work(group="drafts-tidy", exclusive=True, exit_on_error=False)
    async def _tidy(self) -> None:
        if self.place is not None:
            await self.drafts.offered(self.place)

    @on(intents.OpenDrafts)
    def open_drafts(self) -> None:
        """Open the draft that was left, or a list where there are several."""
        self._choose_draft()

    @work(group="drafts-open", exclusive=True, exit_on_error=False)
    async def _choose_draft(self) -> None:
        if self.desk is None or self.place is None:
            return
        offered = await self.drafts.offered(self.place)
        if not offered:
            self.schedule.say("Nothing is left unsent.")
        elif len(offered) == 1:
            await self._open_draft(offered[0])
        else:
            from tui_app.screens.drafts import DraftsScreen

            screen = DraftsScreen(offered, self.desk.clock, self.drafts.discard)
            chosen = await self.push_screen_wait(screen)
            if chosen is not None:
                await self._open_draft(chosen)

    async def _open_draft(self, draft: "Draft") -> None:
        from tui_app.altegio.resources import Booking
        from tui_app.desk.drafts import BookingWork, ChangeWork, EventWork
        from tui_app.desk.drafts.form import FormDrafts

        desk, work = self.desk, draft.content.work
        pad = await self.drafts.take(draft)
        if desk is None or pad is None:
            self.schedule.say("Another window has taken it up, or it is gone.", alert=True)
            return
        drafts = FormDrafts(self.drafts, draft.place, desk.clock, draft, pad)
        match work:
            case EventWork(event_id=int(event_id)):
                self.post_message(intents.EditEvent(event_id, work.base, drafts=drafts))
            case EventWork():
                self.post_message(intents.NewEvent(work.day, drafts=drafts))
            case BookingWork():
                self.post_message(intents.BookInto(work.event_id, drafts=drafts))
            case ChangeWork():
                booking = Booking(id=work.booking_id, event_id=work.event_id, fictive_name=work.name)
                self.post_message(intents.EditBooking(work.event_id, booking, drafts=drafts))
            case _:
                if self._line_drafts is not None:
                    await self._line_drafts.put_back(work, pad)
