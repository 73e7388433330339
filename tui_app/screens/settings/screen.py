"""The settings, one a line: Enter changes the selected one, which holds at once and is written to the file."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState
from typing_extensions import override

from tui_app.intents import OpenHelp, Unexpected
from tui_app.screens.settings.rows import SettingRow, changed, row_line, setting_rows, value_of
from tui_app.settings import Problem, Settings
from tui_app.settings_values import SettingsError
from tui_app.widgets.dialogs import AskDialog, ChoiceDialog, ChoiceList, ConfirmDialog
from tui_app.widgets.feature import FeatureScreen, too_small_notice

AROUND = 7
"""Lines that the list leaves to what stands around it; on a low screen it scrolls."""

HINT = "↑↓ move  Enter change  Esc back  F1 help"


class SaveSettings(Protocol):
    """Writes the settings file; `tui_app.settings.save_settings` with its path is one."""

    def __call__(self, settings: Settings, *, replace_broken: bool = False) -> Path | None:
        """Write it; raises SettingsError for a broken file, OSError where it cannot be written."""
        ...


class SettingsScreen(FeatureScreen[Settings]):
    """Shows and changes the settings; its answer is what they are in the end.

    `apply` makes the running program follow a change, then `save` writes the file at `path`. `problems` are what could
    not be read of it.
    """

    STYLES = ("dialogs", "settings")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Back", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("enter,space", "change", "Change", show=False),
        Binding("f1,question_mark", "help", "Help", show=False),
    ]

    def __init__(
        self,
        settings: Settings,
        *,
        path: str,
        apply: Callable[[Settings], object],
        save: SaveSettings,
        themes: Sequence[str] = (),
        problems: Sequence[Problem] = (),
    ) -> None:
        super().__init__()
        self._settings = settings
        self._path = path
        self._apply = apply
        self._save = save
        self._problems = tuple(problems)
        self._rows = setting_rows(themes)
        self._list = ChoiceList((), None)
        self._answered = False
        self._writing = asyncio.Lock()

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Static("Settings", id="heading", markup=False)
        yield self._list
        yield Static("", id="about", markup=False)
        with VerticalScroll(id="file", can_focus=False):
            yield Static(Content(f"File: {self._path}"), id="path", markup=False)
            yield Static(Content("\n".join(self._problem_lines())), id="problems", markup=False)
        yield Static("", id="said", markup=False)
        yield Static(HINT, id="hint", markup=False)

    def _problem_lines(self) -> list[str]:
        if not self._problems:
            return []
        return ["Not used of it:", *(f"! {problem.where}: {problem.words}" for problem in self._problems)]

    def on_mount(self) -> None:
        """Show the settings."""
        self._show(0)

    def on_resize(self, event: events.Resize) -> None:
        """Let the list take what its surroundings leave."""
        self._list.styles.height = max(1, min(len(self._rows), event.size.height - AROUND))

    def _show(self, place: int) -> None:
        self._list.show([(row.key, row_line(self._settings, row)) for row in self._rows])
        self._list.move(place)
        self._explain()

    def _explain(self) -> None:
        self.query_one("#about", Static).update(Content(self._row.hint))

    @property
    def _row(self) -> SettingRow:
        return next(row for row in self._rows if row.key == self._list.value)

    def _say(self, words: str, *, alert: bool = False) -> None:
        line = self.query_one("#said", Static)
        line.update(Content(f"! {words}" if alert else words))
        line.set_class(alert, "-problem")

    def action_move(self, lines: int) -> None:
        """Move in the list."""
        self._list.move(lines)
        self._explain()

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Change the setting that was clicked."""
        event.stop()
        self.action_move([row.key for row in self._rows].index(event.value) - self._rows.index(self._row))
        self.action_change()

    def action_change(self) -> None:
        """Change the selected setting: a yes or no at once, anything else in a dialog."""
        row = self._row
        now = value_of(self._settings, row)
        if isinstance(now, bool):
            self._take(row, "no" if now else "yes")
        elif row.choices:
            self.app.push_screen(ChoiceDialog(row.label, row.choices, str(now)), lambda text: self._take(row, text))
        else:
            shown = "" if now is None else str(now)
            dialog = AskDialog(row.label, "Value", shown, lambda text: self._problem(row, text), row.hint)
            self.app.push_screen(dialog, lambda text: self._take(row, text))

    def _problem(self, row: SettingRow, text: str) -> str | None:
        try:
            changed(self._settings, row, text)
        except SettingsError as error:
            return str(error)
        return None

    def _take(self, row: SettingRow, text: str | None) -> None:
        if text is None:
            return
        settings = changed(self._settings, row, text)
        if settings == self._settings:
            return
        self._settings = settings
        self._apply(settings)
        self._show(self._rows.index(row))
        self._write()

    @work(group="settings-write", exit_on_error=False)
    async def _write(self, *, replace_broken: bool = False) -> None:
        """Write the file off the loop, one after another, so that the newest settings are what stays."""
        try:
            async with self._writing:
                kept = await asyncio.to_thread(self._save, self._settings, replace_broken=replace_broken)
        except SettingsError as error:
            self._say(f"It holds for this run: {error}", alert=True)
            self._offer_to_replace()
        except OSError as error:
            words = error.strerror or "it cannot be written"
            self._say(f"It holds for this run, but the file is not written: {words}.", alert=True)
        else:
            self._say("Saved." if kept is None else f"Saved. The file as it was is kept in {kept}.")

    def _offer_to_replace(self) -> None:
        lines = [f"File: {self._path}", "It cannot be read, so it was left alone. It is kept beside as .bak."]

        def answered(sure: bool | None) -> None:  # noqa: FBT001 - Textual calls it
            if sure:
                self._write(replace_broken=True)

        self.app.push_screen(ConfirmDialog("Replace the broken settings file?", lines, "Replace it"), answered)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass on what nobody expected."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(Unexpected(event.worker.error))

    def action_help(self) -> None:
        """Open the help."""
        self.post_message(OpenHelp("settings"))

    def action_close(self) -> None:
        """Go back; a second key in the same burst changes nothing."""
        if not self._answered:
            self._answered = True
            self.dismiss(self._settings)
