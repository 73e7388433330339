import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.acting import book, roomy
from tests.desk.conftest import connected
from tests.support.sandbox import Clock, opened
from tui_app.altegio.resources import ClientHit
from tui_app.desk.booking_draft import BookingDraft
from tui_app.desk.client_matching import (
    Wanted,
    closer_texts,
    describe_hit,
    ends_with,
    in_other_layout,
    matches,
    ranked,
    read_query,
    search_texts,
    told_apart_by,
)
from tui_app.desk.desk import Desk
from tui_app.desk.phones import digits
from tui_app.sandbox import Sandbox

ANNA = ClientHit(1, "Anna", "Kim", phone="+77012345678")
ALENA = ClientHit(2, "Алёна", "Ковалёва", phone="+77019995678")
VISITOR = ClientHit(None, "Anna", visitor_id=8)


@pytest.mark.parametrize(
    ("typed", "names", "phone"),
    [
        ("ann ki", ("ann", "ki"), ""),
        ("kim 5678", ("kim",), "5678"),
        ("5678", (), "5678"),
        ("+7 701 234 56 78", (), "77012345678"),
        ("0077012345678", (), "77012345678"),
        ("8 701 234 56 78", (), "7012345678"),
        ("0176 123 45678", (), "17612345678"),
        ("0123", (), "0123"),
        ("12", ("12",), ""),
        ("Алёна", ("алена",), ""),
        ("", (), ""),
        (" + ", ("+",), ""),
    ],
)
def test_what_is_typed_is_parted_into_name_and_phone(typed: str, names: tuple[str, ...], phone: str) -> None:
    wanted = read_query(typed)
    assert (wanted.names, wanted.phone) == (names, phone)


@pytest.mark.parametrize("typed", ["ann", "KIM", "kim ann", "nn im", "5678", "kim 5678", "77012345678", "87012345678"])
def test_a_client_is_matched_by_fragments_in_any_order(typed: str) -> None:
    assert matches(ANNA, read_query(typed))


@pytest.mark.parametrize("typed", ["anna li", "9999", "kim 9999", "bo"])
def test_a_client_who_lacks_a_piece_is_not_matched(typed: str) -> None:
    assert not matches(ANNA, read_query(typed))


def test_a_withheld_phone_cannot_contradict_the_server() -> None:
    assert matches(replace(ANNA, phone="+7701XXXX678"), read_query("5555"))
    assert not ends_with(replace(ANNA, phone="+7701XXXX678"), read_query("678"))


def test_the_wrong_layout_means_the_same_client() -> None:
    for hit, typed in ((ALENA, "fktyf"), (ANNA, "фттф")):
        swapped = in_other_layout(typed)
        assert swapped is not None
        assert matches(hit, swapped)


@pytest.mark.parametrize("typed", ["5678", "+7 701", "Zoë", "anna Ким", "王芳", "Ольга Ежова", "12", ""])
def test_the_other_layout_is_not_meant_where_the_text_cannot_be_it(typed: str) -> None:
    assert in_other_layout(typed) is None


def test_the_end_of_a_phone_comes_before_its_middle() -> None:
    middle = ClientHit(3, "Aaron", phone="+75678000000")
    assert ranked([middle, ANNA], read_query("5678")) == (ANNA, middle)
    assert ends_with(ANNA, read_query("5678"))
    assert not ends_with(middle, read_query("5678"))


def test_whole_words_come_before_beginnings_and_these_before_middles() -> None:
    hits = [ClientHit(1, "Joanna"), ClientHit(2, "Annabel"), ClientHit(3, "Anna")]
    assert [hit.id for hit in ranked(hits, read_query("anna"))] == [3, 2, 1]


def test_each_client_and_each_visitor_stands_once() -> None:
    again = replace(ANNA, email="anna@example.com")
    assert ranked([ANNA, again, VISITOR, VISITOR], read_query("anna")) == (VISITOR, ANNA)


@given(st.lists(st.builds(ClientHit, st.integers(1, 9), st.text(max_size=6), st.text(max_size=6))), st.text(max_size=8))
def test_ranking_keeps_only_what_matches(hits: list[ClientHit], typed: str) -> None:
    wanted = read_query(typed)
    assert all(matches(hit, wanted) for hit in ranked(hits, wanted))


