"""Settings: a change holds at once, is written to the file, and a broken file is never lost silently."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.screens.hosts import Host
from tui_app.screens.settings import SettingsScreen
from tui_app.screens.settings.rows import setting_rows
from tui_app.settings import Problem, Settings, load_settings, save_settings

if TYPE_CHECKING:
    from textual.pilot import Pilot

SMALL = (60, 16)


@dataclass
class Desk:
    """The settings screen over a file, and what the program was told."""

    path: Path
    problems: tuple[Problem, ...] = ()
    applied: list[Settings] = field(default_factory=list)

    def host(self) -> Host:
        return Host(
            lambda: SettingsScreen(
                load_settings(self.path).settings,
                path=str(self.path),
                apply=self.applied.append,
                save=partial(save_settings, path=self.path),
                themes=("textual-dark", "nord"),
                problems=self.problems,
            )
        )

    @property
    def saved(self) -> Settings:
        return load_settings(self.path).settings


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "config" / "settings.toml")


async def press(app: Host, pilot: "Pilot[None]", *keys: str) -> str:
    await pilot.press(*keys)
    await app.workers.wait_for_complete()
    await pilot.pause()
    return " ".join(app.text().replace("│", " ").split())


async def test_a_typed_value_holds_at_once_and_is_saved(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        shown = await press(app, pilot, "enter", "backspace", "backspace", *"45", "enter")
        assert "45 s" in shown
        assert "Saved." in shown
        assert desk.applied == [Settings(refresh_seconds=45)]
        await press(app, pilot, "escape")
        assert app.answer == Settings(refresh_seconds=45)
    assert desk.saved == Settings(refresh_seconds=45)


@pytest.mark.parametrize("typed", ["4", "9999", "x", "-20", "٢٠", ""])
async def test_a_value_out_of_bounds_is_asked_again(desk: Desk, typed: str) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        shown = await press(app, pilot, "enter", "backspace", "backspace", *typed, "enter")
        assert "whole number" in shown
    assert not desk.applied


async def test_a_yes_or_no_turns_by_one_key_and_back_by_another(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        await press(app, pilot, "down", "enter")
        assert desk.saved.show_cancelled
        await press(app, pilot, "enter")
        assert not desk.saved.show_cancelled


async def test_one_of_several_is_chosen_from_a_list(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        shown = await press(app, pilot, "down", "down", "enter", *"nord", "enter")
        assert "nord" in shown
    assert desk.saved.theme == "nord"
    assert desk.applied[-1].theme == "nord"


async def test_an_empty_region_means_that_of_the_location(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        assert "KZ" in await press(app, pilot, "down", "down", "down", "enter", *"kz", "enter")
        assert desk.saved.phone_region == "KZ"
        assert "the location's" in await press(app, pilot, "enter", "backspace", "backspace", "enter")
    assert desk.saved.phone_region is None


@pytest.mark.parametrize(
    ("setting", "typed", "value"), [("colours", "16", "16"), ("mouse", "off", "off"), ("driver", "stock", "stock")]
)
async def test_what_the_program_decides_by_the_terminal_can_be_decided_here(
    desk: Desk, setting: str, typed: str, value: str
) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        place = [row.key for row in setting_rows(())].index(setting)
        assert "From the next start" in await press(app, pilot, *["down"] * place)
        assert "Saved." in await press(app, pilot, "enter", *typed, "enter")
    assert getattr(desk.saved, setting) == value


async def test_every_setting_can_be_reached_on_a_small_screen(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        for row in setting_rows(()):
            assert f"▸   {row.label}" in app.text()
            await press(app, pilot, "down")
        assert "Esc back" in app.text()


async def test_several_changes_in_one_burst_are_all_kept(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        await press(app, pilot, "down", "enter", "enter", "enter", "enter", "enter")
    assert desk.saved.show_cancelled
    assert len(desk.applied) == 5


async def test_the_path_and_what_could_not_be_read_are_shown(desk: Desk) -> None:
    desk.problems = (Problem("theme", "a theme is `auto` or the name of one"),)
    app = desk.host()
    async with app.run_test(size=(160, 48)) as pilot:
        shown = await press(app, pilot)
        assert str(desk.path) in shown
        assert "! theme: a theme is `auto`" in shown


async def test_a_broken_file_is_replaced_only_when_asked_and_kept_beside(desk: Desk) -> None:
    desk.path.parent.mkdir(parents=True)
    desk.path.write_text("not [toml")
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        shown = await press(app, pilot, "down", "enter")
        assert "Replace the broken settings file?" in shown
        await press(app, pilot, "enter")
        assert desk.path.read_text() == "not [toml"
        assert desk.applied[-1].show_cancelled
        await press(app, pilot, "enter")
        shown = await press(app, pilot, "y")
        assert "Saved" in shown
    assert desk.path.with_name("settings.toml.bak").read_text() == "not [toml"
    assert desk.saved == Settings()


async def test_a_folder_that_cannot_be_written_is_said_and_the_change_holds(desk: Desk) -> None:
    desk.path.parent.parent.joinpath("config").write_text("a file stands where the folder should be")
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        shown = await press(app, pilot, "down", "enter")
        assert "It holds for this run" in shown
        assert desk.applied[-1].show_cancelled


async def test_a_setting_can_be_clicked(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.click("ChoiceList", offset=(3, 1))
        await press(app, pilot)
        assert desk.saved.show_cancelled


HASH = "salt-and-digest"


async def test_the_idle_limit_is_typed_in_minutes_or_switched_off(desk: Desk) -> None:
    app = desk.host()
    async with app.run_test(size=SMALL) as pilot:
        shown = await press(app, pilot, *["down"] * 6, "enter", "backspace", *"15", "enter")
        assert "15 minutes" in shown
        assert desk.saved.idle_minutes == 15
        assert "off" in await press(app, pilot, "enter", "backspace", "backspace", *"off", "enter")
    assert desk.saved.idle_minutes == 0


async def test_the_pin_can_be_forgotten_and_its_hash_is_never_shown(desk: Desk) -> None:
    save_settings(Settings(pin_hash=HASH), desk.path)
    app = desk.host()
    async with app.run_test(size=(160, 48)) as pilot:
        shown = await press(app, pilot, *["down"] * 7)
        assert "PIN of the lock set" in shown
        shown += await press(app, pilot, "enter")
        assert "the next lock asks for a new one" in shown
        shown += await press(app, pilot, "escape")
        assert desk.saved.pin_hash == HASH
        shown += await press(app, pilot, "enter", "enter")
        assert "PIN of the lock none" in shown
    assert desk.saved.pin_hash == ""
    assert HASH not in shown
