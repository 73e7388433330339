"""Quick edits: one thing changes, everything else goes back as it was."""

from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.acting import dropped, refused, roomy
from tests.desk.builders import event
from tui_app.altegio.errors import NoRights, OutcomeUnknown
from tui_app.altegio.resources import Event, Resource, TeamMember
from tui_app.desk.desk import Desk
from tui_app.desk.editing import changed_fields, draft_of
from tui_app.desk.quick_edits import (
    BusyThen,
    Change,
    ChangeCapacityBy,
    QuickEdit,
    QuickEditor,
    SetCapacityTo,
    SetLengthTo,
    SetRoomTo,
    SetStartTo,
    SetTeamMemberTo,
    changed_draft,
    find_rooms,
    find_team_members,
)
from tui_app.desk.reference import Reference
from tui_app.desk.services import line_services
from tui_app.desk.trouble import CannotEdit, NotReady
from tui_app.desk.wording import explain
from tui_app.sandbox import Sandbox
from tui_app.sandbox.faults import Fault

EVENT = event()
ROOMS = (
    Resource(21, "Room 1", 1, "Rooms"),
    Resource(22, "Mats", 2, "Things"),
    Resource(23, "Room 2", 1, "Rooms"),
    Resource(24, "Room 12", 1, "Rooms"),
    Resource(25, "Sun room", 3, "Halls"),
)
TEAM = tuple(
    TeamMember(id=number, name=name)
    for number, name in enumerate(("Anna Kim", "Ann Lee", "Алёна Ковалёва", "Hannah Ott"), start=1)
)
REFERENCE = Reference(team_members=TEAM, resources=ROOMS)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        (SetCapacityTo(14), {"capacity": "14"}),
        (SetCapacityTo(3), {"capacity": "3"}),
        (ChangeCapacityBy(1), {"capacity": "13"}),
        (ChangeCapacityBy(-2), {"capacity": "10"}),
        (SetTeamMemberTo(8), {"team_member_id": 8}),
        (SetStartTo(time(19, 30)), {"time": "19:30"}),
        (SetStartTo(time(9), date(2026, 11, 24)), {"time": "09:00", "date": "Tue 24 Nov 2026"}),
        (SetLengthTo(90), {"length_minutes": "90"}),
        (SetRoomTo(23), {"resource_ids": (23, 22)}),
        (SetRoomTo(21), {}),
    ],
)
def test_one_thing_changes(change: Change, fields: dict[str, object]) -> None:
    draft = changed_draft(EVENT, change, ROOMS)
    assert changed_fields(draft_of(EVENT), draft) == set(fields)
    assert {name: getattr(draft, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (SetCapacityTo(2), "3 places are booked already"),
        (ChangeCapacityBy(-10), "3 places are booked already"),
    ],
)
def test_those_who_are_booked_keep_their_places(change: Change, words: str) -> None:
    with pytest.raises(NotReady, match=words):
        changed_draft(EVENT, change)


def test_a_class_keeps_one_place() -> None:
    with pytest.raises(NotReady, match="at least 1 place"):
        changed_draft(replace(EVENT, taken=0), SetCapacityTo(0))


def test_a_room_goes_where_it_is_clear() -> None:
    bare = replace(EVENT, resource_ids=())
    assert changed_draft(bare, SetRoomTo(23), ROOMS).resource_ids == (23,)
    one = replace(EVENT, resource_ids=(25,))
    assert changed_draft(one, SetRoomTo(23), ROOMS).resource_ids == (23,)
    for unclear in ((21, 24), (22, 25)):
        with pytest.raises(CannotEdit, match="not clear"):
            changed_draft(replace(EVENT, resource_ids=unclear), SetRoomTo(23), ROOMS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("anna", [1]),
        ("an", [1, 2]),
        ("nna", [1, 4]),
        ("kim an", [1]),
        ("ковалева", [3]),
        ("rjdfktdf", [3]),
        ("ФТТФ", [1]),
        ("zoe", []),
        (" ", []),
    ],
)
def test_a_team_member_is_found_by_fragments(text: str, found: list[int]) -> None:
    assert [member.id for member in find_team_members(REFERENCE, text)] == found


@pytest.mark.parametrize(("text", "found"), [("2", [23]), ("12", [24]), ("room", [21, 23, 24, 25]), ("su", [25])])
def test_a_room_is_found_by_its_number(text: str, found: list[int]) -> None:
    assert [room.id for room in find_rooms(REFERENCE, text)] == found


def quick(desk: Desk) -> QuickEditor:
    return line_services(desk).quick


async def whole(desk: Desk) -> Event:
    """An event that holds what an edit could lose."""
    found = await desk.editor.open((await roomy(desk))[-1].id)
    draft = replace(draft_of(found), comment="mats", instructions="early", stream_link="https://x.test/1")
    return (await desk.editor.save(found, replace(draft, tag_ids=(desk.reference.current.event_tags[0].id,)))).event


