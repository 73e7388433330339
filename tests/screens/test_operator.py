"""Who is at the desk: asked where the settings say so, named in the header, kept with every write."""

from tests.support.program import press, running, screen_text, settled, type_line
from tests.support.sandbox import Clock, opened
from tui_app.settings import Settings


async def test_a_start_asks_where_the_settings_say_so_and_every_write_keeps_it() -> None:
    settings = Settings(refresh_seconds=3_600, ask_operator=True)
    with opened(clock=Clock()) as sandbox:
        async with running(sandbox, clock=Clock(), settings=settings) as (app, pilot):
            await press(pilot, "a", "k", "enter")
            await settled(pilot)
            assert "AK  DEMO" in screen_text(app)
            sandbox.faults.drop(handled=False, method="POST", path="/records")
            await type_line(pilot, "w Anna Visitor")
            assert [row.operator for row in app.uncertain] == ["AK"]


async def test_it_is_asked_by_the_palette_and_esc_changes_nothing() -> None:
    with opened(clock=Clock()) as sandbox:
        async with running(sandbox, clock=Clock()) as (app, pilot):
            app.schedule.perform("operator")
            await press(pilot, "b", "enter")
            app.schedule.perform("operator")
            await press(pilot, "x", "escape")
            assert app.operator == "B"
