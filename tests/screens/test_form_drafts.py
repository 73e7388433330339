"""What is typed into a form outlives it: kept, brought back, merged against what it had begun from, wiped when sent."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.screens.form_bench import Bench, Shown, bench, showing
from tests.screens.test_booking_form import fill_new, find, roomy, stranger
from tests.screens.test_event_form import TODAY, meant
from tui_app.desk.drafts import Draft, DraftDesk, Place, drafts_in_memory
from tui_app.desk.drafts.form import FormDrafts
from tui_app.screens.booking_form import BookingEditScreen, BookingFormScreen
from tui_app.screens.event_form import CreateSubject, EditSubject, EventFormScreen, subject_of
from tui_app.widgets import kept_form
from tui_app.widgets.dialogs import ConfirmDialog, MergeDialog
from tui_app.widgets.form import FormState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tui_app.altegio.resources import Booking, Event
    from tui_app.desk.booking import CheckedBooking

HERE = Place("test", 1)


@pytest.fixture
async def desk() -> AsyncIterator[Bench]:
    async with bench() as opened:
        yield opened


@pytest.fixture
async def drafts(desk: Bench) -> AsyncIterator[DraftDesk]:
    kept = drafts_in_memory(desk.clock)
    yield kept
    await kept.close()


def fresh(desk: Bench, drafts: DraftDesk) -> FormDrafts:
    """For a form that is opened anew."""
    return FormDrafts(drafts, HERE, desk.desk.clock)


async def taken(desk: Bench, drafts: DraftDesk, draft: Draft) -> FormDrafts:
    """For a form that goes on with a draft."""
    return FormDrafts(drafts, HERE, desk.desk.clock, draft, await drafts.take(draft))


def booking(desk: Bench, event: Event, drafts: FormDrafts) -> BookingFormScreen:
    return BookingFormScreen(desk.desk, desk.writes, event.id, rest_s=0.001, drafts=drafts)


def editing(desk: Bench, event: Event, drafts: FormDrafts) -> EventFormScreen:
    return EventFormScreen(desk.desk, desk.writes, EditSubject(event.id), drafts=drafts)


async def left(shown: Shown, drafts: DraftDesk) -> Draft:
    """The draft of a form whose program ends here: kept, and held by nobody."""
    shown.form.keep_now()
    await drafts.settled()
    assert shown.form._drafts is not None
    shown.form._drafts.leave(sent=shown.form._on_its_way)
    (draft,) = await drafts.offered(HERE)
    return draft


async def all_drafts(drafts: DraftDesk) -> tuple[Draft, ...]:
    """The drafts that there are, those of open forms too."""
    await drafts.settled()
    return (await drafts._look()).drafts


async def kept(drafts: DraftDesk) -> int:
    return len(await all_drafts(drafts))


# ------------------------------------------------------------ when it is kept


async def test_a_form_is_kept_once_the_hand_rests(
    desk: Bench, drafts: DraftDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_form, "REST", 0.01)
    form = booking(desk, await roomy(desk), fresh(desk, drafts))
    async with showing(desk, form) as shown:
        assert await kept(drafts) == 0
        await shown.type("visitor_name", "Maria")
        await shown.until(lambda: not form._draft_rests.waits("draft"))
        assert await kept(drafts) == 1


async def test_what_stands_in_a_field_without_being_chosen_is_kept_too(
    desk: Bench, drafts: DraftDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_form, "REST", 0.01)
    event = await roomy(desk)
    form = booking(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("client_id", "zoe qu")
        await shown.until(lambda: not form._draft_rests.waits("draft"))
        draft = await left(shown, drafts)
    again = booking(desk, event, await taken(desk, drafts, draft))
    async with showing(desk, again) as shown:
        assert again._client.typed == "zoe qu"


async def test_an_opened_form_in_which_nothing_was_typed_leaves_nothing(desk: Bench, drafts: DraftDesk) -> None:
    form = editing(desk, await desk.event(), fresh(desk, drafts))
    async with showing(desk, form) as shown:
        form.keep_now()
        await shown.type("capacity", "99")
        form.keep_now()
        assert await kept(drafts) == 1
        await shown.type("capacity", str(form._filled.capacity))
        form.keep_now()
        assert await kept(drafts) == 0


async def test_an_error_keeps_the_form_at_once(desk: Bench, drafts: DraftDesk) -> None:
    form = booking(desk, await roomy(desk), fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("visitor_name", "Maria")
        desk.sandbox.faults.answer(401, {"success": False, "data": None, "meta": {"message": "no"}}, method="POST")
        await shown.save()
        assert form.state is FormState.READY
        (draft,) = await all_drafts(drafts)
        assert not draft.content.sent


# ------------------------------------------------------------ when it goes


async def test_what_was_sent_is_wiped(desk: Bench, drafts: DraftDesk) -> None:
    form = booking(desk, await roomy(desk), fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("visitor_name", "Maria")
        form.keep_now()
        assert await kept(drafts) == 1
        await shown.save()
        await shown.until(lambda: shown.app.results)
        assert await kept(drafts) == 0


async def test_leaving_on_purpose_wipes_it_after_asking(desk: Bench, drafts: DraftDesk) -> None:
    form = booking(desk, await roomy(desk), fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("visitor_name", "Maria")
        form.keep_now()
        await shown.press("escape")
        await shown.until(lambda: isinstance(shown.app.screen, ConfirmDialog))
        assert await kept(drafts) == 1
        await shown.press("y")
        await shown.until(lambda: shown.app.results)
        assert await kept(drafts) == 0


@pytest.fixture
def gate(desk: Bench, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """A booking is not sent before this is set."""
    opened, send = asyncio.Event(), desk.desk.booking.book

    async def held(event_id: int, checked: CheckedBooking) -> Booking:
        await opened.wait()
        return await send(event_id, checked)

    monkeypatch.setattr(desk.desk.booking, "book", held)
    return opened


async def test_a_form_that_is_left_while_it_is_sent_is_wiped_by_the_good_end_alone(
    desk: Bench, drafts: DraftDesk, gate: asyncio.Event
) -> None:
    told: list[str] = []
    drafts.tell = told.append
    form = booking(desk, await roomy(desk), fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("visitor_name", "Maria")
        desk.sandbox.faults.answer(409, "{}", method="POST")
        await shown.press("f8")
        await shown.until(lambda: desk.writes.under_way)
        await shown.press("escape")
        await shown.until(lambda: isinstance(shown.app.screen, ConfirmDialog))
        await shown.press("y")
        await shown.until(lambda: shown.app.results)
        assert await drafts.offered(HERE) == ()
        gate.set()
        await desk.writes.drain(30)
        (draft,) = await drafts.offered(HERE)
        assert not draft.content.sent
        assert told == ["What you typed is kept: drafts⏎ opens it."]


async def test_what_is_on_its_way_says_so(desk: Bench, drafts: DraftDesk, gate: asyncio.Event) -> None:
    form = booking(desk, await roomy(desk), fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("visitor_name", "Maria")
        await shown.press("f8")
        await shown.until(lambda: desk.writes.under_way)
        (draft,) = await all_drafts(drafts)
        assert draft.content.sent
        gate.set()
        await desk.writes.drain(30)
        assert await kept(drafts) == 0


# ------------------------------------------------------------ how it comes back


async def test_a_new_client_comes_back_field_by_field(desk: Bench, drafts: DraftDesk) -> None:
    event = await roomy(desk)
    form = booking(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await fill_new(shown)
        await shown.type("places", "2")
        before = form.held()
        draft = await left(shown, drafts)
    again = booking(desk, event, await taken(desk, drafts, draft))
    async with showing(desk, again, size=(60, 16)) as shown:
        assert again.held() == before
        assert "typed at 12:00 and not sent. F8 sends it." in " ".join(shown.text().split())
        assert again.changed
        await shown.save()
        await shown.until(lambda: shown.app.results)
        assert await kept(drafts) == 0


async def test_custom_values_wait_for_their_fields(desk: Bench, drafts: DraftDesk) -> None:
    event = await roomy(desk)
    form = booking(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await fill_new(shown)
        draft = await left(shown, drafts)
    async with bench() as other:  # whose reference data is not read yet
        other_event = await roomy(other)
        work = replace(draft.content.work, event_id=other_event.id)
        moved = replace(draft, content=replace(draft.content, work=work))
        again = booking(other, other_event, await taken(other, drafts, moved))
        async with showing(other, again) as shown:
            assert shown.field("custom:health").get_value() == "none"


async def test_a_chosen_client_comes_back_and_is_booked(desk: Bench, drafts: DraftDesk) -> None:
    event = await roomy(desk)
    hit = await stranger(desk, event)
    form = booking(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await find(shown, hit)
        draft = await left(shown, drafts)
        assert hit.name in draft.content.words
    again = booking(desk, event, await taken(desk, drafts, draft))
    async with showing(desk, again) as shown:
        assert again._client.value == hit
        await shown.save()
        await shown.until(lambda: shown.app.results)
    assert hit.id in {one.client_id for one in await desk.bookings(event)}


async def test_an_edit_that_comes_back_still_asks_about_a_clash(desk: Bench, drafts: DraftDesk) -> None:
    event = await desk.event()
    form = editing(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("comment", "mine")
        draft = await left(shown, drafts)
    await desk.desk.api.events.update(
        desk.desk.location.id, event.id, meant(event, comment="theirs", capacity=(event.capacity or 0) + 1)
    )
    work = draft.content.work
    assert work.kind == "event"
    again = EventFormScreen(desk.desk, desk.writes, subject_of(work), drafts=await taken(desk, drafts, draft))
    async with showing(desk, again) as shown:
        assert shown.field("comment").get_value() == "mine"
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, MergeDialog))
        assert "theirs" in shown.text()
        await shown.press("escape")
    assert (await desk.read(event)).comment == "theirs"


async def test_an_edit_that_comes_back_takes_over_what_others_changed(desk: Bench, drafts: DraftDesk) -> None:
    event = await desk.event()
    form = editing(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("comment", "mine")
        await shown.type("length_minutes", "5")
        draft = await left(shown, drafts)
    more = (event.capacity or 0) + 1
    await desk.desk.api.events.update(desk.desk.location.id, event.id, meant(event, capacity=more))
    work = draft.content.work
    assert work.kind == "event"
    again = EventFormScreen(desk.desk, desk.writes, subject_of(work), drafts=await taken(desk, drafts, draft))
    async with showing(desk, again) as shown:
        await shown.until(lambda: re.search(r"Length \* +5 +=", shown.text()))  # shown from its first character
        await shown.save()
        await shown.until(lambda: shown.app.results)
    read = await desk.read(event)
    assert (read.comment, read.capacity) == ("mine", more)


async def test_a_copy_of_an_event_comes_back_whole_and_its_day_means_the_same_tomorrow(
    desk: Bench, drafts: DraftDesk
) -> None:
    event = await desk.event()
    form = EventFormScreen(desk.desk, desk.writes, CreateSubject(TODAY, event), drafts=fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("date", "+1")
        before = form.held()
        draft = await left(shown, drafts)
    desk.clock.advance(hours=20)
    work = draft.content.work
    assert work.kind == "event"
    again = EventFormScreen(desk.desk, desk.writes, subject_of(work), drafts=await taken(desk, drafts, draft))
    async with showing(desk, again):
        assert again.held() == replace(before, date="Sat 28 Mar 2026")


async def one_booking(desk: Bench) -> tuple[Event, Booking]:
    event = await desk.event(lambda event: (event.free or 0) >= 3 and bool(event.taken))
    return event, next(one for one in await desk.bookings(event) if one.client_id is not None)


async def test_a_changed_booking_comes_back_and_is_merged_against_what_it_was(desk: Bench, drafts: DraftDesk) -> None:
    event, one = await one_booking(desk)
    form = BookingEditScreen(desk.desk, desk.writes, event.id, one, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("comment", "by the window")
        draft = await left(shown, drafts)
    edit = await desk.desk.booking.open_booking(event.id, one)
    await desk.desk.booking.save_booking(edit, places=one.places, comment="theirs", tag_ids=edit.tag_ids)
    again = BookingEditScreen(desk.desk, desk.writes, event.id, one, await taken(desk, drafts, draft))
    async with showing(desk, again) as shown:
        assert shown.field("comment").get_value() == "by the window"
        await shown.save()
        assert "Somebody else has changed the comment" in " ".join(shown.text().split())
        assert await kept(drafts) == 1


# ------------------------------------------------------------ a form of the same thing


async def test_a_form_of_the_same_event_offers_what_was_left_and_one_key_brings_it_back(
    desk: Bench, drafts: DraftDesk
) -> None:
    event = await desk.event()
    form = editing(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("comment", "mine")
        await left(shown, drafts)
    again = editing(desk, event, fresh(desk, drafts))
    async with showing(desk, again) as shown:
        assert "Ctrl+O brings back what was typed here at 12:00" in shown.text()
        assert shown.field("comment").get_value() != "mine"
        await shown.press("ctrl+o")
        await shown.until(lambda: shown.field("comment").get_value() == "mine")
        assert "F8 sends it" in shown.text()
        assert again._brought_back
        await shown.save()
        await shown.until(lambda: shown.app.results)
    assert await kept(drafts) == 0
    assert (await desk.read(event)).comment == "mine"


async def test_what_is_typed_here_is_not_given_up_for_what_was_left(desk: Bench, drafts: DraftDesk) -> None:
    event = await desk.event()
    form = editing(desk, event, fresh(desk, drafts))
    async with showing(desk, form) as shown:
        await shown.type("comment", "mine")
        await left(shown, drafts)
    again = editing(desk, event, fresh(desk, drafts))
    async with showing(desk, again) as shown:
        await shown.type("comment", "newer")
        await shown.press("ctrl+o")
        assert shown.field("comment").get_value() == "newer"
        assert "Something is typed here already" in shown.text()
        assert len(await drafts.offered(HERE)) == 1
