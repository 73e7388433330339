"""The desk line's own draft: what stands in it, and entries whose turn never came or whose call went wrong."""

from typing import TYPE_CHECKING, Final

from textual.app import App

from tui_app.widgets.rest import Rests

if TYPE_CHECKING:
    from tui_app.desk.drafts import Content, DraftPad, LineWork
    from tui_app.desk.entries.reports import EntryReport
    from tui_app.desk.writes import WriteDesk
    from tui_app.screens.schedule.screen import ScheduleScreen

REST: Final = 1.0
"""Seconds without a key or an entry after which the line is kept."""

AT_LAST: Final = 5.0
"""Seconds after which it is kept while somebody goes on typing."""

MOST_ENTRIES: Final = 20
"""Entries that are kept: the newest."""

LONGEST_WORDS: Final = 60
"""Characters of a line that are shown of it."""


class LineDrafts:
    """Keeps the line of one desk through its `pad`.

    An entry is kept while it waits, asks, or has failed on the way; what was refused was answered, and what is being
    sent is the journal's.
    """

    def __init__(self, app: App[int], pad: "DraftPad", schedule: "ScheduleScreen", writes: "WriteDesk") -> None:
        self._pad = pad
        self._schedule = schedule
        self._writes = writes
        self._rests = Rests(app)
        self._text = ""
        self._entries: dict[int, EntryReport] = {}
        self._kept: Content | None = None

    def typed(self, text: str) -> None:
        """Take in what stands in the line."""
        self._text = text
        self._keep_soon()

    def told(self, report: "EntryReport") -> None:
        """Take in how an entry is doing; one that is typed again takes the place of the one that failed."""
        from tui_app.desk.entries.reports import EntryState

        again = [number for number, each in self._entries.items() if each.text.strip() == report.text.strip()]
        for number in again:
            del self._entries[number]
        if report.state in {EntryState.QUEUED, EntryState.WORKING, EntryState.ASKS, EntryState.FAILED}:
            self._entries[report.number] = report
        self._keep_soon()

    def keep_now(self) -> None:
        """Keep the line as it is."""
        self._drop_rests()
        content = self._content()
        if content == self._kept:
            return
        self._kept = content
        if content is None:
            self._pad.drop()
        else:
            self._pad.keep(content)

    def stop(self) -> None:
        """Keep the line for whoever comes back to this location."""
        self.keep_now()
        self._pad.let_go()

    async def put_back(self, work: "LineWork", pad: "DraftPad") -> None:
        """Put what was left into the empty line, on the event that it was typed for; nothing runs by itself."""
        await self._select(work)
        line = self._schedule.desk_line
        if line.value:  # typed since
            pad.let_go()
            self._schedule.say("Something is typed already: Esc clears the line, then drafts⏎.", alert=True)
            return
        line.value = self._text = "; ".join(work.texts)
        line.action_end()
        self.keep_now()
        pad.drop()

    async def _select(self, work: "LineWork") -> None:
        """Go to the day and the event that the line was about: «5678» alone would book into whatever is selected."""
        board = self._schedule.board
        if board is None:
            return
        if work.day != board.state.shown:
            board.go_to(work.day)
            board.read_day()
        await board.ready(roster=False)
        if work.event_id is not None and board.state.day is not None and board.state.day.by_id(work.event_id):
            board.choose(work.event_id)

    def _keep_soon(self) -> None:
        self._rests.after("line", REST, self.keep_now)
        if not self._rests.waits("line at last"):
            self._rests.after("line at last", AT_LAST, self.keep_now)

    def _drop_rests(self) -> None:
        self._rests.drop("line")
        self._rests.drop("line at last")

    def _content(self) -> "Content | None":
        from tui_app.desk.commands.saying import masked
        from tui_app.desk.drafts import Content, LineWork
        from tui_app.desk.entries.reports import EntryState

        sending = bool(self._writes.under_way)
        waiting = [each for each in self._entries.values() if not (sending and each.state is EntryState.WORKING)]
        typed = (*(each.text for each in waiting[-MOST_ENTRIES:]), self._text)
        texts = tuple(text for text in typed if text.strip())  # a leading space means something: it stays
        day, event = self._schedule.shown_day, self._schedule.selected_event
        if not texts or day is None:
            return None
        words = masked("; ".join(text.strip() for text in texts))
        shown = words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
        where = f" at {event.starts_at:%H:%M} {event.service}" if event is not None else ""
        work = LineWork(day=day, event_id=event.id if event is not None else None, texts=texts)
        return Content(words=f"«{shown}»{where}", work=work)
