"""The privacy lock: nothing shows through, no key goes past it, and only the PIN opens it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from textual.events import Key, Paste
from textual.screen import ModalScreen, Screen
from textual.widgets import Static
from typing_extensions import override

from tests.screens.hosts import NOT_YET, Host
from tests.support.sandbox import Clock
from tui_app.desk.privacy import hash_pin, opens, read_pin_hash
from tui_app.desk.writes import WriteDesk
from tui_app.screens.lock import IdleWatch, LockGuard, idle_limit
from tui_app.screens.lock.pin_input import PinInput
from tui_app.screens.lock.screen import LockScreen
from tui_app.screens.lock.steps import Attempts, LockStep, wait_words
from tui_app.secret import SecretStr
from tui_app.settings_values import SettingsError

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.pilot import Pilot

PIN = "4071"
KEPT = hash_pin(SecretStr(PIN), b"a salt of 16 byt").as_text()
SMALL = (60, 16)


# ------------------------------------------------------------------------------------------------------- the idle watch


def test_a_desk_is_idle_once_its_limit_has_passed_since_the_last_key() -> None:
    clock = Clock()
    watch = IdleWatch(clock, timedelta(minutes=5))
    clock.advance(minutes=4)
    watch.key_came()
    clock.advance(minutes=4, seconds=59)
    assert not watch.is_due()
    clock.advance(seconds=1)
    assert watch.is_due()


def test_without_a_limit_a_desk_is_never_idle_and_a_limit_can_come_later() -> None:
    clock = Clock()
    watch = IdleWatch(clock)
    clock.advance(days=2)
    assert not watch.is_due()
    watch.limit = timedelta(minutes=1)
    assert watch.is_due()


def test_a_clock_that_is_set_back_begins_the_wait_anew() -> None:
    clock = Clock()
    watch = IdleWatch(clock, timedelta(minutes=5))
    clock.advance(hours=-3)
    assert not watch.is_due()
    clock.advance(minutes=5)
    assert watch.is_due()


@pytest.mark.parametrize(
    ("pin_hash", "minutes", "limit"),
    [(KEPT, 5, timedelta(minutes=5)), (KEPT, 0, None), ("", 5, None), ("no hash at all", 5, None)],
)
def test_a_desk_locks_itself_only_where_a_pin_can_open_it(pin_hash: str, minutes: int, limit: timedelta | None) -> None:
    assert idle_limit(pin_hash, minutes) == limit


# ----------------------------------------------------------------------------------------------------------- the pauses


def test_wrong_pins_make_a_growing_pause_that_ends_by_the_clock() -> None:
    clock = Clock()
    attempts, waits = Attempts(), []
    for _ in range(5):
        attempts = attempts.failed(clock())
        waits.append(attempts.wait(clock()))
    assert waits[0] == timedelta()
    assert waits[2] > timedelta()
    assert waits[2] < waits[3] < waits[4]
    clock.advance(seconds=waits[4].total_seconds())
    assert not attempts.wait(clock())


def test_a_clock_that_is_set_back_makes_a_pause_no_longer() -> None:
    clock = Clock()
    attempts = Attempts(failures=3, since=clock())
    whole = attempts.wait(clock())
    clock.advance(hours=-2)
    assert attempts.wait(clock()) == whole


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 s"), (4, "4 s"), (60, "1 min"), (61, "2 min")])
def test_a_pause_is_said_in_words(seconds: float, words: str) -> None:
    assert wait_words(timedelta(seconds=seconds)) == words


# ----------------------------------------------------------------------------------------------------------- the screen


class Below(Screen[None]):
    """A screen with something to hide, under a title with something to hide."""

    TITLE = "Anna Kim"

    @override
    def compose(self) -> "ComposeResult":
        for _ in range(60):
            yield Static("Anna Kim +7 701 234 56 78 " * 8, markup=False)


class LockHost(Host):
    """Opens the lock above a screen; counts what the keys of the App would have done."""

    BINDINGS = [("f2", "note", "Note"), ("ctrl+n", "note", "Note")]  # noqa: RUF012 - Textual's own name
    noted = 0

    @override
    def on_mount(self) -> None:
        self.push_screen(Below())  # the handler of Host comes after this one, and opens the lock

    def action_note(self) -> None:
        self.noted += 1


@dataclass
class Locked:
    """A lock to be, its clock, and what it gave to be kept."""

    pin_hash: str = KEPT
    clock: Clock = field(default_factory=Clock)
    kept: list[str] = field(default_factory=list)
    trouble: Exception | None = None

    def host(self) -> LockHost:
        return LockHost(lambda: LockScreen(self.pin_hash, clock=self.clock, keep=self.keep))

    def keep(self, text: str) -> None:
        self.kept.append(text)
        if self.trouble is not None:
            raise self.trouble


async def press(app: Host, pilot: "Pilot[None]", *keys: str) -> str:
    await pilot.press(*keys)
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    return app.text()


def step_of(app: Host) -> LockStep:
    assert isinstance(app.screen, LockScreen)
    return app.screen.step


@contextmanager
def still_locked(app: Host) -> Iterator[None]:
    yield
    assert isinstance(app.screen, LockScreen)
    assert app.answer is NOT_YET


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-dark", "nord"])
@pytest.mark.parametrize("size", [SMALL, (80, 24), (160, 48), (40, 10)])
async def test_nothing_of_the_screen_below_shows(size: tuple[int, int], theme: str) -> None:
    app = Locked().host()
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        shown = await press(app, pilot)
        assert "Anna" not in shown
        assert "701" not in shown
        assert "Anna" not in str(app.screen.title)
        await pilot.resize_terminal(100, 40)
        assert "Anna" not in await press(app, pilot)


async def test_a_toast_does_not_show_above_the_lock() -> None:
    app = Locked().host()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.notify("Booked Anna Kim", markup=False)
        assert "Anna" not in await press(app, pilot)


async def test_no_key_of_the_app_works_and_the_palette_stays_closed() -> None:
    app = Locked().host()
    async with app.run_test(size=SMALL) as pilot:
        with still_locked(app):
            shown = await press(app, pilot, "f2", "ctrl+n", "ctrl+p", "ctrl+q", "ctrl+c", "escape", "escape", "tab")
        assert app.noted == 0
        assert app.is_running
        assert "Locked" in shown
        await press(app, pilot, *PIN, "enter")
        await press(app, pilot, "f2")
        assert (app.answer, app.noted) == (True, 1)


async def test_the_pin_opens_it_once_and_is_never_shown() -> None:
    app = Locked().host()
    async with app.run_test(size=SMALL) as pilot:
        assert PIN not in await press(app, pilot, *PIN)
        await press(app, pilot, "enter", "enter", "escape")
        assert app.answer is True
        assert isinstance(app.screen, Below)


async def test_a_wrong_pin_says_so_and_the_third_costs_a_pause() -> None:
    lock = Locked()
    app = lock.host()
    async with app.run_test(size=SMALL) as pilot:
        with still_locked(app):
            assert "! That is not the PIN." in await press(app, pilot, *"0000", "enter")
            await press(app, pilot, *"0001", "enter")
            assert "Wait 2 s." in await press(app, pilot, *"0002", "enter")
            assert "Wait 2 s, then type the PIN." in await press(app, pilot, *PIN, "enter")
        lock.clock.advance(seconds=2)
        await press(app, pilot, *PIN, "enter")
        assert app.answer is True


async def test_an_empty_line_is_no_attempt() -> None:
    lock = Locked()
    app = lock.host()
    async with app.run_test(size=SMALL) as pilot:
        with still_locked(app):
            assert "not the PIN" not in await press(app, pilot, *["enter"] * 5)


async def test_what_is_typed_cannot_be_copied_out() -> None:
    app = Locked().host()
    async with app.run_test(size=SMALL) as pilot:
        await press(app, pilot, *PIN, "shift+home", "ctrl+c", "ctrl+x")
        assert app.clipboard == ""
        assert app.screen.query_one(PinInput).value == ""


async def test_a_pasted_page_neither_opens_nor_breaks_it() -> None:
    app = Locked().host()
    async with app.run_test(size=SMALL) as pilot:
        with still_locked(app):
            app.post_message(Paste("line [/x]\n" * 500))
            assert "That is not the PIN" in await press(app, pilot, "enter")


async def test_it_can_be_opened_after_the_window_was_too_small() -> None:
    app = Locked().host()
    async with app.run_test(size=(40, 10)) as pilot:
        assert "Too small" in await press(app, pilot)
        await pilot.resize_terminal(80, 24)
        await press(app, pilot)
        await press(app, pilot, *PIN, "enter")
        assert app.answer is True


# ------------------------------------------------------------------------------------------------------------ a new PIN


@pytest.mark.parametrize("pin_hash", ["", "scrypt1$broken", "x" * 80])
async def test_without_a_pin_a_new_one_is_set_twice_and_locks(pin_hash: str) -> None:
    lock = Locked(pin_hash)
    app = lock.host()
    async with app.run_test(size=SMALL) as pilot:
        assert "Choose a PIN" in await press(app, pilot)
        assert "The same again" in await press(app, pilot, *PIN, "enter")
        with still_locked(app):
            assert "Locked. The PIN is set." in await press(app, pilot, *PIN, "enter")
        (text,) = lock.kept
        kept = read_pin_hash(text)
        assert kept is not None
        assert opens(SecretStr(PIN), kept)
        assert PIN not in text
        await press(app, pilot, *PIN, "enter")
        assert app.answer is True


async def test_a_burst_sets_the_pin_as_typed_slowly() -> None:
    lock = Locked("")
    app = lock.host()
    async with app.run_test(size=SMALL) as pilot:
        await press(app, pilot)
        for key in (*PIN, "enter", *PIN, "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        assert "Locked. The PIN is set." in await press(app, pilot)
        assert len(lock.kept) == 1


async def test_two_different_pins_begin_anew() -> None:
    lock = Locked("")
    app = lock.host()
    async with app.run_test(size=SMALL) as pilot:
        shown = await press(app, pilot, *PIN, "enter", *"4072", "enter")
        assert "The two were not the same" in shown
        assert step_of(app) is LockStep.CHOOSE
        assert lock.kept == []


@pytest.mark.parametrize("weak", ["", "12", "1111", "1234"])
async def test_a_weak_pin_is_refused_in_words(weak: str) -> None:
    lock = Locked("")
    app = lock.host()
    async with app.run_test(size=SMALL) as pilot:
        assert "! " in await press(app, pilot, *weak, "enter")
        assert step_of(app) is LockStep.CHOOSE


async def test_esc_goes_back_a_step_and_then_leaves_without_a_lock() -> None:
    lock = Locked("")
    app = lock.host()
    async with app.run_test(size=SMALL) as pilot:
        await press(app, pilot, *PIN, "enter", "escape")
        assert step_of(app) is LockStep.CHOOSE
        await press(app, pilot, "escape", "escape")
        assert app.answer is False
        assert lock.kept == []


@pytest.mark.parametrize("trouble", [OSError("no space"), SettingsError("broken")])
async def test_a_pin_that_cannot_be_written_holds_for_this_run_and_that_is_said(trouble: Exception) -> None:
    app = Locked("", trouble=trouble).host()
    async with app.run_test(size=SMALL) as pilot:
        with still_locked(app):
            assert "holds for this run" in await press(app, pilot, *PIN, "enter", *PIN, "enter")
        await press(app, pilot, *PIN, "enter")
        assert app.answer is True


# ------------------------------------------------------------------------------------------ what happens below the lock


class Question(ModalScreen[str]):
    """Something that comes up by itself, with a name in it."""

    @override
    def compose(self) -> "ComposeResult":
        yield Static("Book Anna Kim?", markup=False)


class GuardedHost(LockGuard[None]):
    """A form, and a lock above it."""

    def __init__(self, lock: Locked) -> None:
        super().__init__()
        self._lock = lock
        self.form = Below()
        self.answers: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(self.form, lambda result: self.answers.append(("form", result)))
        self.push_screen(LockScreen(KEPT, clock=self._lock.clock, keep=self._lock.keep), self.answers.append)

    def text(self) -> str:
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def settle(app: GuardedHost, pilot: "Pilot[None]", *keys: str) -> str:
    await pilot.press(*keys)
    await pilot.pause()
    checking = [worker for worker in app.workers if worker.group == "lock"]
    if checking:  # for an empty list all workers would be waited for
        await app.workers.wait_for_complete(checking)
    await pilot.pause()
    return app.text()


async def test_a_form_that_ends_below_the_lock_does_not_open_it() -> None:
    app = GuardedHost(Locked())
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        app.form.dismiss(None)
        assert "Anna" not in await settle(app, pilot)
        assert app.is_locked
        assert app.answers == [("form", None)]
        await settle(app, pilot, *PIN, "enter")
        assert app.answers == [("form", None), True]
        assert not isinstance(app.screen, LockScreen)
        assert app.form not in app.screen_stack


async def test_a_question_that_comes_up_waits_below_the_lock() -> None:
    app = GuardedHost(Locked())
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        app.push_screen(Question())
        assert "Anna" not in await settle(app, pilot, "a", "backspace")
        assert app.is_locked
        assert "Book Anna Kim?" in await settle(app, pilot, *PIN, "enter")
        assert isinstance(app.screen, Question)


async def test_a_worker_that_asks_below_the_lock_gets_its_answer_once_it_is_open() -> None:
    app = GuardedHost(Locked())
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)

        async def ask() -> None:
            answer: str = await app.push_screen_wait(Question())
            app.answers.append(answer)

        app.run_worker(ask(), group="asking")
        await settle(app, pilot)
        assert app.is_locked
        await settle(app, pilot, *PIN, "enter")
        app.screen.dismiss("yes")
        await settle(app, pilot)
        assert app.answers == [True, "yes"]


async def test_a_write_under_way_goes_on_below_the_lock() -> None:
    app = GuardedHost(Locked())
    writes, gate = WriteDesk(), asyncio.Event()
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        write = writes.start("book Anna Kim", gate.wait)
        gate.set()
        assert await write.wait()
        assert app.is_locked
