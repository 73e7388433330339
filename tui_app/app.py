"""The App: wiring only. It connects, owns the writes, locks, and leaves in order; `opening` has the screens."""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from msgspec.structs import replace
from textual import events, on, work
from textual.app import App
from textual.reactive import Reactive
from textual.screen import Screen
from textual.signal import Signal
from typing_extensions import override

from tui_app import intents
from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.desk.trouble import DeskError
from tui_app.desk.writes import Write, WriteDesk
from tui_app.drafting import OpenDrafts, in_memory
from tui_app.early_keys import EarlyKeys
from tui_app.ending import OrderlyEnd
from tui_app.opening import ScreenOpener
from tui_app.screens.lock import IdleWatch, idle_limit
from tui_app.screens.schedule.screen import ScheduleScreen
from tui_app.session import NotConnected, Session
from tui_app.settings import Settings
from tui_app.settings_file import SettingsFile
from tui_app.stylesheets import stylesheet
from tui_app.watching import DeskWatch, KeeperOfNow

if TYPE_CHECKING:
    from tui_app.desk.desk import Desk
    from tui_app.desk.journal.rows import JournalRow
    from tui_app.palette import ActionProvider
    from tui_app.screens.connect import Connected

RETRY: Final = 10.0
"""Seconds until the program tries again to reach a server that it could not reach at the start."""

IDLE_CHECK: Final = 5.0
"""Seconds between two looks at whether the desk has been idle for too long."""

AUTO_THEME: Final = "ansi-dark"
"""The terminal's own colours: right on every terminal, and the fewest bytes (field notes)."""


def action_provider() -> "type[ActionProvider]":
    """What the palette offers, imported when it opens."""
    from tui_app.palette import ActionProvider

    return ActionProvider


