"""Repeating an event: dates by the wall clock, clashes before sending, one result a date."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.acting import TODAY, dropped, events_where, nothing_read, refused, roomy
from tests.desk.builders import event, wall
from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.desk.desk import Desk
from tui_app.desk.editing import check_event, draft_of
from tui_app.desk.repeat_dates import MOST_DATES, daily_dates, weekly_dates
from tui_app.desk.repeating import RepeatDesk, RepeatLine, RepeatPreview, RepeatResult, RepeatState
from tui_app.desk.services import line_services
from tui_app.desk.trouble import NotReady
from tui_app.sandbox import Sandbox

SUNDAY = wall("2026-11-22 18:00")
MONDAY, WEDNESDAY, SUNDAY_NUMBER = 0, 2, 6


def said(dates: tuple[datetime, ...]) -> list[str]:
    return [date.strftime("%d.%m. %H:%M") for date in dates]


def test_weekdays_and_weeks_begin_after_the_event() -> None:
    assert said(weekly_dates(SUNDAY, (MONDAY, WEDNESDAY), 2)) == [
        "23.11. 18:00",
        "25.11. 18:00",
        "30.11. 18:00",
        "02.12. 18:00",
    ]
    assert said(weekly_dates(SUNDAY, (SUNDAY_NUMBER,), 1)) == ["29.11. 18:00"]


def test_days_are_counted_from_the_next_one() -> None:
    assert said(daily_dates(SUNDAY, 3)) == ["23.11. 18:00", "24.11. 18:00", "25.11. 18:00"]


@pytest.mark.parametrize("begins", ["2026-03-28 18:00", "2026-10-24 18:00"])
def test_a_clock_change_moves_no_class(begins: str) -> None:
    assert [date.hour for date in daily_dates(wall(begins), 2)] == [18, 18]


@pytest.mark.parametrize(("days", "words"), [(0, "No date"), (MOST_DATES + 1, "too many"), (-3, "No date")])
def test_none_and_too_many_are_refused(days: int, words: str) -> None:
    with pytest.raises(NotReady, match=words):
        daily_dates(SUNDAY, days)


def test_the_end_of_time_is_refused() -> None:
    with pytest.raises(NotReady, match="too far"):
        daily_dates(datetime(9999, 12, 30, 18), 5)  # noqa: DTZ001 -- a wall clock


def test_a_line_says_what_stands_against_it() -> None:
    line = RepeatLine(starts_at=SUNDAY, when="Sun 22 Nov 18:00")
    busy = replace(line, clashes=("Anna: 18:00-19:00 Yoga", "Room 1: an event"), warning="18:00 comes twice that night")
    assert line.words == "Sun 22 Nov 18:00"
    assert busy.words == ("Sun 22 Nov 18:00: Anna: 18:00-19:00 Yoga; Room 1: an event, 18:00 comes twice that night")
    there = replace(busy, there=True, warning="")
    assert there.words == "Sun 22 Nov 18:00: stands there already"
    assert RepeatPreview(event(), (line, busy, there, replace(line, impossible="past"))).suggested == (SUNDAY,)


def repeater(desk: Desk) -> RepeatDesk:
    return line_services(desk).repeats


def quiet_days(begins: datetime, number: int) -> tuple[datetime, ...]:
    """Days in a week that the sandbox has not filled."""
    return tuple(begins + timedelta(days=14 + ahead) for ahead in range(number))


async def prepared(desk: Desk, number: int = 3) -> RepeatPreview:
    source = (await roomy(desk))[0]
    return await repeater(desk).preview(source.id, quiet_days(source.starts_at, number))


async def results(
    desk: Desk, preview: RepeatPreview, *, with_bookings: bool = False, force: bool = False
) -> list[RepeatResult]:
    steps = repeater(desk).repeat(
        preview, [line.starts_at for line in preview.lines], with_bookings=with_bookings, force=force
    )
    return [step async for step in steps]


async def made_on(desk: Desk, preview: RepeatPreview) -> list[int]:
    """How many such events stand on each date now."""
    again = await repeater(desk).preview(preview.event.id, [line.starts_at for line in preview.lines])
    return [int(line.there) for line in again.lines]


async def test_a_preview_is_two_listings_and_marks_what_is_busy(desk: Desk, sandbox: Sandbox) -> None:
    source, other = (await roomy(desk))[:2]
    mine = await desk.editor.open(source.id)
    theirs = await desk.editor.open(other.id)
    await desk.editor.save(theirs, replace(draft_of(theirs), team_member_id=mine.team_member_id), force=True)
    sandbox.requests.clear()
    dates = (source.starts_at, other.starts_at, source.starts_at + timedelta(days=15))
    preview = await repeater(desk).preview(source.id, dates)
    assert [request.method for request in sandbox.requests] == ["GET"] * 3
    first, second, third = preview.lines
    assert first.there
    assert any(other.service in clash for clash in second.clashes)
    assert preview.suggested == (third.starts_at,)


async def test_a_time_that_the_clocks_skip_or_double_is_marked(desk: Desk) -> None:
    source = await desk.editor.open((await roomy(desk))[0].id)
    dates = [wall("2026-03-29 02:30"), wall("2026-10-25 02:30"), wall("2026-03-27 08:00")]
    skipped, doubled, past = (await repeater(desk).preview(source.id, dates)).lines
    assert skipped.impossible == "the clocks skip 02:30 that night"
    assert doubled.warning == "02:30 comes twice that night"
    assert past.impossible == "is in the past"


async def test_what_may_not_be_looked_at_is_noted(desk: Desk, sandbox: Sandbox) -> None:
    source = (await roomy(desk))[0]
    with refused(sandbox, "GET", "/resource_occupations"):
        preview = await repeater(desk).preview(source.id, quiet_days(source.starts_at, 1))
    assert preview.notes == ("Rooms could not be looked at: you have no right to do this here",)


async def test_every_date_gets_its_event_whole(desk: Desk, sandbox: Sandbox) -> None:
    preview = await prepared(desk)
    sandbox.requests.clear()
    told = await results(desk, preview)
    assert [one.state for one in told] == [RepeatState.CREATED] * 3
    assert len(sandbox.requests.matching("POST")) == (1 if desk.api.spoken == "events" else 3)
    for result in told:
        assert result.event_id is not None
        copy = await desk.editor.open(result.event_id)
        assert draft_of(copy) == replace(draft_of(preview.event), date=draft_of(copy).date)
        assert copy.starts_at == result.starts_at
        assert copy.taken == 0
    assert told[0].words == "Fri 10 Apr " + f"{preview.event.starts_at:%H:%M}: created"


async def test_the_bookings_come_along_when_asked(desk: Desk) -> None:
    preview = await prepared(desk, 1)
    roster = await desk.rosters.load(preview.event.id)
    (told,) = await results(desk, preview, with_bookings=True)
    assert told.event_id is not None
    copy = await desk.rosters.load(told.event_id)
    assert [(one.name, one.places) for one in copy.entries] == [(one.name, one.places) for one in roster.entries]
    if desk.api.spoken == "activities":
        assert told.words.endswith(f"created with {len(roster.entries)} of {len(roster.entries)} bookings")


async def test_who_cannot_be_booked_into_the_copy_is_named(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "activities") as desk:
        preview = await prepared(desk, 1)
        roster = await desk.rosters.load(preview.event.id)
        with refused(sandbox, "POST", "/records", skip=1):
            (told,) = await results(desk, preview, with_bookings=True)
        total = len(roster.entries)
        assert f"created with {total - 1} of {total} bookings; not booked: {roster.entries[1].name} (" in told.words


async def test_one_busy_date_is_named_and_the_others_are_created(desk: Desk) -> None:
    preview = await prepared(desk)
    blocker = await desk.editor.open((await events_where(desk, lambda event: event.id != preview.event.id))[0].id)
    busy = replace(
        draft_of(blocker),
        team_member_id=preview.event.team_member_id,
        date=f"{preview.lines[1].starts_at:%Y-%m-%d}",
        time=f"{preview.event.starts_at:%H:%M}",
    )
    await desk.editor.save(blocker, busy, force=True)
    told = await results(desk, preview)
    assert [one.state for one in told] == [RepeatState.CREATED, RepeatState.BUSY, RepeatState.CREATED]
    assert ": not created, " in told[1].words
    assert f"{preview.event.starts_at:%H:%M}-" in told[1].words
    (forced,) = [step async for step in repeater(desk).repeat(preview, (told[1].starts_at,), force=True)]
    assert forced.state is RepeatState.CREATED


@pytest.mark.parametrize("handled", [True, False])
async def test_an_unknown_end_is_looked_at_and_never_sent_again(desk: Desk, sandbox: Sandbox, handled: bool) -> None:
    preview = await prepared(desk)
    sandbox.requests.clear()
    with dropped(sandbox, "POST", handled=handled):
        told = await results(desk, preview)
    one_call = desk.api.spoken == "events"
    assert len(sandbox.requests.matching("POST")) == (1 if one_call else 3)
    first = RepeatState.CREATED if handled else RepeatState.UNKNOWN
    assert [one.state for one in told] == ([first] * 3 if one_call else [first, *[RepeatState.CREATED] * 2])
    stand = [1, 1, 1] if handled else [0, 0, 0] if one_call else [0, 1, 1]
    assert await made_on(desk, preview) == stand


async def test_what_is_impossible_is_told_and_not_sent(desk: Desk, sandbox: Sandbox) -> None:
    source = await desk.editor.open((await roomy(desk))[0].id)
    preview = await repeater(desk).preview(source.id, [wall("2026-03-29 02:30")])
    sandbox.requests.clear()
    (told,) = await results(desk, preview)
    assert told.words == "Sun 29 Mar 02:30: not created, the clocks skip 02:30 that night"
    assert sandbox.requests.matching("POST") == []


async def test_a_look_that_fails_leaves_a_date_unknown(desk: Desk, sandbox: Sandbox) -> None:
    preview = await prepared(desk, 1)
    before = 2 if desk.api.spoken == "events" else 1
    sandbox.faults.drop(handled=True, method="POST")
    with nothing_read(sandbox, skip=before):
        (told,) = await results(desk, preview)
    assert told.state is RepeatState.UNKNOWN


async def test_what_a_refused_repeat_has_done_is_not_done_twice(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as desk:
        preview = await prepared(desk)
        first, *_ = preview.lines
        sandbox.faults.answer(409, b"{}", method="POST", path="/duplicate")
        copy = replace(draft_of(preview.event), date=f"{first.starts_at:%Y-%m-%d}")
        checked = check_event(copy, today=TODAY, zone=desk.clock.zone, mode="create")
        assert checked.input is not None
        made = await desk.editor.create(checked.input)
        told = await results(desk, preview)
        assert [one.state for one in told] == [RepeatState.CREATED] * 3
        assert told[0].event_id == made.event.id
        assert len(sandbox.requests.matching("POST", "/duplicate")) == 3


async def test_a_refused_repeat_that_cannot_be_looked_at_is_not_sent_again(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as desk:
        preview = await prepared(desk)
        sandbox.faults.answer(409, b"{}", method="POST", path="/duplicate")
        with nothing_read(sandbox, skip=2):
            told = await results(desk, preview)
        assert [one.state for one in told] == [RepeatState.UNKNOWN] * 3
        assert len(sandbox.requests.matching("POST", "/duplicate")) == 1


async def test_a_server_without_the_call_gets_single_events(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as desk:
        preview = await prepared(desk)
        with refused(sandbox, "POST", "/duplicate", status=405):
            told = await results(desk, preview)
        assert [one.state for one in told] == [RepeatState.CREATED] * 3
        assert len(sandbox.requests.matching("POST", "/duplicate")) == 1


async def test_a_refused_token_ends_it_and_every_date_is_told(desk: Desk, sandbox: Sandbox) -> None:
    preview = await prepared(desk)
    with refused(sandbox, "POST", status=401):
        told = await results(desk, preview)
    assert [one.state for one in told] == [RepeatState.FAILED] * 3
    assert await made_on(desk, preview) == [0, 0, 0]


async def test_without_rights_each_date_says_so(desk: Desk, sandbox: Sandbox) -> None:
    preview = await prepared(desk, 1)
    with refused(sandbox, "POST"):
        (told,) = await results(desk, preview)
    assert (told.state, told.words.split(": ", 1)[1]) == (RepeatState.FAILED, "not created, You may not do this")
