"""A roster on paper or in a file: aligned, escaped, defused, private, and never over another file."""

import csv
import io
import os
import stat
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.builders import client_booking, day_of, roster_of, scheduled
from tui_app.altegio.resources import Attendance
from tui_app.desk.model import Roster
from tui_app.desk.printing import (
    CannotPrint,
    CannotWrite,
    FileThere,
    Sheet,
    SheetFormat,
    SheetPart,
    day_sheet,
    file_name,
    render,
    roster_sheet,
    save_sheet,
    send_to_printer,
)
from tui_app.desk.wording import explain

EVENT = scheduled(1)
TEXT, HTML, CSV = SheetFormat.TEXT, SheetFormat.HTML, SheetFormat.CSV


def people(*names: str) -> Roster:
    roster = roster_of([client_booking(number) for number in range(1, len(names) + 1)])
    return replace(
        roster, entries=tuple(replace(entry, name=name) for entry, name in zip(roster.entries, names, strict=True))
    )


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_roster_is_printed_in_columns_without_phones() -> None:
    roster = people("Anna Kim", "Ольга", "王芳")
    first = replace(roster.entries[0], booking=replace(roster.entries[0].booking, paid=True, comment="mat\n please"))
    second = replace(roster.entries[1], booking=replace(roster.entries[1].booking, attendance=Attendance.ARRIVED))
    printed = render(roster_sheet(EVENT, replace(roster, entries=(first, second, roster.entries[2]))), TEXT)
    assert printed.splitlines() == [
        "Sun 22 Nov 2026 18:00-19:10 Vinyasa, Алёна Ковалёва, Sun room",
        "",
        "No  Name      Places  Attendance  Paid  Comment",
        "1   Anna Kim  1                   paid  mat please",
        "2   Ольга     1       arrived",
        "3   王芳      1",
        "3 places taken",
    ]


@pytest.mark.parametrize("form", list(SheetFormat))
def test_phones_are_printed_only_when_asked(form: SheetFormat) -> None:
    roster = people("Anna Kim")
    assert "77012345678" not in render(roster_sheet(EVENT, roster), form)
    assert "+77012345678" in render(roster_sheet(EVENT, roster, phones=True), form)


def test_an_empty_roster_says_so() -> None:
    assert render(roster_sheet(EVENT, people()), TEXT).endswith("\nNobody is booked\n")


def test_a_day_lists_its_classes_and_the_rosters_that_were_read() -> None:
    day = day_of(EVENT, scheduled(2, "2026-11-22 20:00"))
    printed = render(day_sheet(day, {2: people("Anna Kim")}), TEXT)
    assert "18:00-19:10  Vinyasa  Алёна Ковалёва  Sun room  3       12" in printed
    assert "\n20:00-21:10 Vinyasa, Алёна Ковалёва, Sun room\nNo  Name" in printed
    assert printed.count("Anna Kim") == 1
    assert "No classes" in render(day_sheet(day_of(), {}), TEXT)


def test_html_is_escaped_everywhere() -> None:
    hostile = "<script>alert('1')</script>&\""
    sheet = Sheet(hostile, (SheetPart(hostile, (hostile,), ((hostile,),), hostile),))
    written = render(sheet, HTML)
    assert "<script>" not in written
    assert written.count("&lt;script&gt;") == 6
    assert '<meta charset="utf-8">' in written


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", "\tx", "\rx", "\n=1", "  =1", "＝1", "－1", "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_defused(name: str) -> None:
    (row,) = [row for row in cells(render(roster_sheet(EVENT, people(name)), CSV)) if row[0] == "1"]
    assert row[1] == f"'{name}"


@given(st.text(max_size=30))
def test_no_cell_is_ever_a_formula_and_none_is_lost(text: str) -> None:
    sheet = Sheet(text, (SheetPart("", ("Name",), ((text,),)),))
    written = render(sheet, CSV)
    read = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
    for row in read:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    if not {"\0"} & set(text):
        assert read[-1] in ([text], [f"'{text}"], [] if not text else [text])


