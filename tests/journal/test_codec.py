"""Operations as text: every operation comes back as it was, whatever is in it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.journal.rows import booking
from tui_app.altegio.operations import (
    AddBooking,
    AddBookings,
    CancelBooking,
    CreateEvent,
    DeleteEvent,
    MarkAttendance,
    MoveBooking,
    Operation,
    RepeatEvent,
    UpdateBooking,
    UpdateEvent,
)
from tui_app.altegio.requests import LEFT_OUT, ClientInput
from tui_app.desk.journal.codec import Undecipherable, pack, pack_ids, unpack, unpack_ids
from tui_app.desk.journal.rows import kind_of

KINDS = (
    AddBooking,
    AddBookings,
    CancelBooking,
    CreateEvent,
    DeleteEvent,
    MarkAttendance,
    MoveBooking,
    RepeatEvent,
    UpdateBooking,
    UpdateEvent,
)

st.register_type_strategy(int, st.integers(-(2**53), 2**53))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(timedelta, st.integers(0, 86_400).map(lambda seconds: timedelta(seconds=seconds)))
st.register_type_strategy(datetime, st.datetimes().map(lambda wall: wall.replace(microsecond=0, fold=0)))


@settings(max_examples=150, deadline=None)
@given(st.one_of(*(st.from_type(kind) for kind in KINDS)))
def test_every_operation_comes_back_as_it_was(operation: Operation) -> None:
    assert unpack(kind_of(operation), pack(operation)) == operation


@pytest.mark.parametrize("text", ["left out", "LEFT_OUT", "", "null", "\x00\u202e", "Ольга", "王芳", "x" * 100_000])
def test_what_is_left_out_is_told_from_a_text_of_the_same_letters(text: str) -> None:
    said = booking()
    client = replace(said.booking.client, comment=text, national_id=LEFT_OUT)
    operation = replace(said, booking=replace(said.booking, client=client, visitor_name=text))
    assert unpack("AddBooking", pack(operation)) == operation


def test_half_a_character_that_a_terminal_let_through_breaks_nothing() -> None:
    client = ClientInput(id=None, name="Anna \udcff", phone="")
    operation = replace(booking(), booking=replace(booking().booking, client=client))
    assert unpack("AddBooking", pack(operation)).location_id == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"location_id": 1}', '{"location_id": "x"}', "\x00"])
def test_a_text_that_is_no_operation_is_told_without_its_words(text: str) -> None:
    with pytest.raises(Undecipherable) as trouble:
        unpack("DeleteEvent", text)
    assert str(trouble.value) == "DeleteEvent"


def test_a_kind_that_is_not_known_is_told() -> None:
    with pytest.raises(Undecipherable):
        unpack("Teleport", "{}")


@given(st.lists(st.integers(0, 2**53)).map(tuple))
def test_ids_come_back(ids: tuple[int, ...]) -> None:
    assert unpack_ids(pack_ids(ids)) == ids


@pytest.mark.parametrize("text", ["", "{", "7", '["x"]', "[null]"])
def test_a_text_that_holds_no_ids_is_told(text: str) -> None:
    with pytest.raises(Undecipherable):
        unpack_ids(text)
