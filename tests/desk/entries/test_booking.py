"""Booking from the line: at once where one surely fits, else asked, and never twice."""

import pytest
from msgspec.structs import replace

from tests.desk.acting import book, dropped, events_where, nothing_read, refused, roomy
from tests.desk.entries.screen import Bench, benched
from tests.support.sandbox import Clock
from tui_app.altegio.resources import ClientHit
from tui_app.desk.booking_draft import BookingDraft, check_booking, draft_for
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.commands.intents import Book
from tui_app.desk.commands.parse import read_line
from tui_app.desk.commands.preview import preview
from tui_app.desk.commands.questions import QuestionKind
from tui_app.desk.entries.outcomes import UNCONFIRMED
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.entries.surface import Step, UnfinishedBooking
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.trouble import EventCancelled
from tui_app.sandbox import Sandbox

NEW = "Nora Neumann 0176 12345678"


async def chosen(bench: Bench) -> tuple[ScheduledEvent, ClientHit]:
    """A selected event with room, and a client who is not in it."""
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    return event, (await bench.outsiders(event))[0]


def end_of(hit: ClientHit) -> str:
    return hit.phone[-6:]


async def at_once(bench: Bench) -> tuple[ScheduledEvent, ScheduledEvent]:
    """Two events with places, of which the second begins while the first runs."""
    events = await events_where(bench.desk, lambda event: (event.free or 0) >= 1)
    return next(
        (one, other)
        for one in events
        for other in events
        if one.id != other.id and one.ends_at and one.starts_at <= other.starts_at < one.ends_at
    )


async def require_nothing(bench: Bench) -> None:
    """A location without custom fields: nothing but name and phone is required of a new client."""
    nothing = {"success": True, "data": [], "meta": []}
    bench.sandbox.faults.answer(200, nothing, method="GET", path="custom_fields", times=None)
    await bench.desk.reference.refresh()


async def test_the_end_of_a_phone_books_at_once(bench: Bench) -> None:
    event, hit = await chosen(bench)
    report = await bench.type(end_of(hit))
    assert report.state is EntryState.DONE
    assert report.words.startswith(f"Booked {describe_hit(hit)} into ")
    assert report.words.endswith(f"{(event.free or 0) - 1} places left")
    assert report.next_step == "u undoes"
    assert hit.full_name.strip() in " ".join(await bench.names(event.id))
    assert [change.event_id for change in bench.screen.all_brought] == [event.id]
    assert bench.screen.all_touched == []  # nothing is read again


async def test_what_to_know_of_the_client_follows_the_result(bench: Bench) -> None:
    _, hit = await chosen(bench)
    report = await bench.type(end_of(hit))
    assert any("visit" in line for line in report.lines)


async def test_a_class_before_the_client_is_selected_first(bench: Bench) -> None:
    event = (await roomy(bench.desk))[-1]
    hit = (await bench.outsiders(event))[0]
    report = await bench.type(f"{event.starts_at:%H:%M} {end_of(hit)}")
    assert report.state is EntryState.DONE
    assert bench.screen.selected_id == event.id


async def test_places_are_held_against_the_free_ones(bench: Bench) -> None:
    event, hit = await chosen(bench)
    report = await bench.type(f"{end_of(hit)} *{(event.free or 0) + 1}")
    assert (report.state, report.words) == (EntryState.REFUSED, f"Only {event.free} places are free")
    assert report.keeps_text
    report = await bench.type(f"{end_of(hit)} *2")
    assert " with 2 places into " in report.words