async def test_capacity_changes_and_nothing_else(desk: Desk, sandbox: Sandbox) -> None:
    before = await whole(desk)
    sandbox.requests.clear()
    edited = await quick(desk).apply(QuickEdit(before.id, ChangeCapacityBy(2)))
    assert before.capacity is not None
    assert edited.words == f"Places: {before.capacity + 2}, before {before.capacity}"
    assert edited.saved.event == replace(before, capacity=before.capacity + 2)
    assert edited.saved.mismatches == ()
    assert edited.before == before
    assert len(sandbox.requests.matching("PUT")) == 1


async def test_a_start_that_stays_on_its_day_is_said_by_its_time_alone(desk: Desk) -> None:
    before = await whole(desk)
    later = before.starts_at + timedelta(minutes=5)
    edited = await quick(desk).apply(QuickEdit(before.id, SetStartTo(later.time())), force=True)
    assert edited.words == f"Start: {later:%H:%M}, before {before.starts_at:%H:%M}"


async def test_teaching_grows_and_the_break_stays(desk: Desk) -> None:
    before = await whole(desk)
    edited = await quick(desk).apply(QuickEdit(before.id, SetLengthTo(20)))
    assert edited.saved.event.technical_break == before.technical_break
    assert before.technical_break is not None
    assert edited.saved.event.length == timedelta(minutes=20) + before.technical_break


@pytest.mark.parametrize(
    ("change", "words"),
    [(SetLengthTo(63), "multiple of 5"), (SetLengthTo(2000), "or less"), (SetCapacityTo(1), "booked already")],
)
async def test_what_cannot_be_is_refused_before_sending(
    desk: Desk, sandbox: Sandbox, change: Change, words: str
) -> None:
    before = await whole(desk)
    sandbox.requests.clear()
    with pytest.raises(NotReady, match=words):
        await quick(desk).apply(QuickEdit(before.id, change))
    assert sandbox.requests.matching("PUT") == []


async def test_what_is_so_already_is_not_sent(desk: Desk, sandbox: Sandbox) -> None:
    before = await whole(desk)
    sandbox.requests.clear()
    assert before.capacity is not None
    edited = await quick(desk).apply(QuickEdit(before.id, SetCapacityTo(before.capacity)))
    assert edited.words == "That is so already"
    assert sandbox.requests.matching("PUT") == []


async def test_busy_names_who_is_and_carries_what_force_needs(desk: Desk) -> None:
    first, second = (await roomy(desk))[:2]
    other = await desk.editor.open(second.id)
    assert other.team_member_id is not None
    await quick(desk).apply(QuickEdit(first.id, SetTeamMemberTo(other.team_member_id)), force=True)
    with pytest.raises(BusyThen) as busy:
        await quick(desk).apply(QuickEdit(first.id, SetStartTo(other.starts_at.time())))
    words = explain(busy.value)
    assert (words.title, words.next_step) == ("Busy at that time", "Change it, or save all the same.")
    assert any(second.service in line for line in busy.value.who)
    assert (await desk.editor.open(first.id)).starts_at == first.starts_at
    forced = await quick(desk).apply(busy.value.edit, force=True)
    assert forced.saved.event.starts_at == other.starts_at


@pytest.mark.parametrize("handled", [True, False])
async def test_an_unknown_end_is_looked_at_and_not_sent_again(desk: Desk, sandbox: Sandbox, handled: bool) -> None:
    before = await whole(desk)
    sandbox.requests.clear()
    assert before.capacity is not None
    with dropped(sandbox, "PUT", handled=handled):
        if handled:
            edited = await quick(desk).apply(QuickEdit(before.id, ChangeCapacityBy(1)))
            assert edited.saved.event.capacity == before.capacity + 1
        else:
            with pytest.raises(OutcomeUnknown):
                await quick(desk).apply(QuickEdit(before.id, ChangeCapacityBy(1)))
    assert len(sandbox.requests.matching("PUT")) == 1


async def test_a_look_that_fails_leaves_it_unknown(desk: Desk, sandbox: Sandbox) -> None:
    before = await whole(desk)
    sandbox.faults.drop(handled=True, method="PUT")
    sandbox.faults.add(Fault(status=403), method="GET", skip=2, times=None)
    with pytest.raises(OutcomeUnknown):
        await quick(desk).apply(QuickEdit(before.id, ChangeCapacityBy(1)))


async def test_a_refused_right_is_raised_as_it_is(desk: Desk, sandbox: Sandbox) -> None:
    before = await whole(desk)
    with refused(sandbox, "PUT"), pytest.raises(NoRights):
        await quick(desk).apply(QuickEdit(before.id, ChangeCapacityBy(1)))


async def test_a_room_is_changed_by_its_name(desk: Desk) -> None:
    before = await whole(desk)
    (held,) = before.resource_ids or ()
    groups = {room.id: room.group_id for room in desk.reference.current.resources}
    other = next(room for room in desk.reference.current.resources if room.id != held and room.group_id == groups[held])
    edited = await quick(desk).apply(QuickEdit(before.id, SetRoomTo(other.id)), force=True)
    assert edited.saved.event.resource_ids == (other.id,)
    assert edited.words.startswith(f"Rooms: {other.title}, before ")
