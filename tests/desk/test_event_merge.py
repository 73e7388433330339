from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.builders import event, event_input, wall
from tui_app.altegio.requests import LEFT_OUT
from tui_app.altegio.resources import Event, Resource, Tag
from tui_app.desk.event_draft import draft_of
from tui_app.desk.event_merge import LABELS, changed_fields, differing, input_of, merge, mismatches, values_of
from tui_app.desk.naming import Names

NAMES = Names(
    team_members={7: "Dana", 8: "Mira"},
    services={9: "Vinyasa"},
    resources={21: Resource(21, "Sun room", 2, "Rooms")},
    event_tags={31: Tag(id=31, title="Beginners")},
    booking_tags={},
)
EVENTS = st.builds(
    Event,
    id=st.just(1),
    starts_at=st.sampled_from([wall("2026-11-22 18:00"), wall("2026-11-22 19:00"), wall("2026-11-23 18:00")]),
    length=st.sampled_from([timedelta(minutes=60), timedelta(minutes=75)]),
    technical_break=st.sampled_from([timedelta(), timedelta(minutes=10)]),
    capacity=st.integers(1, 3),
    team_member_id=st.integers(7, 8),
    service_id=st.integers(9, 10),
    resource_ids=st.sampled_from([(), (21,), (21, 22), (22, 21)]),
    tag_ids=st.sampled_from([(), (31,)]),
    color=st.sampled_from(["", "#aabbcc"]),
    comment=st.sampled_from(["", "mats", "blocks"]),
    instructions=st.sampled_from(["", "come early"]),
    stream_link=st.sampled_from(["", "https://example.com"]),
)


def test_my_change_is_put_onto_their_newest_state() -> None:
    mine = replace(event_input(), capacity=14)
    theirs = replace(event(), comment="blocks", team_member_id=8)
    merged = merge(event(), mine, theirs, names=NAMES)
    assert merged.input == replace(mine, comment="blocks", team_member_id=8)
    assert merged.taken_over == ("Team member: Mira", "Comment: blocks")
    assert merged.clashes == ()


def test_the_same_field_changed_by_both_is_asked() -> None:
    merged = merge(event(), replace(event_input(), capacity=14), replace(event(), capacity=16))
    (clash,) = merged.clashes
    assert (clash.field, clash.label, clash.base, clash.mine, clash.theirs) == ("capacity", "Places", "12", "14", "16")


@pytest.mark.parametrize(("side", "capacity", "said"), [("mine", 14, ()), ("theirs", 16, ("Places: 16",))])
def test_a_decision_settles_a_clash(side: Any, capacity: int, said: tuple[str, ...]) -> None:  # noqa: ANN401
    mine, theirs = replace(event_input(), capacity=14), replace(event(), capacity=16)
    merged = merge(event(), mine, theirs, decisions={"capacity": side})
    assert merged.clashes == ()
    assert merged.input.capacity == capacity
    assert merged.taken_over == said


def test_the_same_change_by_both_is_no_clash() -> None:
    merged = merge(event(), replace(event_input(), capacity=14), replace(event(), capacity=14))
    assert merged.clashes == ()
    assert merged.input.capacity == 14


def test_break_and_teaching_time_merge_apart() -> None:
    mine = replace(event_input(), technical_break=timedelta(minutes=15), length=timedelta(minutes=75))
    theirs = replace(event(), length=timedelta(minutes=85))
    merged = merge(event(), mine, theirs)
    assert merged.clashes == ()
    assert merged.input.length == timedelta(minutes=90)
    assert merged.input.technical_break == timedelta(minutes=15)


def test_date_and_time_move_together() -> None:
    mine = replace(event_input(), starts_at=wall("2026-11-22 19:00"))
    theirs = replace(event(), starts_at=wall("2026-11-24 18:00"))
    (clash,) = merge(event(), mine, theirs).clashes
    assert clash.mine == "Sun 22 Nov 2026 19:00"
    assert clash.theirs == "Tue 24 Nov 2026 18:00"


def test_lists_in_another_order_are_the_same() -> None:
    merged = merge(event(), replace(event_input(), capacity=14), replace(event(), resource_ids=(22, 21)))
    assert merged.taken_over == ()
    assert frozenset(merged.input.resource_ids) == {21, 22}


def test_values_are_said_in_names() -> None:
    mine = replace(event_input(), resource_ids=(21,), tag_ids=())
    theirs = replace(event(), resource_ids=(22,), tag_ids=(31, 32))
    rooms, tags = merge(event(), mine, theirs, names=NAMES).clashes
    assert (rooms.mine, rooms.theirs) == ("Sun room", "resource 22")
    assert (tags.mine, tags.theirs) == ("", "Beginners, tag 32")


@given(EVENTS, EVENTS)
def test_an_edit_that_changes_nothing_takes_everything_over(base: Event, theirs: Event) -> None:
    merged = merge(base, input_of(values_of(base)), theirs)
    assert merged.clashes == ()
    assert mismatches(merged.input, theirs) == ()


@given(EVENTS, EVENTS)
def test_where_nobody_else_changed_anything_mine_is_sent(base: Event, wished: Event) -> None:
    merged = merge(base, input_of(values_of(wished)), base)
    assert merged.clashes == ()
    assert merged.taken_over == ()
    assert mismatches(merged.input, wished) == ()


@given(EVENTS, EVENTS, EVENTS)
def test_every_field_is_mine_or_theirs_and_clashes_only_where_both_changed(
    base: Event, wished: Event, theirs: Event
) -> None:
    mine = input_of(values_of(wished))
    merged = merge(base, mine, theirs)
    by_me, by_them = differing(base, mine), differing(base, input_of(values_of(theirs)))
    both = differing(theirs, mine)
    assert {clash.field for clash in merged.clashes} == by_me & by_them & both
    assert differing(theirs, merged.input) <= by_me


@given(EVENTS, EVENTS, EVENTS, st.sampled_from(["mine", "theirs"]))
def test_decisions_for_all_leave_no_clash(base: Event, wished: Event, theirs: Event, side: Any) -> None:  # noqa: ANN401
    merged = merge(base, input_of(values_of(wished)), theirs, decisions=dict.fromkeys(LABELS, side))
    assert merged.clashes == ()


def test_a_value_that_was_not_kept_is_named() -> None:
    assert mismatches(replace(event_input(), capacity=14), event()) == ("Places is 12, not 14",)
    assert mismatches(event_input(), event()) == ()


def test_what_was_left_out_is_not_compared() -> None:
    new = replace(event_input(), comment=LEFT_OUT, technical_break=LEFT_OUT)
    assert mismatches(new, event()) == ()


def test_the_changed_fields_of_the_form_are_named() -> None:
    draft = draft_of(event())
    assert changed_fields(draft, draft) == frozenset()
    assert changed_fields(draft, replace(draft, capacity="14", comment="")) == {"capacity", "comment"}
