from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.builders import client_booking, roster_of
from tui_app.altegio.requests import LEFT_OUT
from tui_app.altegio.resources import Agreements, Booking, ClientHit, CustomField, CustomValue, Gender
from tui_app.desk.booking import already_booked
from tui_app.desk.booking_draft import BookingDraft, CheckedBooking, check_booking, draft_for
from tui_app.desk.model import Roster

TODAY = date(2026, 11, 22)
NEW = BookingDraft(name="Anna", phone="8 701 234 56 78")
FIELDS = (
    CustomField(id=1, code="health", title="Health", required=True),
    CustomField(id=2, code="source", title="Source", values=("Friends", "Search")),
    CustomField(id=3, code="hidden", title="Hidden", required=True, visible=False),
)


def checked(
    draft: BookingDraft,
    *,
    custom_fields: tuple[CustomField, ...] = (),
    free: int | None = 5,
    roster: Roster | None = None,
) -> CheckedBooking:
    return check_booking(draft, custom_fields=custom_fields, region="KZ", free=free, roster=roster, today=TODAY)


def changed(name: str, value: str) -> BookingDraft:
    changes: dict[str, Any] = {name: value}
    return replace(NEW, **changes)


def test_a_new_client_is_sent_with_every_field() -> None:
    draft = replace(
        NEW,
        surname=" Kim ",
        email="anna@example.com",
        gender=Gender.FEMALE,
        birthday="24.12.1990",
        personal_data=True,
        comment="vip",
        places="2",
        tag_ids=(4,),
    )
    result = checked(draft)
    assert result.problems == {}
    assert result.phone_shown == "+7 701 234 5678"
    assert result.input is not None
    client = result.input.client
    assert (client.id, client.name, client.surname, client.patronymic) == (None, "Anna", "Kim", None)
    assert (client.phone, client.email, client.birthday) == ("+77012345678", "anna@example.com", date(1990, 12, 24))
    assert client.agreements == Agreements(newsletter=False, personal_data=True)
    assert client.comment == "vip"
    assert (result.input.places, result.input.tag_ids) == (2, (4,))
    assert result.input.visitor_name is LEFT_OUT


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("name", "", "name"),
        ("name", "x" * 256, "name"),
        ("phone", "", "phone"),
        ("phone", "12", "phone"),
        ("phone", "anna", "phone"),
        ("email", "anna", "email"),
        ("email", "anna@home", "email"),
        ("email", "a b@example.com", "email"),
        ("birthday", "24.12", "birthday"),
        ("birthday", "24.12.2030", "birthday"),
        ("places", "0", "places"),
        ("places", "two", "places"),
        ("places", "6", "places"),
        ("visitor_name", "x" * 256, "visitor_name"),
    ],
)
def test_each_rule_is_told_at_its_field(name: str, value: str, field: str) -> None:
    result = checked(changed(name, value))
    assert result.input is None
    assert list(result.problems) == [field]


@pytest.mark.parametrize(
    ("free", "words"), [(0, "No place is free"), (1, "Only 1 place is free"), (2, "Only 2 places are free")]
)
def test_places_must_be_free(free: int, words: str) -> None:
    assert checked(replace(NEW, places="3"), free=free).problems == {"places": words}


def test_where_free_places_are_unknown_the_server_decides() -> None:
    assert checked(replace(NEW, places="3"), free=None).input is not None


def test_required_custom_fields_are_asked_of_a_new_client_alone() -> None:
    assert set(checked(NEW, custom_fields=FIELDS).problems) == {"custom:health"}
    assert checked(BookingDraft(client_id=5, name="Anna"), custom_fields=FIELDS).input is not None
    assert checked(BookingDraft(visitor_name="Bo"), custom_fields=FIELDS).input is not None


def test_custom_values_are_held_to_their_definition() -> None:
    values = (CustomValue("health", "x" * 256), CustomValue("source", "Nowhere"))
    assert set(checked(replace(NEW, custom_values=values), custom_fields=FIELDS).problems) == {
        "custom:health",
        "custom:source",
    }
    good = (CustomValue("health", " fine "), CustomValue("source", "Friends"), CustomValue("hidden", ""))
    result = checked(replace(NEW, custom_values=good), custom_fields=FIELDS)
    assert result.input is not None
    assert result.input.client.custom_values == (CustomValue("health", "fine"), CustomValue("source", "Friends"))


def test_a_visitor_alone_has_a_client_without_id_and_phone() -> None:
    result = checked(BookingDraft(visitor_name="  Bo  Li "))
    assert result.input is not None
    assert (result.input.client.id, result.input.client.name, result.input.client.phone) == (None, "Bo Li", "")
    assert result.input.visitor_name == "Bo Li"
    assert result.input.client.agreements is None


def test_a_visitor_beside_a_client_is_sent_with_both() -> None:
    result = checked(BookingDraft(client_id=5, name="Anna", visitor_name="Bo"))
    assert result.input is not None
    assert (result.input.client.id, result.input.visitor_name) == (5, "Bo")


def test_a_known_client_is_not_asked_for_what_the_card_holds() -> None:
    draft = BookingDraft(client_id=5, name="Anna", phone="+7701XXXX678")
    assert checked(draft).problems == {}


def test_a_client_who_is_in_the_event_is_pointed_out() -> None:
    roster = roster_of([replace(client_booking(1, client_id=5), places=2)])
    known = checked(BookingDraft(client_id=5), roster=roster)
    assert known.input is not None
    assert known.warnings == {"client": "Anna Kim is in this event already: number 1, 2 places"}
    assert set(checked(NEW, roster=roster).warnings) == {"phone"}
    assert checked(BookingDraft(client_id=6), roster=roster).warnings == {}


def test_a_client_is_found_in_a_roster_by_id_then_by_phone() -> None:
    roster = roster_of([client_booking(1, client_id=5), client_booking(2, client_id=6)])
    assert already_booked(roster, ClientHit(6, "Anna")) is roster.entries[1]
    assert already_booked(roster, ClientHit(None, "Anna", phone="+7 701 234 5678")) is roster.entries[0]
    assert already_booked(roster, ClientHit(9, "Anna", phone="+7701XXXX678")) is None
    assert already_booked(roster, ClientHit(9, "Anna")) is None


def test_a_visitors_row_is_nobodys_phone() -> None:
    roster = roster_of([Booking(id=1, visitor_name="Bo")])
    assert already_booked(roster, ClientHit(9, "Anna", phone="+77012345678")) is None


def test_a_draft_begins_with_what_the_search_found() -> None:
    hit = ClientHit(5, "Anna", "Kim", phone="+77012345678")
    assert draft_for(hit) == BookingDraft(client_id=5, name="Anna", surname="Kim", phone="+77012345678")
    assert draft_for(ClientHit(None, "Bo", visitor_id=8)) == BookingDraft(visitor_id=8, visitor_name="Bo")


@given(
    st.builds(
        BookingDraft,
        client_id=st.none() | st.integers(1, 5),
        name=st.text(max_size=12),
        phone=st.text(max_size=16),
        email=st.text(max_size=12),
        birthday=st.text(max_size=10),
        visitor_name=st.text(max_size=10),
        places=st.text(max_size=4),
    )
)
def test_any_draft_is_either_ready_or_says_what_is_wrong(draft: BookingDraft) -> None:
    result = checked(draft, custom_fields=FIELDS)
    assert (result.input is None) == bool(result.problems)
    assert all(result.problems.values())
