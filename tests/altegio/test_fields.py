"""The messages of a 422 stand under the house's names, whatever their shape."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.altegio.calls import Json
from tui_app.altegio.fields import house_fields, house_name

SAYS = ("Words",)


@pytest.mark.parametrize(
    ("errors", "fields"),
    [
        ({"staff_id": ["Words"]}, {"team_member_id": SAYS}),
        ({"staff_id": "Words"}, {"team_member_id": SAYS}),
        ({"label_ids.0": ["Words"]}, {"tag_ids": SAYS}),
        ({"resource_instance_ids": {"1": ["Words"]}}, {"resource_ids": SAYS}),
        ({"technical_break_duration": ["Words"]}, {"technical_break": SAYS}),
        ({"date": ["Words"]}, {"starts_at": SAYS}),
        ({"client": {"phone": ["Words"]}}, {"client.phone": SAYS}),
        ({"client.phone": ["Words"]}, {"client.phone": SAYS}),
        ({"client[phone]": ["Words"]}, {"client.phone": SAYS}),
        ({"client": {"agreements": [{"is_newsletter_allowed": ["Words"]}]}}, {"client.agreements": SAYS}),
        ({"client.custom_field_values.0.value": ["Words"]}, {"client.custom_values": SAYS}),
        ({"client": ["Words"]}, {"client": SAYS}),
        ({"comer": {"name": ["Words"]}}, {"visitor_name": SAYS}),
        ({"clients_count": ["Words"]}, {"places": SAYS}),
        ({"reschedule_activity_id": ["Words"]}, {"to_event_id": SAYS}),
        ({"attendance_service_item": {"discount_percent": ["Words"]}}, {"price_item": SAYS}),
        ({"records": {"3": {"clients_count": ["Words"]}}}, {"entries.3.places": SAYS}),
        ({"filter": {"from": ["Words"]}}, {"starts_from": SAYS}),
        ([{"field": "staff_id", "message": "Words"}], {"team_member_id": SAYS}),
        ([{"source": {"pointer": "/data/attributes/capacity"}, "detail": "Words"}], {"capacity": SAYS}),
        ([{"code": 5, "message": "Words"}], {"": SAYS}),
        (["Words"], {"": SAYS}),
        ("Words", {"": SAYS}),
        ({"warp_factor": ["Words"]}, {"": ("warp_factor: Words",)}),
        ({"client": {"hat": ["Words"]}}, {"": ("client.hat: Words",)}),
        ({"capacity": ["One", "Two", "One"]}, {"capacity": ("One", "Two")}),
        ({"capacity": ["\x1b[31mWords"]}, {"capacity": SAYS}),
        ({"capacity": []}, {}),
        ({"capacity": None}, {}),
        ([], {}),
        (None, {}),
    ],
)
def test_every_shape_is_understood(errors: Json, fields: dict[str, tuple[str, ...]]) -> None:
    assert house_fields(errors) == fields


def test_nesting_beyond_measure_ends() -> None:
    assert house_fields(json.loads('{"a":' * 500 + "1" + "}" * 500)) == {}


def test_the_number_of_messages_is_bounded() -> None:
    assert len(house_fields([f"Words {n}" for n in range(10_000)])[""]) == 200


def test_all_messages_together_are_no_longer_than_anybody_would_read() -> None:
    found = house_fields({f"{name}_{number}": "W" * 1_000_000 for name in ("a", "b") for number in range(50)})
    assert sum(len(message) for messages in found.values() for message in messages) == 4_000


@given(st.lists(st.text(max_size=6), max_size=5))
def test_no_wire_word_comes_out(path: list[str]) -> None:
    name = house_name(tuple(path))
    assert not any(word in name for word in ("staff", "label", "comer", "activity", "record"))
