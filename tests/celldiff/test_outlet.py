from __future__ import annotations

import io

from typing_extensions import override

from tui_app.celldiff.outlet import Outlet


def test_nothing_is_waited_for_where_nothing_is_on_its_way() -> None:
    assert not Outlet(io.StringIO(), lambda: None).wait()


def test_one_who_waits_is_told_once_when_the_last_text_is_written() -> None:
    told: list[str] = []
    file = io.StringIO()
    outlet = Outlet(file, lambda: told.append(file.getvalue()))
    outlet.announce()
    outlet.announce()
    assert outlet.wait()
    outlet.write("one ")
    assert told == []
    outlet.write("two")
    assert told == ["one two"]
    outlet.announce()
    outlet.write("three")
    assert told == ["one two"]


def test_a_new_queue_owes_nothing_of_the_old_one() -> None:
    outlet = Outlet(io.StringIO(), lambda: None)
    outlet.announce()
    outlet.reset()
    assert not outlet.wait()


class Gone(io.StringIO):
    @override
    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")


def test_a_terminal_that_is_gone_holds_nobody_up() -> None:
    told: list[str] = []
    outlet = Outlet(Gone(), lambda: told.append("drained"))
    outlet.announce()
    assert outlet.wait()
    outlet.write("lost")
    assert told == ["drained"]