def test_csv_is_quoted_and_marked_as_utf_8() -> None:
    written = render(roster_sheet(EVENT, people('Anna "Ann", Kim')), CSV)
    assert written.startswith("\ufeff")
    assert '"Anna ""Ann"", Kim"' in written
    assert written.endswith("\r\n")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sun 22 Nov 2026 18:00-19:10 Йога", "Sun-22-Nov-2026-18-00-19-10-Йога.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ("///", "roster.csv"),
        ("x" * 300, f"{'x' * 80}.csv"),
    ],
)
def test_a_file_name_leads_nowhere_else(title: str, name: str) -> None:
    assert file_name(Sheet(title, ()), CSV) == name


def test_a_file_is_private_and_its_whole_path_is_given(tmp_path: Path) -> None:
    path = save_sheet("\ufeffAnna\r\n", tmp_path / "sub" / ".." / "roster.csv")
    assert path == tmp_path / "roster.csv"
    assert path.read_bytes() == "\ufeffAnna\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_is_not_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "roster.txt"
    path.write_text("theirs", "utf-8")
    with pytest.raises(FileThere) as there:
        save_sheet("mine", path)
    assert path.read_text("utf-8") == "theirs"
    assert explain(there.value).next_step == "Choose another name, or write over it."
    save_sheet("mine", path, overwrite=True)
    assert path.read_text("utf-8") == "mine"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_is_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "secret"
    link = tmp_path / "roster.txt"
    link.symlink_to(target)
    with pytest.raises(FileThere):
        save_sheet("mine", link)
    assert not target.exists()


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="no folder"):
        save_sheet("mine", tmp_path / "new" / "roster.txt")
    with pytest.raises(CannotWrite, match="is a folder"):
        save_sheet("mine", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_the_disk_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="file name too long"):
        save_sheet("mine", tmp_path / ("x" * 300))
    with pytest.raises(CannotWrite, match="no name of a file"):
        save_sheet("mine", tmp_path / "a\0b")
    with pytest.raises(CannotWrite, match="no home folder for ~nobody-here"):
        save_sheet("mine", Path("~nobody-here/roster.txt"))


def printer(folder: Path, script: str) -> Path:
    path = folder / "lp"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o700)
    return path


async def test_the_paper_goes_to_lp_and_its_answer_is_said(tmp_path: Path) -> None:
    lp = printer(tmp_path, f"cat > {tmp_path}/paper\necho 'request id is Laser-7 (1 file)'")
    said = await send_to_printer("Anna $(reboot) Ольга\n", find=lambda _: str(lp))
    assert said == "Sent to the printer: request id is Laser-7 (1 file)"
    assert (tmp_path / "paper").read_text("utf-8") == "Anna $(reboot) Ольга\n"


async def test_without_lp_it_is_said() -> None:
    with pytest.raises(CannotPrint, match="no printer program") as refusal:
        await send_to_printer("x", find=lambda _: None)
    assert explain(refusal.value).next_step == "Save it to a file instead."


async def test_a_printer_that_refuses_is_quoted_without_its_control_characters(tmp_path: Path) -> None:
    lp = printer(tmp_path, "printf 'lp: \\033[31mno default destination\\n' >&2\nexit 1")
    with pytest.raises(CannotPrint) as refusal:
        await send_to_printer("x", find=lambda _: str(lp))
    assert refusal.value.words == "The printer refused: lp: no default destination"


async def test_what_is_no_program_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "lp"
    broken.write_text("", "utf-8")
    with pytest.raises(CannotPrint, match="could not be started"):
        await send_to_printer("x", find=lambda _: str(broken))


async def test_a_printer_that_hangs_is_ended(tmp_path: Path) -> None:
    lp = printer(tmp_path, f"echo $$ > {tmp_path}/pid\nexec sleep 60")
    began = time.monotonic()
    with pytest.raises(CannotPrint, match=r"within 1 s"):
        await send_to_printer("x", find=lambda _: str(lp), limit_s=1.0)
    assert time.monotonic() - began < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text("utf-8")), 0)
