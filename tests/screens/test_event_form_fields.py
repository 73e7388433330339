"""The fields of a form, on their own: keys in order, lists that never guess, text that is never markup."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Self

import pytest
from textual.geometry import Region
from typing_extensions import override

from tests.screens.form_bench import Bench, FormHost, Shown
from tui_app.desk.writes import WriteDesk
from tui_app.widgets.choices import Choice, narrow
from tui_app.widgets.color_field import ColorField, color_code
from tui_app.widgets.fields import Field, TextField
from tui_app.widgets.form import FormScreen
from tui_app.widgets.note_field import NoteField
from tui_app.widgets.pick_fields import PickField, TickField

SERVICES = [Choice(n, title) for n, title in enumerate(["Hatha", "[b]Yin[/b]", "Yin & Yang", "Йога", "[/x]"])]
ROOMS = [Choice(n, f"Room {n}") for n in range(20)]


class Fields(FormScreen[None]):
    @override
    def build(self) -> Iterable[Field]:
        yield PickField[int]("service", "Service", SERVICES, required=True, unknown="service {}".format)
        yield TextField("name", "Name")
        yield TickField[int]("rooms", "Rooms", ROOMS, unknown="resource {}".format)
        yield ColorField("color", "Colour")
        yield NoteField("note", "Note", 20)
        yield TextField("last", "Last [/x]")

    @override
    def held(self) -> tuple[Any, ...]:
        return tuple(field.get_value() for field in self.fields.values())


class Counting(Fields):
    """Counts what costs a whole screen of bytes over a slow link."""

    whole = 0
    layouts = 0

    @override
    def refresh(self, *regions: Region, **how: bool) -> Self:
        self.whole += not regions
        self.layouts += how.get("layout", False)
        return super().refresh(*regions, **how)


@asynccontextmanager
async def showing_fields(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Shown]:
    form = Fields(WriteDesk())
    app = FormHost(form)
    async with app.run_test(size=size) as pilot:
        shown = Shown(NO_BENCH, app, pilot, form)
        await shown.ready()
        await shown.burst()
        yield shown


NO_BENCH: Bench = None  # type: ignore[assignment]  # these fields need no server


@pytest.fixture
async def shown() -> AsyncIterator[Shown]:
    async with showing_fields() as opened:
        yield opened


async def test_one_burst_goes_through_several_fields_in_order(shown: Shown) -> None:
    await shown.burst(*"hat", "enter", *"Anx", "backspace", *"na", "tab", "tab", *"teal", "enter", *"hi")
    assert [shown.field(key).get_value() for key in ("service", "name", "color", "note")] == [
        0,
        "Anna",
        "#00897b",
        "hi",
    ]


async def test_typing_filters_and_enter_takes_the_marked_line(shown: Shown) -> None:
    await shown.press(*"yin", "down", "enter")
    assert shown.field("service").get_value() == 1
    assert shown.form.field_of(shown.form.focused or shown.form) is shown.field("name")


async def test_enter_twice_on_an_empty_list_chooses_nothing(shown: Shown) -> None:
    await shown.press("enter")
    assert "Yin & Yang" in shown.text()
    await shown.press("enter")
    assert shown.field("service").get_value() is None


async def test_text_that_fits_nothing_stays_and_is_said(shown: Shown) -> None:
    await shown.press(*"zzz", "enter")
    assert "Nothing fits «zzz»" in shown.field("service").problem
    assert shown.form.field_of(shown.form.focused or shown.form) is shown.field("service")


async def test_esc_closes_the_list_and_gives_the_choice_back(shown: Shown) -> None:
    shown.field("service").set_value(0)
    await shown.press(*"yin", "escape")
    assert shown.field("service").get_value() == 0
    assert "Hatha" in shown.text()
    assert not shown.app.results


async def test_tab_with_a_typed_filter_takes_the_marked_line(shown: Shown) -> None:
    await shown.press(*"hat", "tab")
    assert shown.field("service").get_value() == 0


async def test_a_choice_that_the_list_does_not_hold_is_kept_by_its_number(shown: Shown) -> None:
    shown.field("service").set_value(77)
    await shown.press("tab")
    assert shown.field("service").get_value() == 77
    assert "service 77" in shown.text()


async def test_a_cyrillic_layout_finds_latin_titles() -> None:
    assert [choice.label for choice in narrow(SERVICES, "рферф")] == ["Hatha"]
    assert [choice.label for choice in narrow(SERVICES, "qjuf")] == ["Йога"]


async def test_what_begins_with_the_text_comes_first() -> None:
    titles = [Choice(1, "Slow flow"), Choice(2, "Morning yoga"), Choice(3, "Flow"), Choice(4, "Flow basics")]
    assert [choice.key for choice in narrow(titles, "flow")] == [3, 4, 1]


async def test_enter_ticks_and_the_next_enter_goes_on(shown: Shown) -> None:
    shown.field("rooms").take_focus()
    await shown.press("down")
    assert "Enter ticks" in shown.text()
    await shown.press("down", "enter", "down", "enter")
    assert shown.field("rooms").get_value() == (0, 1)
    await shown.press("enter")
    assert shown.field("rooms").get_value() == (0, 1)
    assert shown.form.field_of(shown.form.focused or shown.form) is shown.field("color")


async def test_a_ticked_line_can_be_unticked_though_the_list_does_not_hold_it(shown: Shown) -> None:
    shown.field("rooms").set_value((3, 999))
    shown.field("rooms").take_focus()
    await shown.press(*"999", "enter")
    assert shown.field("rooms").get_value() == (3,)


async def test_erasing_the_line_of_a_tick_field_unticks_nothing(shown: Shown) -> None:
    shown.field("rooms").set_value((3, 4))
    shown.field("rooms").take_focus()
    await shown.press("backspace", "tab")
    assert shown.field("rooms").get_value() == (3, 4)
    assert "Room 3, Room 4" in shown.text()


@pytest.mark.parametrize(("typed", "code"), [("Teal", "#00897b"), ("#AABBCC", "#aabbcc"), ("reddish", "reddish")])
async def test_a_colour_is_a_name_of_the_palette_or_a_code(typed: str, code: str) -> None:
    assert color_code(typed) == code


async def test_the_palette_opens_with_down(shown: Shown) -> None:
    shown.field("color").take_focus()
    await shown.press("down", "down", "down", "enter")
    assert shown.field("color").get_value() == "#fb8c00"
    assert shown.field("color").note.startswith("orange")


async def test_a_pasted_page_becomes_one_line_and_is_cut_to_bounds(shown: Shown) -> None:
    await shown.paste("name", "Anna\r\nKim\x1b[31m\t" + "x" * 5000)
    value = shown.field("name").get_value()
    assert value.startswith("Anna Kim")
    assert len(value) == 400


async def test_a_pasted_page_in_a_note_is_counted_not_cut(shown: Shown) -> None:
    await shown.paste("note", "one\r\ntwo\n" + "x" * 20)
    assert shown.field("note").get_value() == "one\ntwo\n" + "x" * 20
    assert shown.field("note").problem == "28/20: 8 too many"


async def test_enter_leaves_a_note_and_ctrl_j_begins_a_line(shown: Shown) -> None:
    shown.field("note").take_focus()
    await shown.press("a", "ctrl+j", "b", "enter")
    assert shown.field("note").get_value() == "a\nb"
    assert shown.form.field_of(shown.form.focused or shown.form) is shown.field("last")


async def test_a_list_at_the_lower_edge_opens_upwards_and_leaves_its_line_free() -> None:
    async with showing_fields((60, 16)) as shown:
        field = shown.field("rooms")
        field.take_focus()
        await shown.press("down")
        menu = field.query_one("ChoiceMenu")
        assert not menu.region.overlaps(field.query_one(".field-line").region)
        assert shown.form.region.contains_region(menu.region)


async def test_a_click_on_a_line_of_the_list_chooses_it(shown: Shown) -> None:
    await shown.press("down")
    await shown.pilot.click("ChoiceMenu.-open", offset=(5, 2))
    await shown.burst()
    assert shown.field("service").get_value() == 1


async def test_problems_labels_and_choices_are_never_markup(shown: Shown) -> None:
    shown.form.show_problems({"name": "[/x] [red]bad", "": "at the [/top]"})
    await shown.press("down")
    for words in ("[/x] [red]bad", "at the [/top]", "Last [/x]"):
        assert words in shown.text()


async def test_typing_and_moving_paint_no_more_than_their_own_lines() -> None:
    form = Counting(WriteDesk())
    app = FormHost(form)
    async with app.run_test() as pilot:
        shown = Shown(NO_BENCH, app, pilot, form)
        await shown.ready()
        await shown.press("tab", *"warm up", "tab", "tab")
        form.whole = form.layouts = 0
        await shown.press("shift+tab", "shift+tab", *"Anna", "tab", "tab", "tab", *"note")
        assert (form.whole, form.layouts) == (0, 0)
