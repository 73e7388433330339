"""What holds for every line: it is read, never raises, and nothing that is ambiguous acts."""

import re
import string
from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.builders import scheduled
from tests.desk.commands.views import EMPTY, EVENING, VIEW, roster
from tui_app.desk.commands.asking import take
from tui_app.desk.commands.event_tokens import EventToken, events_at, read_event_token
from tui_app.desk.commands.intents import Book, ClientQuery, Intent, ListActions, SelectEvent, SetAttendance
from tui_app.desk.commands.layouts import by_key, tidy
from tui_app.desk.commands.numbers import read_numbers
from tui_app.desk.commands.parse import read_line, read_part
from tui_app.desk.commands.preview import preview
from tui_app.desk.commands.tokens import split_line, take_places, tokens_of
from tui_app.desk.commands.verbs import VERBS, nearest_verb
from tui_app.desk.commands.view import Candidates, Chain, Deferred, PartReading, Refused, View
from tui_app.desk.folding import other_layout

WORDS = [verb.word for verb in VERBS]
PIECES = st.sampled_from(
    [
        *WORDS, *(other_layout(word) for word in WORDS), *"0123456789", "18", "18:30", "19b", "5678", "7012345678",
        "+7", "+1", "=", "*", "-", ",", ".", ";", '"', "«", "ж", "Ж", " ", "  ", "anna", "ким", "ғ,.ү", "кі", "24.12",
        "fri", "4w", "№", "\t",
    ]
)  # fmt: skip
LINES = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=8).map(" ".join)
)
ENTRIES = (Candidates, Refused, Deferred, *get_args(Intent))
VIEWS = st.sampled_from([
    VIEW,
    EMPTY,
    replace(VIEW, roster=None),
    replace(VIEW, team_members=(), rooms=(), names_known=False, region=""),
    VIEW.on_day(VIEW.today.replace(day=30)),
    *(replace(VIEW, questions=take(text, read_part(text, VIEW), VIEW).state) for text in ("19", "x", "x3", "31.02")),
])  # fmt: skip


def entries(reading: PartReading | Chain) -> Sequence[PartReading]:
    return [part.reading for part in reading.parts] if isinstance(reading, Chain) else [reading]


@given(LINES, VIEWS)
def test_any_text_is_read_taken_and_previewed(text: str, view: View) -> None:
    reading = read_line(text, view)
    shown = preview(text, reading, view)
    assert shown.line or shown.items
    for one in entries(reading):
        assert isinstance(one, ENTRIES)
        if not isinstance(reading, Chain):
            take(text, one, view)


@given(LINES, VIEWS)
def test_what_is_no_intent_runs_nothing(text: str, view: View) -> None:
    reading = read_line(text, view)
    if isinstance(reading, Candidates | Refused | Deferred):
        assert take(text, reading, view).run is None


@given(LINES, VIEWS)
def test_a_refusal_has_words_and_candidates_have_several_meanings(text: str, view: View) -> None:
    for one in entries(read_line(text, view)):
        if isinstance(one, Refused):
            assert one.words
        if isinstance(one, Candidates):
            assert one.items
            assert len({repr(choice.intent) for choice in one.items}) == len(one.items)


@given(st.text(string.digits, min_size=3, max_size=6))
def test_three_to_six_digits_are_never_a_time(typed: str) -> None:
    assert read_line(typed, VIEW) == Book(EVENING, ClientQuery(typed, (), typed))


@given(st.text(st.characters(exclude_characters='"«»“”„‟;*'), min_size=1, max_size=30), VIEWS)
def test_what_stands_in_quotes_is_never_a_verb(name: str, view: View) -> None:
    assert isinstance(read_line(f'"{name}"', view), Book | Refused | Deferred)


@given(st.text(st.characters(exclude_characters=";ж"), max_size=30), VIEWS)
def test_a_leading_space_never_makes_a_verb(name: str, view: View) -> None:
    reading = read_line(f" {name}", view)
    bare = not tidy(name).strip()
    assert isinstance(reading, Book | Refused | Deferred) or bare


