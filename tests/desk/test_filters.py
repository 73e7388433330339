"""Which events a filter keeps, typed as a receptionist types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.builders import day_of, event, scheduled
from tui_app.altegio.resources import Tag
from tui_app.desk.filters import EventFilter, Named, cannot_tell, filter_events, read_filter

EVENING = scheduled(3, "2026-11-22 18:00")
DAY = day_of(scheduled(1, "2026-11-22 09:00"), scheduled(2, "2026-11-22 12:00"), EVENING)

KIDS = replace(
    scheduled(11, "2026-11-22 10:00"), service="Yoga", team_member="Anna Kim", rooms=("Room 2",), booked=12,
    tags=(Tag(id=1, title="Kids 6-9"),),
)  # fmt: skip
FLOW = replace(
    scheduled(12, "2026-11-22 11:00"), service="Yoga flow", team_member="Joan Li", rooms=("Room 12",), booked=10
)
BARRE = replace(scheduled(13, "2026-11-22 12:00"), service="Barre", team_member="Ирина Ан", rooms=("Room 2", "Hall"))
UNKNOWN = replace(scheduled(14, "2026-11-22 13:00"), service="Stretch", rooms=None, tags=None, booked=None)
ALL = (KIDS, FLOW, BARRE, UNKNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "vinyasa",
        "VIN",
        "алена",
        "Ковалёва vin",
        "18:00",
        "sun room",
        "begin",
        "mats",
        "vin 18",
        "",
        "  ",
        "fktyf",
        "мштн",
    ],
)
def test_an_event_is_found_by_every_word_of_what_is_typed(text: str) -> None:
    assert filter_events([EVENING], text) == (EVENING,)


@pytest.mark.parametrize("text", ["pilates", "vinyasa pilates", "19:00", "moon"])
def test_an_event_without_one_of_the_words_is_left_out(text: str) -> None:
    assert filter_events([EVENING], text) == ()


@given(st.text(max_size=12))
def test_a_filter_keeps_a_part_in_order(text: str) -> None:
    kept = filter_events(DAY.events, text)
    assert list(kept) == [one for one in DAY.events if one in kept]


def test_tags_are_searched_by_title() -> None:
    tagged = replace(scheduled(), tags=(Tag(id=1, title="Über 60"),), event=event())
    assert filter_events([tagged], "uber") == (tagged,)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("free", (FLOW, BARRE)),
        ("free 2", (FLOW, BARRE)),
        ("free 3", (BARRE,)),
        ("2 free", (FLOW, BARRE)),
        ("yoga free", (FLOW,)),
        ("free yoga", (FLOW,)),
        ("t an", (KIDS,)),
        ("t ан", (BARRE,)),
        ("t oan", (FLOW,)),
        ("t anna", (KIDS,)),
        ("T Anna free", ()),
        ("room 2", (KIDS, BARRE)),
        ("room 12", (FLOW,)),
        ("room hall free 1", (BARRE,)),
        ("tag kids", (KIDS,)),
        ("tag kids t an yoga", (KIDS,)),
        ("service yoga", (KIDS, FLOW)),
        ('t "anna kim"', (KIDS,)),
        ("акуу 3", (BARRE,)),
        ("кщщь 12", (FLOW,)),
        ("е джо", ()),
        ("t фттф", (KIDS,)),
        ("t zzz", ()),
    ],
)
def test_a_filter_names_what_it_means(typed: str, kept: tuple[object, ...]) -> None:
    assert filter_events(ALL, typed) == kept


@pytest.mark.parametrize("typed", ["t", "tag", "room", '"free"', '"t" an', "freestyle", "2"])
def test_a_word_that_names_nothing_is_text(typed: str) -> None:
    read = read_filter(typed)
    assert (read.named, read.free) == ((), 0)
    assert read.words == tuple(typed.replace('"', "").split())


def test_what_the_list_does_not_tell_cannot_be_filtered_by() -> None:
    assert "tags" in cannot_tell([UNKNOWN], "tag kids")
    assert "rooms" in cannot_tell([UNKNOWN], "room 2 free")
    assert cannot_tell(ALL, "tag kids room 2") == ""
    assert cannot_tell([UNKNOWN], "kids") == ""
    assert cannot_tell([], "tag kids") == ""


def test_cancelled_events_have_no_free_places() -> None:
    gone = replace(BARRE, event=replace(BARRE.event, deleted=True))
    assert filter_events([gone], "free") == ()
    assert filter_events([gone], "barre") == (gone,)


def test_each_part_is_told() -> None:
    read = read_filter("yoga free 2 t an room 2")
    assert read == EventFilter(("yoga",), ((Named.TEAM_MEMBER, "an"), (Named.ROOM, "2")), 2)
    assert read.chips == ("/yoga", "t an", "room 2", "free 2")
    assert read.in_words == "«yoga», team member «an», room «2», 2 places free"
    assert read_filter("free").in_words == "1 place free"
    assert read_filter(" ").chips == ()


@given(st.lists(st.sampled_from(["free", "2", "t", "an", "room", "tag", '"', "yoga", "12"]), max_size=8).map(" ".join))
def test_what_a_filter_tells_of_itself_means_the_same(typed: str) -> None:
    read = read_filter(typed)
    kept = filter_events(ALL, typed)
    assert list(kept) == [one for one in ALL if one in kept]
    assert bool(read.chips) == bool(read.in_words)
