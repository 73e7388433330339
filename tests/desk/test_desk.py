"""The bundle of services, the reference data, rights, and what importing them costs."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import LicenceExpired, NoRights, TokenRefused
from tui_app.altegio.resources import Location, Permissions
from tui_app.desk import rights
from tui_app.desk.clock import zone_or_fallback
from tui_app.desk.desk import Desk, open_desk
from tui_app.desk.rights import Right
from tui_app.sandbox import Sandbox

RIGHTS: dict[str, Callable[[Permissions], Right]] = {
    "activity_edit_access": rights.can_edit_events,
    "activity_create_access": rights.can_create_events,
    "activity_delete_access": rights.can_cancel_events,
    "create_records_access": rights.can_book,
    "edit_records_access": rights.can_edit_bookings,
    "edit_records_attendance_access": rights.can_mark_attendance,
    "delete_records_access": rights.can_cancel_bookings,
    "client_phones_access": rights.sees_phones,
}


async def test_a_desk_works_in_the_zone_and_the_country_of_its_location(desk: Desk) -> None:
    assert desk.clock.zone == ZoneInfo("Europe/Berlin")
    assert desk.region == "DE"
    assert desk.notes == ()
    assert desk.location.title


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_a_location_without_a_usable_zone_falls_back_and_says_so(zone: str) -> None:
    where, notes = zone_or_fallback(Location(id=1, title="Studio", zone=zone))
    assert where == ZoneInfo("UTC")
    assert "UTC" in notes[0]


async def test_a_location_of_somebody_else_is_refused(sandbox: Sandbox, clock: Clock, dialect: Spoken) -> None:
    async with connected(sandbox, clock, dialect, role="receptionist") as desk:
        with pytest.raises(NoRights):
            await open_desk(desk.api, sandbox.second_location_id, clock)


async def test_reference_data_is_read_once_and_kept(desk: Desk, sandbox: Sandbox) -> None:
    assert desk.reference.current.team_members == ()
    first = await desk.reference.load()
    assert first.problems == ()
    parts = (first.team_members, first.services, first.event_services, first.resources, first.event_tags)
    assert all(parts)
    assert first.booking_tags
    assert first.custom_fields
    assert first.permissions.flags
    sandbox.requests.clear()
    assert await desk.reference.load() is desk.reference.current
    assert len(sandbox.requests) == 0


async def test_two_who_load_at_once_read_once(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.requests.clear()
    one, other = await asyncio.gather(desk.reference.load(), desk.reference.load())
    assert one == other
    assert len(sandbox.requests) == 8


async def test_a_part_that_is_refused_takes_only_itself_away(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.faults.answer(403, {"success": False, "data": None, "meta": {}}, path="/custom_fields")
    reference = await desk.reference.load()
    assert reference.custom_fields == ()
    assert reference.team_members
    assert reference.problems == ("Could not read the custom fields: you have no right to do this here",)
    sandbox.requests.clear()
    await desk.reference.load()
    assert len(sandbox.requests) == 0


async def test_a_part_that_failed_for_a_passing_reason_is_read_at_the_next_load(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.faults.answer(500, b"<html>", path="/custom_fields")
    assert len((await desk.reference.load()).problems) == 1
    sandbox.requests.clear()
    reference = await desk.reference.load()
    assert (reference.problems, len(sandbox.requests)) == ((), 1)
    assert reference.custom_fields


async def test_a_refresh_that_fails_keeps_what_was_read(desk: Desk, sandbox: Sandbox) -> None:
    before = await desk.reference.load()
    sandbox.faults.answer(500, b"<html>", path="/team_members")
    after = await desk.reference.refresh()
    assert after.team_members == before.team_members
    assert "team members" in after.problems[0]


async def test_a_refused_token_ends_the_loading(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.change_password("owner", "another")
    with pytest.raises(TokenRefused):
        await desk.reference.load()


async def test_an_expired_licence_ends_the_loading(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.set_licence(valid=False)
    with pytest.raises(LicenceExpired):
        await desk.reference.load()


@pytest.mark.parametrize("flag", RIGHTS)
def test_a_right_is_missing_only_where_the_server_says_so(flag: str) -> None:
    right = RIGHTS[flag]
    assert right(Permissions())
    assert right(Permissions({flag: True}))
    refused = right(Permissions({flag: False}))
    assert not refused
    assert refused.reason


@pytest.mark.parametrize(
    ("window", "days_past", "allowed"),
    [(None, 99, True), (-1, 99, True), (2, 2, True), (2, 3, False), (0, 1, False), (0, -5, True)],
)
def test_the_past_may_be_closed(window: int | None, days_past: int, allowed: bool) -> None:
    today = date(2026, 11, 22)
    right = rights.within_edit_window(Permissions({}, window), today - timedelta(days=days_past), today)
    assert right.allowed is allowed
    assert bool(right.reason) is not allowed


async def test_a_viewer_is_told_what_is_not_allowed(sandbox: Sandbox, clock: Clock, dialect: Spoken) -> None:
    async with connected(sandbox, clock, dialect, role="viewer") as desk:
        permissions = (await desk.reference.load()).permissions
        assert not rights.can_book(permissions)
        assert not rights.can_edit_events(permissions)


def test_importing_the_desk_brings_no_heavy_library() -> None:
    heavy = "{'textual', 'rich', 'httpx', 'pydantic', 'phonenumbers'} & set(sys.modules)"
    code = f"import sys, tui_app.desk.desk, tui_app.desk.writes, tui_app.desk.rights; sys.exit(str({heavy} or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