class FrontDeskApp(OrderlyEnd, EarlyKeys, ScreenOpener, inherit_css=False):
    """The front desk over one session; `clock` gives aware instants, `crash_log` is written at the very end only."""

    COMMANDS: ClassVar = {action_provider}
    TITLE = "Front desk"
    DEFAULT_CSS = """
    FrontDeskApp { background: $background; color: $foreground; }
    FrontDeskApp:ansi { background: ansi_default; color: ansi_default; }
    *:disabled:can-focus { opacity: 70%; }
    """
    theme = Reactive(AUTO_THEME)

    def __init__(
        self,
        session: Session,
        settings: SettingsFile,
        clock: Callable[[], datetime],
        crash_log: Path,
        open_drafts: OpenDrafts = in_memory,
    ) -> None:
        # for NO_COLOR Textual chooses here, once, how to leave colours out: by the theme it has not got yet
        super().__init__(css_path=[stylesheet(name) for name in ("base", *ScheduleScreen.STYLES)], ansi_color=True)
        self.set_reactive(App.ansi_color, None)
        self.animation_level = "none"
        self.writes = WriteDesk(self._tell_write, KeeperOfNow(self))
        self._session = session
        self.settings_file = settings
        self._clock = clock
        self._crash_log = crash_log
        self._open_drafts = open_drafts
        self._watch = DeskWatch(self)
        self.operator = ""
        self.uncertain_signal: Signal[None] = Signal(self, "uncertain writes changed")
        self._idle = IdleWatch(clock, idle_limit(settings.current.pin_hash, settings.current.idle_minutes))
        self.desk: Desk | None = None
        self._begun = False
        self._connecting = False
        self.schedule = ScheduleScreen(
            self.writes,
            refresh_seconds=settings.current.refresh_seconds,
            with_cancelled=settings.current.show_cancelled,
            where=session.where,
        )
        self._follow_theme(settings.current)

    @override
    def get_default_screen(self) -> Screen[None]:
        return self.schedule

    @override
    def refresh_css(self, animate: bool = True) -> None:
        """Follow the theme; before there is a screen nothing is styled yet, and the styles are parsed for it once."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Connect as soon as the first frame is out: what connecting needs is imported only then.

        With a PIN it opens locked, or a restart would be the way around the lock.
        """
        if self._has_pin():
            self.lock()
            self.call_after_refresh(self.begin)
        self.set_interval(IDLE_CHECK, self._lock_if_idle)

    def _has_pin(self) -> bool:
        if not self.settings_file.current.pin_hash:
            return False
        from tui_app.desk.privacy import read_pin_hash

        return read_pin_hash(self.settings_file.current.pin_hash) is not None

    # ---------------------------------------------------------- the connection

    @on(intents.Shown)
    def begin(self) -> None:
        """Connect now that the first frame is out; to wait for its refresh would be to wait for another one."""
        if not self._begun:
            self._begun = True
            self.connect_desk()

    @work(group="session", exclusive=True, exit_on_error=False)
    async def connect_desk(self) -> None:
        """Open the desk; without tokens ask for them, without a server say so and try again."""
        picture = await self._session.first_picture()
        if picture is not None:
            await self.schedule.show_picture(picture)
        try:
            desk = await self._session.open(self._watch)
        except NotConnected as missing:
            self.schedule.say_connection("not connected", missing.words)
            self.post_message(intents.OpenConnect())
        except TokenRefused as error:
            self._tell_failure("! token refused", error)
            self.post_message(intents.TokensRefused(error))
        except (AltegioError, DeskError) as error:
            self._tell_failure("! offline", error)
            self.set_timer(RETRY, self.connect_desk)
        else:
            self._use(desk)

    def _tell_failure(self, state: str, error: AltegioError | DeskError) -> None:
        from tui_app.desk.wording import explain

        self.schedule.say_connection(state, explain(error).line)

    def _use(self, desk: "Desk") -> None:
        self.desk = replace(desk, region=self.settings_file.current.phone_region or desk.region)
        self.schedule.use(self.desk, where=self._session.where)
        notes = [*(f"{problem.where}: {problem.words}" for problem in self.settings_file.problems), *desk.notes]
        self.schedule.say(notes[0] if notes else "", alert=bool(notes))
        self._watch.uncertain_changed()
        if self.settings_file.current.ask_operator and not self.operator:
            self.post_message(intents.AskOperator())

    @on(intents.OpenConnect)
    def open_connect(self, intent: intents.OpenConnect) -> None:
        """Open Connect, to change server, tokens or location."""
        if self._session.is_demo:
            self.schedule.say("The demo needs no tokens. Start `frontdesk` to work with a location of your own.")
        else:
            self._ask_connection(None, to_location=intent.to_location)

    @on(intents.TokensRefused)
    def ask_tokens(self, intent: intents.TokensRefused) -> None:
        """Open Connect over whatever is open, which stays as it is."""
        self._ask_connection(intent.error)

    def _ask_connection(self, refused: TokenRefused | None, *, to_location: bool = False) -> None:
        from tui_app.connecting import connect_services
        from tui_app.screens.connect import ConnectScreen, Step

        if not self._connecting:
            self._connecting = True
            services = connect_services(self._session, self.settings_file)
            at = Step.LOCATION if to_location else Step.SERVER
            screen = ConnectScreen(services, self.settings_file.current, self._session.profile, refused=refused, at=at)
            self.push_screen(screen, self._after_connect)

    def _after_connect(self, connected: "Connected | None") -> None:
        self._connecting = False
        if connected is None:
            if self.desk is None:
                self.schedule.say("Not connected. Ctrl+P, «Tokens, server and location» connects.", alert=True)
            return
        if self.desk is not None and self._session.renew(connected.profile, connected.partner, connected.user):
            self.schedule.refresh_day()
        else:
            self._open_connected(connected)

    @work(group="session", exclusive=True, exit_on_error=False)
    async def _open_connected(self, connected: "Connected") -> None:
        try:
            desk = await self._session.work_with(connected.profile, connected.partner, connected.user, self._watch)
        except (AltegioError, DeskError) as error:
            self._tell_failure("! offline", error)
            self.set_timer(RETRY, self.connect_desk)
        else:
            self._use(desk)

    # ---------------------------------------------------------- the writes

    def _tell_write(self, write: Write[Any]) -> None:
        if self.schedule.is_attached:  # a write may end after the screen is gone
            self.schedule.show_write(write)

    @property
    @override
    def uncertain(self) -> "tuple[JournalRow, ...]":
        """The writes of which nobody knows whether they were carried out."""
        return self.desk.keeper.uncertain if self.desk is not None and self.desk.keeper is not None else ()

    @on(intents.EventTouched)
    def pass_to_schedule(self, event: intents.EventTouched) -> None:
        """Let the schedule look again at what a write has changed."""
        self.schedule.look_again(event)

    # ---------------------------------------------------------- the lock

    @on(intents.LockDesk)
    def lock(self) -> None:
        """Hide everything behind the PIN; writes under way go on below."""
        from tui_app.screens.lock.screen import LockScreen

        if not self.is_locked:
            self.schedule.history.clear()
            screen = LockScreen(self.settings_file.current.pin_hash, clock=self._clock, keep=self._keep_pin)
            self.push_screen(screen, lambda _: self._idle.key_came())

    @override
    async def action_quit(self) -> None:
        if not self.is_locked:  # who has locked it may have left something behind it
            await super().action_quit()

    def _keep_pin(self, pin_hash: str) -> None:
        self.settings_file.save(dataclasses.replace(self.settings_file.current, pin_hash=pin_hash))
        self._idle.limit = idle_limit(pin_hash, self.settings_file.current.idle_minutes)

    def _lock_if_idle(self) -> None:
        if self._idle.is_due():
            self.lock()

    @override
    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self._idle.key_came()
        await super().on_event(event)

    # ---------------------------------------------------------- the settings

    @on(intents.OpenSettings)
    def open_settings(self) -> None:
        """Open the settings; a change holds at once."""
        from tui_app.screens.settings import SettingsScreen

        screen = SettingsScreen(
            self.settings_file.current,
            path=str(self.settings_file.path),
            apply=self._follow,
            save=self.settings_file.save,
            themes=tuple(self.available_themes),
            problems=self.settings_file.problems,
        )
        self.push_screen(screen)

    def _follow(self, settings: Settings) -> None:
        """Let the running program follow changed settings."""
        self._follow_theme(settings)
        self._idle.limit = idle_limit(settings.pin_hash, settings.idle_minutes)
        self.schedule.follow(refresh_seconds=settings.refresh_seconds, with_cancelled=settings.show_cancelled)

    def _follow_theme(self, settings: Settings) -> None:
        self.theme = AUTO_THEME if settings.theme == "auto" else settings.theme

    # ---------------------------------------------------------- the end

    @override
    async def finish(self) -> None:
        """Close what is open, the drafts last: the end of a write may still wipe or keep one."""
        await super().finish()
        await self.close_drafts()

    @override
    def _fatal_error(self) -> None:
        """Keep what is typed before everything is taken down."""
        self.keep_drafts_at_last()
        super()._fatal_error()

    @override
    def action_help_quit(self) -> None:
        self.schedule.say("F10 quits.")