@given(st.lists(st.tuples(st.integers(0, 23), st.sampled_from([0, 15, 30])), max_size=8), st.integers(0, 23))
def test_an_hour_selects_only_the_only_class(starts: list[tuple[int, int]], hour: int) -> None:
    times = [f"2026-11-22 {at:02}:{minute:02}" for at, minute in sorted(starts)]
    events = tuple(scheduled(number, at) for number, at in enumerate(times, start=1))
    reading = read_line(f"{hour}", replace(VIEW, events=events, selected_id=None, roster=None))
    there = [event.id for event in events if event.starts_at.hour == hour]
    match there:
        case []:
            assert isinstance(reading, Refused)
        case [only]:
            assert reading == SelectEvent(only)
        case _:
            assert isinstance(reading, Candidates)
            assert [choice.intent for choice in reading.items] == [SelectEvent(one) for one in there]


@given(st.integers(0, 99), st.none() | st.integers(0, 59), st.none() | st.integers(0, 25))
def test_a_class_token_comes_back_from_its_words(hour: int, minute: int | None, ordinal: int | None) -> None:
    token = EventToken(hour, minute, ordinal)
    assert read_event_token(token.words) == token
    assert read_event_token(other_layout(token.words)) == token
    assert not (token.problem and events_at(token, VIEW.events))


@given(st.lists(st.integers(1, 99), min_size=1, max_size=10, unique=True))
def test_numbers_come_back_from_their_list(numbers: list[int]) -> None:
    for separator in (",", " ", ", "):
        assert read_numbers(separator.join(map(str, numbers))) == tuple(numbers)


@given(st.sets(st.integers(1, 11), min_size=1, max_size=10))
def test_all_but_some_and_those_are_everybody(missing: set[int]) -> None:
    reading = read_line("a -" + ",".join(map(str, sorted(missing))), VIEW)
    assert isinstance(reading, SetAttendance)
    assert {entry.number for entry in reading.left_out} == missing
    assert len(reading.entries) + len(missing) == len(roster().entries)


@given(st.lists(st.text(string.ascii_lowercase + string.digits, min_size=1), min_size=1, max_size=6))
def test_a_chain_falls_into_its_parts(parts: list[str]) -> None:
    assert split_line("; ".join(parts)) == tuple(parts)


@given(st.text(string.ascii_lowercase, min_size=1, max_size=8), st.integers(1, 99))
def test_places_come_off_at_either_end(name: str, places: int) -> None:
    for typed in (f"{name} *{places}", f"{name}*{places}", f"*{places} {name}"):
        placed = take_places(typed)
        assert (placed.text, placed.places) == (name, places)


@given(LINES)
def test_the_tools_of_the_grammar_take_any_text(text: str) -> None:
    tidied = tidy(text)
    assert "\x1b" not in tidied
    assert tidy(tidied) == tidied
    assert all(token.text.strip() for token in tokens_of(tidied))
    by_key(tidied)
    nearest_verb(text)


@given(st.text(string.ascii_lowercase + " ", min_size=1))
def test_letters_alone_never_change_the_world_by_accident(text: str) -> None:
    """A line of letters is a verb of the table in full, or a name, or refused."""
    reading = read_line(text, VIEW)
    first = text.split(maxsplit=1)[0] if text.split() else ""
    days = re.fullmatch(r"(to|ye|mo|tu|we|th|fr|sa|su)\w+", first)
    assert isinstance(reading, Book | Refused | ListActions) or first in WORDS or days


@pytest.mark.parametrize(("events", "length"), [(300, 500)])
def test_a_page_that_was_pasted_is_read_in_no_time(events: int, length: int) -> None:
    many = tuple(scheduled(number, f"2026-11-22 {number % 24:02}:00") for number in range(1, events + 1))
    reading = read_line(("18;" * length)[:length], replace(VIEW, events=many))
    assert isinstance(reading, Chain)
    assert len(reading.parts) == length // 3 + 1
