"""Whether a booking that was read is the one that was sent."""

import pytest
from msgspec.structs import replace

from tui_app.altegio.requests import BookingInput, ClientInput
from tui_app.altegio.resources import Booking, Client
from tui_app.desk.recognizing import is_what_was_booked

KNOWN = BookingInput(client=ClientInput(id=7, name="Anna", phone="+4915112345678"), places=2)
NEW = BookingInput(client=ClientInput(id=None, name="Rosa", surname="Lindt", phone="+4915112345678"), places=1)
WALK_IN = BookingInput(client=ClientInput(id=None, name="Bo Li", phone=""), places=1, visitor_name="Bo Li")

CARD = Client(id=9, name="rosa", surname="LINDT", phone="+49 151 12345678")
READ = Booking(id=1, client_id=9, client=CARD)


def test_a_known_client_is_known_by_the_id_alone() -> None:
    assert is_what_was_booked(Booking(id=1, client_id=7, places=2), KNOWN)
    assert not is_what_was_booked(Booking(id=1, client_id=8, client=CARD, places=2), KNOWN)


@pytest.mark.parametrize("sent", [KNOWN, NEW, WALK_IN])
def test_other_places_are_another_booking(sent: BookingInput) -> None:
    booking = Booking(id=1, client_id=7, client=CARD, visitor_name="Bo Li", places=3)
    assert not is_what_was_booked(booking, sent)


def test_a_new_client_is_known_by_the_phone_however_it_is_written() -> None:
    assert is_what_was_booked(READ, NEW)
    assert is_what_was_booked(Booking(id=1, fictive_name="R", fictive_phone="4915112345678"), NEW)
    assert not is_what_was_booked(replace(READ, client=replace(CARD, phone="+4915100000000")), NEW)


def test_where_the_phone_is_withheld_the_name_decides() -> None:
    withheld = replace(READ, client=replace(CARD, phone="+49 151 XXXXXX"))
    assert is_what_was_booked(withheld, NEW)
    assert not is_what_was_booked(replace(withheld, client=Client(id=9, name="Olga")), NEW)


def test_a_walk_in_is_known_by_the_name() -> None:
    assert is_what_was_booked(Booking(id=1, visitor_name="bo li"), WALK_IN)
    assert is_what_was_booked(Booking(id=1, fictive_name="Bo Li"), WALK_IN)
    assert not is_what_was_booked(Booking(id=1, visitor_name="Cy"), WALK_IN)
    assert not is_what_was_booked(Booking(id=1), WALK_IN)