@pytest.mark.parametrize(
    ("hit", "said"),
    [
        (ANNA, "Anna Kim •• 5678"),
        (replace(ANNA, phone=""), "Anna Kim, no phone shown"),
        (replace(ANNA, phone="+7701XXX"), "Anna Kim, phone withheld"),
        (VISITOR, "Anna, visitor"),
        (ClientHit(9, ""), "client 9, no phone shown"),
    ],
)
def test_a_hit_is_said_in_one_line_without_its_phone(hit: ClientHit, said: str) -> None:
    assert describe_hit(hit) == said


def test_nothing_typed_wants_nothing() -> None:
    assert read_query("  ").empty
    assert not Wanted(("a",), "").empty


async def somebody(desk: Desk) -> ClientHit:
    page = await desk.api.clients.search(desk.location.id, "", page_size=50)
    return next(hit for hit in page.clients if hit.phone and hit.surname and hit.name.isascii() and hit.name.isalpha())


async def test_a_caller_is_found_by_the_end_of_the_phone(desk: Desk) -> None:
    hit = await somebody(desk)
    found = await desk.clients.search(digits(hit.phone)[-6:])
    assert hit.id in {one.id for one in found.hits}
    assert found.complete


async def test_a_caller_is_found_by_fragments_of_the_name(desk: Desk) -> None:
    hit = await somebody(desk)
    for typed in (f"{hit.surname[:3]} {hit.name[:3]}", hit.full_name.upper(), f"{hit.name} {digits(hit.phone)[-4:]}"):
        assert hit.id in {one.id for one in await desk.clients.find(typed)}


async def test_yo_and_the_wrong_layout_are_forgiven(desk: Desk) -> None:
    page = await desk.api.clients.search(desk.location.id, "", page_size=200)
    hit = next(hit for hit in page.clients if "ё" in hit.full_name)
    assert hit.id in {one.id for one in await desk.clients.find(hit.full_name.replace("ё", "е"))}
    assert await desk.clients.find("фттф")


async def test_nothing_is_asked_for_nothing(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.requests.clear()
    assert await desk.clients.find("  ") == ()
    assert len(sandbox.requests) == 0


async def test_what_nobody_is_called_finds_nobody(desk: Desk) -> None:
    found = await desk.clients.search("xyzzy plugh")
    assert (found.hits, found.complete) == ((), True)


async def test_visitors_are_found_too(desk: Desk) -> None:
    hits = await desk.clients.find("walk-in")
    assert hits
    assert all(hit.id is None and hit.visitor_id is not None for hit in hits)


def test_a_visitor_is_told_from_a_client_by_the_search() -> None:
    offered = (ClientHit(5, "Anna"), ClientHit(6, "Anna Li"), ANNA)
    clients = (ClientHit(5, "Bo"), ClientHit(6, "Anna", "Li"))
    assert told_apart_by(offered, clients, complete=True) == (
        ClientHit(None, "Anna", visitor_id=5),
        ClientHit(6, "Anna Li"),
        ANNA,
    )
    assert told_apart_by(offered, clients, complete=False) == (ClientHit(6, "Anna Li"), ANNA)


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("kim 5678", ("5678", "kim")),
        ("ann Kovalyova", ("Kovalyova", "ann")),
        ("Берёзкина", ("зкина", "Б", "р")),
        ("Лев", ("Л", "в")),
        ("ё", ("ё",)),
    ],
)
def test_a_server_is_asked_for_every_piece_but_not_for_yo(typed: str, texts: tuple[str, ...]) -> None:
    assert sorted(search_texts(read_query(typed))) == sorted(texts)
    assert search_texts(read_query(typed))[0] == texts[0]


@pytest.mark.parametrize(
    ("typed", "fits", "closer"),
    [
        ("Алёна", True, ("Алёна",)),
        ("anna", False, None),
        ("ann kim", True, None),
        ("anna kim", False, ("anna",)),
    ],
)
def test_more_than_a_page_is_asked_for_more_closely(typed: str, fits: bool, closer: tuple[str, ...] | None) -> None:
    assert closer_texts(read_query(typed), fits=fits) == closer


async def test_without_the_type_ahead_the_search_answers_and_it_is_not_asked_again(
    desk: Desk, sandbox: Sandbox
) -> None:
    hit = await somebody(desk)
    sandbox.faults.answer(403, {"success": False, "data": None, "meta": {}}, path="autocomplete", times=None)
    sandbox.requests.clear()
    assert hit.id in {one.id for one in await desk.clients.find(hit.name)}
    asked = len(sandbox.requests.matching("GET", "autocomplete"))
    await desk.clients.find(hit.surname)
    assert len(sandbox.requests.matching("GET", "autocomplete")) == asked > 0


