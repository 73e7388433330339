from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.builders import event, event_input, wall
from tui_app.altegio.requests import LEFT_OUT
from tui_app.altegio.resources import EventService, ServiceTeamMember
from tui_app.desk.event_draft import CheckedEvent, EventDraft, Mode, check_event, draft_of, new_draft

NOW = wall("2026-11-22 12:00")
BERLIN = ZoneInfo("Europe/Berlin")
DRAFT = EventDraft(
    service_id=9, team_member_id=7, date="fri", time="1830", length_minutes="60", break_minutes="10", capacity="12"
)


def checked(draft: EventDraft, mode: Mode = "update", taken: int = 0) -> CheckedEvent:
    return check_event(draft, today=NOW.date(), zone=BERLIN, mode=mode, taken=taken, now=NOW)


def typed(name: str, value: str) -> EventDraft:
    changes: dict[str, Any] = {name: value}
    return replace(DRAFT, **changes)


def test_an_event_goes_through_the_form_unchanged() -> None:
    assert checked(draft_of(event())).input == event_input()


def test_the_break_is_part_of_the_length_that_is_sent() -> None:
    sent = checked(DRAFT).input
    assert sent is not None
    assert sent.length == timedelta(minutes=70)
    assert sent.technical_break == timedelta(minutes=10)
    assert sent.starts_at == wall("2026-11-27 18:30")


def test_empty_texts_are_null_in_an_edit_and_left_out_of_a_new_event() -> None:
    edit, new = checked(DRAFT).input, checked(DRAFT, "create").input
    assert edit is not None
    assert new is not None
    assert (edit.comment, edit.color, edit.instructions, edit.stream_link) == (None, None, None, None)
    assert {new.comment, new.color, new.instructions, new.stream_link} == {LEFT_OUT}


def test_a_new_event_without_a_break_takes_the_locations_own_and_says_so() -> None:
    new = checked(replace(DRAFT, break_minutes=""), "create")
    assert new.input is not None
    assert new.input.technical_break is LEFT_OUT
    assert "break_minutes" in new.warnings


def test_an_edit_must_say_its_break() -> None:
    assert set(checked(replace(DRAFT, break_minutes=" ")).problems) == {"break_minutes"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", "31.2"),
        ("date", ""),
        ("time", "25:00"),
        ("time", ""),
        ("length_minutes", ""),
        ("length_minutes", "0"),
        ("length_minutes", "62"),
        ("length_minutes", "1500"),
        ("length_minutes", "an hour"),
        ("break_minutes", "65"),
        ("break_minutes", "7"),
        ("break_minutes", "-5"),
        ("capacity", "0"),
        ("capacity", ""),
        ("capacity", "-3"),
        ("capacity", "many"),
        ("color", "blue"),
        ("color", "#12345"),
        ("comment", "x" * 256),
        ("instructions", "x" * 501),
    ],
)
def test_each_rule_is_told_at_its_field(name: str, value: str) -> None:
    result = checked(typed(name, value))
    assert result.input is None
    assert list(result.problems) == [name]
    assert result.problems[name]


def test_choices_that_must_be_made_are_told() -> None:
    empty = checked(replace(DRAFT, service_id=None, team_member_id=None))
    assert set(empty.problems) == {"service_id", "team_member_id"}


@pytest.mark.parametrize(("name", "value"), [("comment", "x" * 255), ("instructions", "x" * 500), ("color", "AABBCC")])
def test_the_limits_themselves_are_allowed(name: str, value: str) -> None:
    assert checked(typed(name, value)).input is not None


def test_a_colour_is_sent_in_lower_case_with_its_sign() -> None:
    sent = checked(replace(DRAFT, color="AABBCC")).input
    assert sent is not None
    assert sent.color == "#aabbcc"


def test_the_day_and_the_break_together_may_not_be_longer_than_a_day() -> None:
    result = checked(replace(DRAFT, length_minutes="1440", break_minutes="5"))
    assert set(result.problems) == {"length_minutes"}


def test_places_already_booked_must_fit() -> None:
    assert checked(replace(DRAFT, capacity="5"), taken=6).problems == {"capacity": "6 places are booked already"}
    assert checked(replace(DRAFT, capacity="6"), taken=6).input is not None


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    result = checked(replace(DRAFT, date="28.3.2027", time="2:30"))
    assert "skip" in result.problems["time"]


def test_a_time_that_comes_twice_is_pointed_out() -> None:
    result = checked(replace(DRAFT, date="25.10.2026", time="2:30"))
    assert result.input is not None
    assert "twice" in result.warnings["time"] or "past" in result.warnings["date"]
    ahead = checked(replace(DRAFT, date="31.10.2027", time="2:30"))
    assert "twice" in ahead.warnings["time"]


@pytest.mark.parametrize(("date", "time", "field"), [("yesterday", "18", "date"), ("today", "11:59", "time")])
def test_a_start_in_the_past_is_pointed_out_but_allowed(date: str, time: str, field: str) -> None:
    result = checked(replace(DRAFT, date=date, time=time))
    assert result.input is not None
    assert result.warnings == {field: "This is in the past"}


def test_without_a_clock_only_past_days_are_pointed_out() -> None:
    def warnings(day: str) -> dict[str, str]:
        draft = replace(DRAFT, date=day, time="00:00")
        return dict(check_event(draft, today=NOW.date(), zone=BERLIN, mode="update").warnings)

    assert warnings("today") == {}
    assert warnings("-1") == {"date": "This is in the past"}


def test_a_new_event_begins_with_the_defaults_of_its_service() -> None:
    service = EventService(
        id=9,
        title="Vinyasa",
        capacity=12,
        team_members=(
            ServiceTeamMember(7, "Dana", timedelta(minutes=60)),
            ServiceTeamMember(8, "Mira", timedelta(minutes=90)),
        ),
    )
    day = NOW.date()
    draft = new_draft(service, day, wall("2026-11-22 18:30").time(), team_member_id=8)
    assert draft == EventDraft(
        service_id=9,
        team_member_id=8,
        date="Sun 22 Nov 2026",
        time="18:30",
        length_minutes="90",
        capacity="12",
    )
    assert new_draft(service, day).length_minutes == "60"
    assert new_draft(service, day, team_member_id=99).length_minutes == ""
    assert new_draft(None, day) == EventDraft(date="Sun 22 Nov 2026")


@given(
    st.builds(
        EventDraft,
        service_id=st.none() | st.integers(),
        team_member_id=st.none() | st.integers(),
        date=st.text(max_size=12),
        time=st.text(max_size=8),
        length_minutes=st.text(max_size=6),
        break_minutes=st.text(max_size=6),
        capacity=st.text(max_size=6),
        color=st.text(max_size=8),
        comment=st.text(max_size=300),
    ),
    st.sampled_from(["create", "update"]),
)
def test_any_draft_is_either_ready_or_says_what_is_wrong(draft: EventDraft, mode: Mode) -> None:
    result = checked(draft, mode)
    assert (result.input is None) == bool(result.problems)
    assert all(result.problems.values())
