"""What stands in the rows of the schedule."""

from datetime import datetime

from tests.screens.schedule.made import entry, scheduled
from tui_app.altegio.resources import Attendance, Tag
from tui_app.screens.schedule.rows import ATTENDANCE, event_row, marks_of, roster_row
from tui_app.widgets.rows import Cell, Row

EVENING = datetime(2026, 11, 22, 18, 0)  # noqa: DTZ001 - a wall clock


def cells(row: Row) -> dict[str, str]:
    return {key: cell.text if isinstance(cell, Cell) else cell for key, cell in row.cells}


def test_an_event_tells_its_time_and_how_full_it_is() -> None:
    shown = cells(event_row(scheduled(at="18:30"), EVENING, changed=False))
    assert (shown["time"], shown["places"], shown["free"]) == ("18:30", "7/11/12", "1")


def test_a_full_event_says_so_in_words() -> None:
    assert cells(event_row(scheduled(booked=12), EVENING, changed=False))["free"] == "full"


def test_what_is_not_known_is_a_dot_and_never_a_number() -> None:
    shown = cells(event_row(scheduled(capacity=None, booked=None, arrived=None), EVENING, changed=False))
    assert (shown["places"], shown["free"]) == ("·/·/·", "·")


def test_a_cancelled_event_says_so_in_words() -> None:
    row = event_row(scheduled(deleted=True), EVENING, changed=False)
    assert cells(row)["service"] == "cancelled: Vinyasa Flow"


def test_the_running_event_and_those_that_are_over_have_tones() -> None:
    tones = [event_row(scheduled(at=at), EVENING, changed=False).tone for at in ("16:00", "17:30", "19:00")]
    assert tones == ["dim", "now", ""]


def test_marks_tell_series_online_and_tags() -> None:
    tags = (Tag(id=1, title="Beginners"), Tag(id=2, title="english"))
    assert marks_of(scheduled(series_id=5, stream_link="https://example.org", tags=tags)) == "≈@BE"


def test_a_phone_is_masked_until_it_is_asked_for() -> None:
    masked = cells(roster_row(entry(), phone_shown=False, changed=False))["phone"]
    assert "5678" in masked
    assert "1511" not in masked
    assert cells(roster_row(entry(), phone_shown=True, changed=False))["phone"] == "+4915112345678"


def test_a_withheld_phone_is_said_whether_asked_for_or_not() -> None:
    shown = [cells(roster_row(entry(phone=""), phone_shown=flag, changed=False))["phone"] for flag in (True, False)]
    assert shown == ["no phone shown", "no phone shown"]


def test_every_attendance_has_a_glyph_and_a_word_of_its_own() -> None:
    texts = [ATTENDANCE[state].text for state in Attendance]
    assert len(set(texts)) == len(Attendance)
    assert all(len(text.split()) == 2 for text in texts)


def test_marks_of_a_booking() -> None:
    shown = cells(roster_row(entry(paid=True, comment="mat\nplease"), phone_shown=False, changed=False))
    assert (shown["marks"], shown["comment"]) == ("P…", "mat please")