async def test_a_user_without_phones_still_finds_by_phone(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as owner:
        hit = await somebody(owner)
    async with connected(sandbox, clock, "events", role="receptionist") as desk:
        for found in await desk.clients.find(hit.full_name):
            assert describe_hit(found).endswith(("withheld", "no phone shown", "visitor"))


async def test_clients_seen_in_this_run_are_offered_without_a_request(desk: Desk, sandbox: Sandbox) -> None:
    hit = await somebody(desk)
    assert desk.clients.seen(hit.name) == ()
    await desk.clients.find(hit.full_name)
    sandbox.requests.clear()
    assert hit.id in {one.id for one in desk.clients.seen(hit.surname)}
    assert desk.clients.seen("") == ()
    assert len(sandbox.requests) == 0


async def test_a_client_made_by_a_booking_is_found_at_once(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.faults.answer(200, {"success": True, "data": [], "meta": []}, path="custom_fields", times=None)
    before = await desk.clients.find("anna")
    event = (await roomy(desk))[0]
    await book(desk, event.id, BookingDraft(name="Annabel", surname="Neumann", phone="+4917612345678"))
    assert "Annabel Neumann" in {hit.full_name for hit in set(await desk.clients.find("anna")) - set(before)}


async def test_both_spellings_of_yo_are_found_however_many_there_are_of_one(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.faults.answer(200, {"success": True, "data": [], "meta": []}, path="custom_fields", times=None)
    event = (await roomy(desk))[0]
    for name, phone in (("Алёна", "+4917612345678"), ("Алена", "+4917612345679")):
        await book(desk, event.id, BookingDraft(name=name, surname="Ёлкина", phone=phone))
    for typed in ("алена елкина", "алёна ёлкина", "fktyf tkrbyf"):
        found = await desk.clients.search(typed)
        assert {hit.full_name for hit in found.hits} == {"Алёна Ёлкина", "Алена Ёлкина"}
        assert found.complete


async def test_pieces_are_looked_for_together_so_that_others_with_one_of_them_do_not_fill_the_page(
    clock: Clock,
) -> None:
    with opened(clock=clock, clients=600) as sandbox:
        async with connected(sandbox, clock, "events") as desk:
            assert not (await desk.clients.search("example")).complete
            found = await desk.clients.search("example ki")
            assert found.complete
            assert found.hits


@pytest.mark.parametrize("status", [400, 422])
async def test_a_server_that_takes_one_text_alone_is_asked_by_the_longest(
    desk: Desk, sandbox: Sandbox, status: int
) -> None:
    hit = await somebody(desk)
    refusal = {"success": False, "data": None, "meta": {"message": "One filter only"}}
    sandbox.faults.answer(status, refusal, method="POST", path="search")
    found = await desk.clients.find(f"{hit.name} {hit.surname}")
    assert hit.id in {one.id for one in found}


async def test_without_the_search_the_type_ahead_answers_by_name_and_surname(desk: Desk, sandbox: Sandbox) -> None:
    hit = await somebody(desk)
    sandbox.faults.answer(403, {"success": False, "data": None, "meta": {}}, path="clients/search", times=None)
    for typed in (hit.surname, f"{hit.name} {hit.surname[:2]}", digits(hit.phone)[-6:]):
        assert hit.id in {one.id for one in await desk.clients.find(typed)}
    assert len(sandbox.requests.matching("POST", "search")) == 2  # once to choose somebody, once to be refused


async def test_an_answer_of_a_moment_ago_is_not_asked_again(desk: Desk, sandbox: Sandbox, clock: Clock) -> None:
    found = await desk.clients.search("an")
    sandbox.requests.clear()
    assert desk.clients.kept("an") == found
    assert {hit.id for hit in await desk.clients.find("anna")} <= {hit.id for hit in found.hits}
    assert len(sandbox.requests) == 0
    clock.advance(minutes=2)
    assert desk.clients.kept("an") is None


async def test_nobody_is_not_said_from_memory_where_somebody_was_found_before(desk: Desk, sandbox: Sandbox) -> None:
    await desk.clients.search("an")
    sandbox.requests.clear()
    assert desk.clients.kept("anzzy") is None
    assert await desk.clients.find("anzzy") == ()
    assert len(sandbox.requests) > 0
