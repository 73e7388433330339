"""The form of a booking that exists: places, comment and tags change, the rest stays."""

from collections.abc import AsyncIterator

import pytest

from tests.screens.form_bench import Bench, bench, showing
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.resources import Booking, Event
from tui_app.desk.drafts.model import BookingChange
from tui_app.screens.booking_form import BookingEditScreen, BookingFormResult
from tui_app.screens.booking_form.edit import problems_of
from tui_app.widgets.dialogs import ConfirmDialog
from tui_app.widgets.form import FormState


@pytest.fixture
async def desk() -> AsyncIterator[Bench]:
    async with bench("events") as opened:
        yield opened


def editing(desk: Bench, event: Event, booking: Booking) -> BookingEditScreen:
    return BookingEditScreen(desk.desk, desk.writes, event.id, booking)


async def some(desk: Bench) -> tuple[Event, Booking]:
    """A booking in an event with free places."""
    event = await desk.event(lambda event: (event.free or 0) >= 3 and bool(event.taken))
    return event, (await desk.bookings(event))[0]


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_places_alone_are_changed(dialect: Spoken) -> None:
    async with bench(dialect) as desk:
        event, booking = await some(desk)
        async with showing(desk, editing(desk, event, booking)) as shown:
            await shown.type("places", str(booking.places + 1))
            await shown.press("f8")
            await shown.until(lambda: shown.app.results)
            assert shown.app.results == [BookingFormResult(event.id, booking.id)]
            [now] = [one for one in await desk.bookings(event) if one.id == booking.id]
            assert now.places == booking.places + 1
            assert (now.comment, now.tag_ids, now.client_id) == (booking.comment, booking.tag_ids, booking.client_id)


async def test_tags_are_added_to_those_it_has(desk: Bench) -> None:
    event, booking = await some(desk)
    async with showing(desk, editing(desk, event, booking)) as shown:
        await shown.type("tag_ids", "needs a mat")
        await shown.press("enter", "f8")
        await shown.until(lambda: shown.app.results)
        [body] = shown.sent("PUT")
        assert set(booking.tag_ids or ()) < set(body["label_ids"])
        assert body["clients_count"] == booking.places


async def test_where_tags_cannot_be_changed_the_field_is_locked_and_says_so() -> None:
    async with bench("activities") as desk:
        event, booking = await some(desk)
        async with showing(desk, editing(desk, event, booking)) as shown:
            assert shown.field("tag_ids").locked
            assert "cannot be changed" in shown.field("tag_ids").note


async def test_more_places_than_there_are_is_said_before_sending(desk: Bench) -> None:
    event, booking = await some(desk)
    async with showing(desk, editing(desk, event, booking)) as shown:
        await shown.type("places", "99")
        await shown.save()
        assert "places are there" in shown.field("places").problem
        assert not shown.sent("PUT")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        (BookingChange("3", "", ()), set()),
        (BookingChange("4", "", ()), {"places"}),
        (BookingChange("0", "", ()), {"places"}),
        (BookingChange("", "", ()), {"places"}),
        (BookingChange("1", "x" * 256, ()), {"comment"}),
    ],
)
async def test_the_places_of_the_booking_itself_count_as_free(changes: BookingChange, wrong: set[str]) -> None:
    assert set(problems_of(changes, free=1, places=2)) == wrong


async def test_an_untouched_form_sends_nothing_and_leaves_without_asking(desk: Bench) -> None:
    event, booking = await some(desk)
    async with showing(desk, editing(desk, event, booking)) as shown:
        await shown.save()
        assert "Nothing has been changed" in shown.text()
        assert not shown.sent("PUT")
        await shown.press("escape")
        await shown.until(lambda: shown.app.results == [None])


async def test_a_changed_form_asks_before_it_is_left(desk: Bench) -> None:
    event, booking = await some(desk)
    async with showing(desk, editing(desk, event, booking)) as shown:
        await shown.type("comment", "late")
        await shown.press("escape")
        assert isinstance(shown.app.screen, ConfirmDialog)


async def test_a_booking_that_cannot_be_edited_says_why(desk: Bench) -> None:
    event, booking = await some(desk)
    await desk.desk.api.bookings.cancel(desk.desk.location.id, booking.id)
    async with showing(desk, editing(desk, event, booking)) as shown:
        assert "!" in shown.text().splitlines()[1]
        await shown.press("f8")
        assert not shown.sent("PUT")


async def test_a_lost_answer_is_found_by_looking(desk: Bench) -> None:
    event, booking = await some(desk)
    async with showing(desk, editing(desk, event, booking)) as shown:
        shown.sandbox.faults.drop(handled=True, method="PUT")
        await shown.type("comment", "[late]")
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)
        assert len(shown.sent("PUT")) == 1


async def test_a_viewer_sees_the_booking_but_cannot_change_it() -> None:
    async with bench("events", role="viewer") as desk:
        event, booking = await some(desk)
        async with showing(desk, editing(desk, event, booking)) as shown:
            assert shown.form.state is FormState.SHOWING
            assert shown.field("places").get_value() == str(booking.places)