async def test_a_full_event_is_said(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    await bench.type(f"w Wanda *{event.free}")
    report = await bench.type("w Willi")
    assert (report.state, report.words) == (EntryState.REFUSED, "No place is free")


async def test_several_who_fit_wait_by_number(bench: Bench) -> None:
    event, _ = await chosen(bench)
    before = await bench.names(event.id)
    report = await bench.type("anna")
    assert (report.state, report.words) == (EntryState.ASKS, "Who is it?")
    assert report.next_step.startswith("=1 to =")
    assert await bench.names(event.id) == before
    asked = bench.screen.questions.opened
    assert asked is not None
    assert asked.kind is QuestionKind.CANDIDATES
    picked = asked.choices[1]
    await bench.type("=2")
    first = bench.last(report.number)
    assert first.state is EntryState.DONE
    assert first.words.startswith(f"Booked {picked.words}")


async def test_an_arrow_and_enter_pick_a_candidate(bench: Bench) -> None:
    await chosen(bench)
    report = await bench.type("anna")
    bench.runner.step(Step.DOWN)
    assert bench.screen.questions.pointed == 0
    assert bench.screen.moves == []
    await bench.type("")
    assert bench.last(report.number).state is EntryState.DONE


async def test_nobody_fits_is_said_and_keeps_the_text(bench: Bench) -> None:
    await chosen(bench)
    report = await bench.type("zzyzx")
    assert report.state is EntryState.REFUSED
    assert report.words.startswith("Nobody fits «zzyzx»")
    assert report.keeps_text


async def test_a_visitor_is_booked_by_name(bench: Bench) -> None:
    event, _ = await chosen(bench)
    report = await bench.type("w walter")
    assert report.words.startswith("Booked visitor Walter into ")
    assert "Walter" in await bench.names(event.id)


async def test_a_client_who_is_in_the_event_already_is_asked_about(bench: Bench) -> None:
    event, hit = await chosen(bench)
    await bench.type(end_of(hit))
    once = await bench.names(event.id)
    report = await bench.type(end_of(hit))
    assert report.state is EntryState.ASKS
    assert "is in this event already: number" in report.words
    assert await bench.names(event.id) == once
    await bench.type("")
    assert bench.last(report.number).state is EntryState.DONE
    assert len(await bench.names(event.id)) == len(once) + 1


async def test_an_event_that_is_over_is_asked_about(bench: Bench) -> None:
    event = next(one for one in bench.events if one.free)
    assert event.ends_at is not None
    assert event.ends_at < bench.desk.clock.now()
    await bench.select(event.id)
    hit = (await bench.outsiders(event))[0]
    report = await bench.type(end_of(hit))
    assert report.state is EntryState.ASKS
    assert "this event is over" in report.words
    await bench.type("")
    assert bench.last(report.number).state is EntryState.DONE


async def test_a_client_in_two_events_at_once_is_asked_about(bench: Bench) -> None:
    one, other = await at_once(bench)
    there = await bench.outsiders(other)
    hit = next(hit for hit in await bench.outsiders(one) if hit in there)
    await book(bench.desk, one.id, replace(draft_for(hit), places="1"))
    await bench.select(other.id)
    report = await bench.type(end_of(hit))
    assert report.state is EntryState.ASKS
    assert f"has {one.starts_at:%H:%M} {one.service} at that time" in report.words
    await bench.type("")
    assert bench.last(report.number).state is EntryState.DONE


async def test_a_new_client_is_shown_and_sent_by_a_second_enter(bench: Bench) -> None:
    await require_nothing(bench)
    event, _ = await chosen(bench)
    report = await bench.type(NEW)
    assert report.state is EntryState.ASKS
    assert "new client Nora Neumann +49 176 12345678" in report.words
    assert "no consents are recorded" in report.words
    assert "Nora Neumann" not in await bench.names(event.id)
    await bench.type("")
    done = bench.last(report.number)
    assert done.words.startswith("Booked new client Nora Neumann •• 5678 into ")
    assert "Nora Neumann" in await bench.names(event.id)


async def test_whoever_has_that_phone_is_offered_first(bench: Bench) -> None:
    await require_nothing(bench)
    event, hit = await chosen(bench)
    report = await bench.type(f"Nora Neumann {hit.phone}")
    assert (report.state, report.words) == (EntryState.ASKS, "This phone is known already: who is it?")
    asked = bench.screen.questions.opened
    assert asked is not None
    assert [choice.words for choice in asked.choices] == [describe_hit(hit), "new client Nora Neumann"]
    await bench.type("=1")
    assert bench.last(report.number).words.startswith(f"Booked {describe_hit(hit)}")
    assert "Nora Neumann" not in await bench.names(event.id)


async def test_the_new_client_after_all_is_still_shown_before_it_is_sent(bench: Bench) -> None:
    await require_nothing(bench)
    event, hit = await chosen(bench)
    report = await bench.type(f"Nora Neumann {hit.phone}")
    await bench.type("=2")
    assert bench.last(report.number).state is EntryState.ASKS
    assert "Nora Neumann" not in await bench.names(event.id)
    await bench.type("")
    assert bench.last(report.number).state is EntryState.DONE


async def test_what_a_new_client_lacks_is_said_before_enter(bench: Bench) -> None:
    await chosen(bench)
    view = bench.runner.look()
    told = preview(NEW, read_line(NEW, view), view).line
    assert told.startswith("New client Nora Neumann +49 ")
    assert told.endswith(": Health restrictions required. Enter twice opens the form for that")


async def test_a_bare_enter_on_a_question_that_takes_a_number_says_nothing_twice(bench: Bench) -> None:
    event, _ = await chosen(bench)
    count = len(await bench.names(event.id))
    asked = await bench.type("x")
    await bench.slowly("", "", "")
    assert bench.last(asked.number).next_step == f"={count} confirms"
    assert [report.words for report in bench.reports()[1:]] == ["", "", ""]
    assert bench.states() == [EntryState.ASKS, *[EntryState.DONE] * 3]


async def test_a_new_client_who_lacks_a_required_field_is_finished_in_the_form(bench: Bench) -> None:
    event, _ = await chosen(bench)
    report = await bench.type(NEW)
    assert report.state is EntryState.ASKS
    assert report.words.endswith("Health restrictions is required")
    assert report.next_step == "Enter opens the form with what you typed"
    assert bench.enter_does.startswith("Open the booking form for new client Nora Neumann +49 ")
    assert bench.screen.opened == []
    await bench.type("")
    opened = bench.screen.opened[0]
    assert isinstance(opened, UnfinishedBooking)
    assert opened.event_id == event.id
    assert (opened.draft.name, opened.draft.phone) == ("Nora", "+4917612345678")


@pytest.mark.parametrize("handled", [True, False])
async def test_an_unknown_outcome_is_looked_into_and_never_sent_again(
    bench: Bench, sandbox: Sandbox, handled: bool
) -> None:
    event, hit = await chosen(bench)
    path = "/appointments/bulk" if bench.desk.api.spoken == "events" else "/records"
    with dropped(sandbox, "POST", path, handled=handled):
        report = await bench.type(end_of(hit))
    name = hit.full_name.strip()
    there = [one for one in await bench.names(event.id) if name in one]
    if handled:
        assert report.state is EntryState.DONE
        assert len(there) == 1
    else:
        assert report.state is EntryState.UNKNOWN
        assert report.next_step == UNCONFIRMED
        assert report.keeps_text
        assert there == []
    assert len(sandbox.requests.matching("POST", path)) == 1


async def test_an_unknown_outcome_stays_unknown_where_looking_fails(bench: Bench, sandbox: Sandbox) -> None:
    _, hit = await chosen(bench)
    path = "/appointments/bulk" if bench.desk.api.spoken == "events" else "/records"
    sandbox.requests.clear()
    sandbox.faults.drop(handled=True, method="POST", path=path)
    with nothing_read(sandbox, "/appointments", skip=1):  # the roster is read before
        report = await bench.type(end_of(hit))
    assert report.state is EntryState.UNKNOWN
    assert [write.words for write in bench.writes.unknown] == [f"book {describe_hit(hit)}"]


async def test_a_refusal_of_the_server_is_said(bench: Bench, sandbox: Sandbox) -> None:
    _, hit = await chosen(bench)
    path = "/appointments/bulk" if bench.desk.api.spoken == "events" else "/records"
    with refused(sandbox, "POST", path):
        report = await bench.type(end_of(hit))
    assert report.state is EntryState.FAILED
    assert report.next_step == "Ask the owner of the location for the right."
    assert report.keeps_text


async def test_who_sees_no_phones_is_told_so(sandbox: Sandbox, clock: Clock) -> None:
    roles = [role for role in sandbox.users if role != "owner"]
    for role in roles:
        async with benched(sandbox, clock, role=role) as bench:
            if bench.desk.reference.current.permissions.allows("client_phones_access") is not False:
                continue
            event = (await roomy(bench.desk))[0]
            await bench.select(event.id)
            report = await bench.type("5678")
            assert report.state in {EntryState.ASKS, EntryState.REFUSED}
            assert report.lines[0] == "You have no right to see phones here: look for the name"
            return
    pytest.fail("no user of the sandbox is without phones")


async def test_those_who_come_to_the_class_stand_first(bench: Bench) -> None:
    past = next(one for one in bench.events if one.free and one.starts_at < bench.desk.clock.now())
    await bench.select(past.id)
    await bench.type("anna")
    asked = bench.screen.questions.opened
    assert asked is not None
    last = asked.choices[-1].intent
    assert isinstance(last, Book)
    assert isinstance(last.who, ClientHit)
    await book(bench.desk, past.id, draft_for(last.who))
    bench.clock.advance(hours=1)
    await bench.type("anna")
    asked = bench.screen.questions.opened
    assert asked is not None
    assert asked.choices[0].words == describe_hit(last.who)


@pytest.mark.parametrize("who", ["known", "walk-in"])
async def test_an_event_that_was_cancelled_since_it_was_shown_is_told_in_words(bench: Bench, who: str) -> None:
    event, hit = await chosen(bench)
    await bench.desk.api.events.delete(bench.desk.location.id, event.id)
    report = await bench.type(end_of(hit) if who == "known" else "w walter")
    assert (report.state, report.words) == (EntryState.REFUSED, "This event has been cancelled.")
    assert report.next_step == "Choose another class."
    assert report.keeps_text


async def test_who_may_not_send_a_card_is_told_of_a_cancelled_event_and_not_of_the_card(
    sandbox: Sandbox, clock: Clock
) -> None:
    async with benched(sandbox, clock, role="receptionist") as bench:
        event = (await roomy(bench.desk))[0]
        await bench.select(event.id)
        inside = await bench.names(event.id)
        page = await bench.desk.api.clients.search(bench.desk.location.id, "", page_size=100)
        hit = next(hit for hit in page.clients if hit.full_name not in inside and hit.name.isalpha())
        checked = check_booking(draft_for(hit), custom_fields=(), region="DE", free=None, roster=None)
        await bench.desk.api.events.delete(bench.desk.location.id, event.id)
        with pytest.raises(EventCancelled):
            await bench.desk.booking.book(event.id, checked)


async def test_what_another_desk_has_booked_since_is_counted_and_shown(bench: Bench) -> None:
    event, _ = await chosen(bench)
    before = bench.screen.roster
    assert before is not None
    taken = (event.free or 0) - 1
    await book(bench.desk, event.id, BookingDraft(visitor_name="Group", places=str(taken)))
    report = await bench.type("w walter *2")
    assert (report.state, report.words) == (EntryState.REFUSED, "Only 1 place is free")
    report = await bench.type("w walter")
    assert report.words.endswith("no place left")
    shown = bench.screen.roster
    assert shown is not None
    assert [entry.name for entry in shown.entries[-2:]] == ["Group", "Walter"]
    assert shown.entries[: len(before.entries)] == before.entries
    row = next(one for one in bench.events if one.id == event.id)
    assert (row.booked, row.free) == (event.capacity, 0)


async def test_a_client_who_is_in_no_other_event_then_is_not_asked_about_and_not_read(
    bench: Bench, sandbox: Sandbox
) -> None:
    _, hit = await chosen(bench)
    sandbox.requests.clear()
    report = await bench.type(end_of(hit))
    assert report.state is EntryState.DONE
    assert len(sandbox.requests.matching("GET", "/appointments")) == 1


async def test_a_client_whom_this_desk_has_booked_since_the_day_was_read_is_asked_about(
    bench: Bench,
) -> None:
    one, other = await at_once(bench)
    there = await bench.outsiders(other)
    hit = next(hit for hit in await bench.outsiders(one) if hit in there)
    await bench.select(one.id)
    await bench.type(end_of(hit))
    await bench.select(other.id)
    report = await bench.type(end_of(hit))
    assert report.state is EntryState.ASKS
    assert f"has {one.starts_at:%H:%M} {one.service} at that time" in report.words
