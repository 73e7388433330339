"""Only one who surely fits is booked without asking: the end of a phone, the beginnings of a name (design 5)."""

import pytest

from tests.desk.commands.views import EVENING
from tui_app.altegio.resources import ClientHit
from tui_app.desk.commands.intents import Book, ClientQuery, NewClient
from tui_app.desk.commands.matching import MOST_CANDIDATES, Match, Nobody, One, Several, candidates_for, settle
from tui_app.desk.commands.people import query_of
from tui_app.desk.commands.tokens import tokens_of
from tui_app.desk.phones import PhoneNumber

ANNA = ClientHit(1, "Anna", "Kim", phone="+77012345678")
INNA = ClientHit(2, "Inna", "Kim", phone="+77025678000")
OLYA = ClientHit(3, "Ольга", "Ёлкина", phone="+77030001122")
HIDDEN = ClientHit(4, "Anna", "Li", phone="+7701XXXXX78")


def settled(typed: str, *hits: ClientHit, complete: bool = True) -> Match:
    return settle(query_of(tokens_of(typed)), hits, complete=complete)


@pytest.mark.parametrize(
    ("typed", "hits", "sure"),
    [
        ("5678", (ANNA, INNA), ANNA),
        ("ann ki", (ANNA,), ANNA),
        ("KI ANN", (ANNA,), ANNA),
        ("kim 5678", (ANNA, INNA), ANNA),
        ("елк", (OLYA,), OLYA),
        ("jkmuf", (OLYA,), OLYA),
        ("фттф", (ANNA,), ANNA),
        ("87012345678", (ANNA,), ANNA),
        ("0087012345678", (ClientHit(5, "Ben", phone="87012345678"),), None),
        ("+77012345678", (ANNA,), ANNA),
    ],
)
def test_one_who_surely_fits(typed: str, hits: tuple[ClientHit, ...], sure: ClientHit | None) -> None:
    found = settled(typed, *hits)
    assert found == One(sure) if sure is not None else isinstance(found, One | Several)


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("567", (ANNA,)),
        ("nna", (ANNA,)),
        ("kim", (ANNA, INNA)),
        ("2345", (ANNA,)),
        ("678", (HIDDEN,)),
        ("pak 5678", (ANNA,)),
    ],
)
def test_what_is_not_sure_or_not_alone_is_a_candidate(typed: str, hits: tuple[ClientHit, ...]) -> None:
    assert isinstance(settled(typed, *hits), Several)


def test_the_end_of_a_phone_beats_a_piece_of_it_among_candidates() -> None:
    other = ClientHit(6, "Vera", phone="+77770005678")
    assert settled("5678", ANNA, other, INNA) == Several((ANNA, other))


def test_the_only_hit_of_a_part_of_the_answers_is_a_candidate() -> None:
    assert settled("5678", ANNA, complete=False) == Several((ANNA,), more=True)


def test_nobody() -> None:
    assert settled("5678") == Nobody()


def test_more_than_can_be_numbered_at_once_is_told() -> None:
    hits = tuple(ClientHit(number, "Anna", f"Kim{number}") for number in range(30))
    found = settled("anna", *hits)
    assert isinstance(found, Several)
    assert (len(found.hits), found.more) == (MOST_CANDIDATES, True)


def test_each_candidate_is_a_booking_of_its_own_with_the_phone_masked() -> None:
    book = Book(EVENING, ClientQuery("kim", ("kim",)), places=2)
    choices = candidates_for(book, Several((ANNA, INNA)))
    assert [choice.words for choice in choices] == ["Anna Kim •• 5678", "Inna Kim •• 8000"]
    assert [choice.intent for choice in choices] == [Book(EVENING, ANNA, 2), Book(EVENING, INNA, 2)]


def test_a_new_client_is_offered_behind_those_who_have_the_phone() -> None:
    book = Book(EVENING, NewClient("Ann", "", PhoneNumber("+77012345678", "+7 701 234 5678")))
    choices = candidates_for(book, Several((ANNA,)))
    assert [choice.words for choice in choices] == ["Anna Kim •• 5678", "new client Ann"]
    assert choices[-1].intent == book
