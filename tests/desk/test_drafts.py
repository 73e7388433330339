"""Drafts on the disk: kept whole, found by the next run alone, gone after a day, and harmless whatever a file holds."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import threading
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typing_extensions import override

from tests.support.sandbox import NOON, Clock
from tui_app.altegio.resources import ClientHit, Event
from tui_app.desk.clock import LocationClock
from tui_app.desk.drafts import (
    BookingChange,
    BookingFields,
    BookingWork,
    ChangeWork,
    Content,
    Draft,
    DraftDesk,
    EventWork,
    LineWork,
    Place,
    drafts_in,
    drafts_in_memory,
)
from tui_app.desk.drafts.codec import MOST_BYTES, TooLarge, Unreadable, pack, unpack
from tui_app.desk.drafts.shelf import FolderShelf
from tui_app.desk.drafts.words import back_words, offer_words, take_over_words
from tui_app.desk.event_draft import EventDraft

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

HERE = Place("production", 1)
DAY = date(2026, 3, 27)
EVENT = Event(
    id=7,
    starts_at=datetime(2026, 3, 27, 18, 0),  # noqa: DTZ001 - wall clock
    length=timedelta(minutes=70),
    technical_break=timedelta(minutes=10),
    capacity=12,
    resource_ids=(3,),
    tag_ids=(),
    comment="Bring a towel",
)
BOOKING = Content(
    words="booking of Anna Kim into 18:00 Vinyasa",
    work=BookingWork(event_id=7, fields=BookingFields(client=ClientHit(5, "Anna", "Kim"), custom={"health": "none"})),
    typed={"tag_ids": "reg"},
)
CONTENTS = (
    BOOKING,
    Content(
        words="the form of 18:00 Vinyasa",
        work=EventWork(
            day=DAY, event_id=7, base=EVENT, draft=EventDraft(capacity="14", tag_ids=(1, 2)), changed=("capacity",)
        ),
        sent=True,
    ),
    Content(
        words="the booking of Anna Kim",
        work=ChangeWork(
            event_id=7,
            booking_id=70,
            name="Anna Kim",
            base=BookingChange("1", "", ()),
            change=BookingChange("2", "late", (4,)),
        ),
    ),
    Content(words="«5678»", work=LineWork(day=DAY, event_id=7, texts=("5678", "kim"))),
)


def draft(content: Content = BOOKING, *, place: Place = HERE, at: datetime = NOON, name: str = "a") -> Draft:
    return Draft(id=(name * 16)[:16], place=place, saved_at=at, content=content)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[DraftDesk]:
    desk = drafts_in(tmp_path, clock)
    yield desk
    await desk.close()


async def left_by_another(folder: Path, clock: Clock, content: Content = BOOKING, place: Place = HERE) -> None:
    """What a run that has ended leaves behind."""
    other = drafts_in(folder, clock)
    other.pad(place).keep(content)
    await other.close()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


# ------------------------------------------------------------ the text of a draft


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.work.kind)
def test_every_kind_of_work_comes_back_as_it_was(content: Content) -> None:
    assert unpack(pack(draft(content)).encode()) == draft(content)


def test_control_characters_do_not_come_back() -> None:
    text = json.loads(pack(draft()))
    text["draft"]["content"]["words"] = "Anna\x1b]52;c;QQ==\x07\u202e\x00"
    assert unpack(json.dumps(text).encode()).content.words == "Anna"


def test_a_draft_that_is_too_large_is_refused_before_it_is_written() -> None:
    with pytest.raises(TooLarge):
        pack(draft(replace(BOOKING, typed={"comment": "x" * MOST_BYTES})))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b'{"format": 2, "draft": {}}',
        b'{"format": 1}',
        b"\xff\xfe\x00",
        b"[" * 20_000,
        b'{"format": 1, "draft": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001,
        b" " * (MOST_BYTES + 1),
        pack(draft()).encode()[:-20],
        pack(draft()).replace('"id": 5', '"id": "5"').encode(),
        pack(draft()).replace("+00:00", "").replace("Z", "").encode(),
        pack(draft(CONTENTS[1])).replace("PT4200S", "P999999999D").encode(),
    ],
    ids=range(13),
)
def test_what_is_no_draft_is_told_without_quoting_it(data: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        unpack(data)
    assert str(told.value) == ""


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3))


@given(st.data(), JSON)
def test_any_value_in_any_place_is_a_draft_or_unreadable(data: st.DataObject, value: object) -> None:
    whole = json.loads(pack(draft(data.draw(st.sampled_from(CONTENTS)))))
    at: Any = whole
    while True:
        name = data.draw(st.sampled_from(sorted(at)))
        if not isinstance(at[name], dict) or not at[name] or data.draw(st.booleans()):
            break
        at = at[name]
    at[name] = value
    with suppress(Unreadable):
        unpack(json.dumps(whole).encode())


# ------------------------------------------------------------ what is kept and offered


async def test_the_next_run_is_offered_what_the_last_one_left(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    await left_by_another(tmp_path, clock)
    (offered,) = await desk.offered(HERE)
    assert offered.content == BOOKING
    assert offered.saved_at == NOON


async def test_a_running_program_keeps_its_drafts_to_itself(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    other = drafts_in(tmp_path, clock)
    other.pad(HERE).keep(BOOKING)
    await other.settled()
    assert await desk.offered(HERE) == ()
    await other.close()
    assert len(await desk.offered(HERE)) == 1


async def test_what_is_open_here_is_not_offered_until_it_is_let_go(desk: DraftDesk) -> None:
    pad = desk.pad(HERE)
    pad.keep(BOOKING)
    assert await desk.offered(HERE) == ()
    pad.let_go()
    assert [each.content for each in await desk.offered(HERE)] == [BOOKING]


async def test_another_location_has_drafts_of_its_own(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    await left_by_another(tmp_path, clock, place=Place("production", 2))
    assert await desk.offered(HERE) == ()
    assert len(await desk.offered(Place("production", 2))) == 1
    assert await desk.offered(Place("https://other.test/api", 2)) == ()


async def test_the_newest_of_many_is_what_stands_on_the_disk(desk: DraftDesk, tmp_path: Path) -> None:
    pad = desk.pad(HERE)
    for count in range(50):
        pad.keep(replace(BOOKING, words=f"{count}"))
    await desk.settled()
    (name,) = files(tmp_path)
    assert unpack((tmp_path / name).read_bytes()).content.words == "49"


async def test_what_was_sent_leaves_nothing(desk: DraftDesk, tmp_path: Path) -> None:
    pad = desk.pad(HERE)
    pad.keep(BOOKING)
    await desk.settled()
    pad.drop()
    await desk.settled()
    assert files(tmp_path) == []


async def test_only_the_owner_may_read_a_draft(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "state" / "drafts"
    await left_by_another(folder, clock)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE((folder / name).stat().st_mode) for name in files(folder)] == [0o600]


async def test_a_day_later_it_is_wiped(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    await left_by_another(tmp_path, clock)
    clock.advance(hours=24)
    assert len(await desk.offered(HERE)) == 1
    clock.advance(seconds=1)
    assert await desk.offered(HERE) == ()
    assert files(tmp_path) == []


async def test_a_draft_from_after_now_lives_no_longer_either(desk: DraftDesk, tmp_path: Path) -> None:
    await left_by_another(tmp_path, Clock(NOON + timedelta(days=400)))
    assert await desk.offered(HERE) == ()
    assert files(tmp_path) == []


async def test_a_draft_is_taken_up_by_one_program_alone(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    await left_by_another(tmp_path, clock)
    other = drafts_in(tmp_path, clock)
    (mine,), (theirs,) = await desk.offered(HERE), await other.offered(HERE)
    assert sorted([await desk.take(mine) is not None, await other.take(theirs) is not None]) == [False, True]
    await other.close()


async def test_a_draft_that_was_taken_up_is_kept_under_its_own_name(
    desk: DraftDesk, tmp_path: Path, clock: Clock
) -> None:
    await left_by_another(tmp_path, clock)
    (offered,) = await desk.offered(HERE)
    pad = await desk.take(offered)
    assert pad is not None
    assert await desk.offered(HERE) == ()
    pad.keep(replace(BOOKING, words="more"))
    await desk.settled()
    assert len(files(tmp_path)) == 1
    pad.drop()
    await desk.settled()
    assert files(tmp_path) == []


async def test_discarding_wipes_it(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    await left_by_another(tmp_path, clock)
    (offered,) = await desk.offered(HERE)
    assert await desk.discard(offered)
    assert files(tmp_path) == []
    assert not await desk.discard(offered)


# ------------------------------------------------------------ trouble


async def test_files_that_are_no_drafts_are_dropped_with_a_word(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    told: list[str] = []
    desk.tell = told.append
    await left_by_another(tmp_path, clock)
    (good,) = files(tmp_path)
    torn = f"{'b' * 16}-{'c' * 16}.json"
    (tmp_path / torn).write_bytes((tmp_path / good).read_bytes()[:-30])
    (tmp_path / f"{'d' * 16}-{'c' * 16}.json").write_bytes((tmp_path / good).read_bytes())  # another's id
    os.mkfifo(tmp_path / f"{'e' * 16}-{'c' * 16}.json")
    (tmp_path / f".{torn}.0123456789abcdef").write_text("half", "utf-8")
    (tmp_path / "notes.json").write_text("not ours", "utf-8")
    assert len(await desk.offered(HERE)) == 1
    assert files(tmp_path) == sorted([good, "notes.json"])
    assert told == ["3 drafts could not be read (torn, or of another version) and were removed."]


async def test_a_link_to_another_file_is_not_followed(desk: DraftDesk, tmp_path: Path, clock: Clock) -> None:
    await left_by_another(tmp_path / "elsewhere", clock)
    (name,) = files(tmp_path / "elsewhere")
    (tmp_path / name).symlink_to(tmp_path / "elsewhere" / name)
    assert await desk.offered(HERE) == ()


async def test_without_a_folder_typing_goes_on_and_it_is_said_once(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    desk = drafts_in(tmp_path / "file" / "drafts", clock)
    told: list[str] = []
    desk.tell = told.append
    pad = desk.pad(HERE)
    for _ in range(3):
        pad.keep(BOOKING)
        await desk.settled()
    pad.let_go()
    assert len(await desk.offered(HERE)) == 1
    assert len(told) == 1
    assert "cannot be kept on this disk" in told[0]


async def test_a_disk_that_fills_up_is_told_once_and_harms_nothing(tmp_path: Path, clock: Clock) -> None:
    class Full(FolderShelf):
        @override
        def put(self, draft: Draft) -> None:
            raise OSError(28, "No space left on device", draft.id)

    desk = DraftDesk(lambda: Full(tmp_path), clock)
    told: list[str] = []
    desk.tell = told.append
    pad = desk.pad(HERE)
    for _ in range(3):
        pad.keep(BOOKING)
        await desk.settled()
    await desk.close()
    assert told == [
        "What you type cannot be kept on this disk (No space left on device): it is lost if the program ends."
    ]


async def test_a_slow_disk_holds_up_nobody_and_gets_the_newest_alone(tmp_path: Path, clock: Clock) -> None:
    loop = asyncio.get_running_loop()
    first = asyncio.Event()
    go_on = threading.Event()
    put: list[str] = []

    class Slow(FolderShelf):
        @override
        def put(self, draft: Draft) -> None:
            loop.call_soon_threadsafe(first.set)
            go_on.wait(30)
            put.append(draft.content.words)

    desk = DraftDesk(lambda: Slow(tmp_path), clock)
    pad = desk.pad(HERE)
    pad.keep(replace(BOOKING, words="first"))
    await first.wait()
    for words in ("second", "third"):
        pad.keep(replace(BOOKING, words=words))
    go_on.set()
    await desk.close()
    assert put == ["first", "third"]


async def test_the_demo_forgets_with_its_end(clock: Clock) -> None:
    desk = drafts_in_memory(clock)
    pad = desk.pad(HERE)
    pad.keep(BOOKING)
    pad.let_go()
    assert len(await desk.offered(HERE)) == 1
    clock.advance(hours=25)
    assert await desk.offered(HERE) == ()


# ------------------------------------------------------------ the words


def test_a_draft_is_offered_with_the_key_first_and_by_the_wall_clock() -> None:
    clock = LocationClock(Clock(), ZoneInfo("Europe/Berlin"))
    assert offer_words((), clock) == ""
    assert offer_words((draft(),), clock) == "drafts⏎ opens the draft of 12:00: booking of Anna Kim into 18:00 Vinyasa."
    assert offer_words((draft(), draft(name="b")), clock) == "drafts⏎ lists 2 drafts, the newest of 12:00"


def test_a_draft_of_yesterday_says_so_and_one_under_way_says_to_look() -> None:
    clock = LocationClock(Clock(NOON + timedelta(hours=20)), ZoneInfo("Europe/Berlin"))
    assert take_over_words(draft(), clock) == "Ctrl+O brings back what was typed here at Fri 27 Mar 12:00 and not sent."
    sent = draft(replace(BOOKING, sent=True))
    assert back_words(sent, clock).endswith("not sent; it was on its way: look first whether it is there.")
