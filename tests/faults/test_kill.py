"""A program that is killed at every state of the journal, and the next start: nothing doubled, lost or left on disk."""

import asyncio
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import Final

from tests.faults.driver import PLACE, Task
from tests.faults.line import FAULTS, Line, LineFault
from tests.faults.station import Watch, transport_to
from tests.faults.studio import Planted, Studio, studio
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Spoken
from tui_app.desk.desk import open_desk
from tui_app.desk.journal.journals import Journals

HANG_CARRIED_OUT: Final = FAULTS["hang, carried out"]
LOST: Final = FAULTS["cut, not carried out, line stays down"]
DONE: Final = FAULTS["cut, carried out, line stays down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where a program is killed: the state on disk then, whether the booking is there, and whether people are asked."""

    stop: str
    fault: LineFault | None = None
    state: str
    there: int
    asked: int = 0


POINTS: Final = {
    "draft": Point(stop="draft", state="draft", there=0),
    "sending, before the request left": Point(stop="sending", state="sending", there=0, asked=1),
    "sending, after the commit": Point(stop="server", fault=HANG_CARRIED_OUT, state="sending", there=1),
    "sending, after the answer": Point(stop="answered", state="sending", there=1),
    "uncertain, not carried out": Point(stop="uncertain", fault=LOST, state="uncertain", there=0, asked=1),
    "uncertain, carried out": Point(stop="uncertain", fault=DONE, state="uncertain", there=1),
    "done, before what is personal was wiped": Point(stop="wiping", state="done", there=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Somebody who is to be booked, by a program that is killed."""

    place: Studio
    line: Line
    folder: Path
    event: Planted
    name: str
    phone: str
    dialect: Spoken

    def booked(self) -> int:
        return self.place.booked_by_phone(self.event.id, self.phone)

    def states(self) -> list[str]:
        """The states of the rows, read in a copy: whoever opens the file itself empties the log beside it."""
        copy = shutil.copytree(self.folder, self.folder.with_name(f"{self.folder.name} copy"))
        connection = sqlite3.connect(copy / "journal.sqlite")
        try:
            return [row[0] for row in connection.execute("SELECT state FROM writes")]
        finally:
            connection.close()

    def on_disk(self) -> list[str]:
        """Which files still hold the name or the phone."""
        words = (self.name.encode(), self.phone.lstrip("+").encode())
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return [path.name for path in files if any(word in path.read_bytes() for word in words)]


async def killed(scene: Scene, point: Point) -> None:
    """Start the program, wait until it has got to the point, and kill it there."""
    task = Task(
        base_url=scene.line.base_url,
        partner=scene.place.sandbox.partner_token,
        user=scene.place.sandbox.user_token,
        location_id=scene.place.sandbox.location_id,
        dialect=scene.dialect,
        folder=str(scene.folder),
        now=scene.place.clock().isoformat(),
        event_id=scene.event.id,
        name=scene.name,
        phone=scene.phone,
        stop=point.stop,
    )
    if point.fault is not None:
        scene.line.lie_in_wait(point.fault)
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.driver", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{json.dumps(asdict(task))}\n".encode())
    if point.stop == "server":
        await until(scene.booked)
    else:
        assert await program.stdout.readline() == b"here\n"
    program.kill()
    await program.wait()
    program.stdin.close()


async def until(happens: Callable[[], int]) -> None:
    while not happens():  # noqa: ASYNC110  the database has no way to say so
        await asyncio.sleep(0.01)


async def next_start(scene: Scene) -> int:
    """Start again over a line that holds; gives how often somebody had to send again."""
    journals, watch = Journals(scene.folder), Watch()
    keeper = journals.keeper(watch, place=PLACE, clock=scene.place.clock)
    api = AltegioApi(transport_to(scene.place, scene.line.base_url), scene.dialect, keeper)
    try:
        await open_desk(api, scene.place.sandbox.location_id, scene.place.clock, keeper)
        left = (await keeper.recover(journals.is_alive)).uncertain
        for row in left:
            assert await keeper.send_again(row.id)
        assert keeper.unended == ()
        return len(left)
    finally:
        await keeper.aclose()
        await api.aclose()
        journals.close()


async def test_a_kill_at_any_state_doubles_and_loses_nothing(tmp_path: Path) -> None:
    async def at(name: str, point: Point, dialect: Spoken) -> None:
        who, phone = place.person()
        async with Line(place.sandbox.asgi) as line:
            scene = Scene(
                place=place,
                line=line,
                folder=tmp_path / name,
                event=place.event(),
                name=who,
                phone=phone,
                dialect=dialect,
            )
            await killed(scene, point)
            assert (name, scene.booked()) == (name, point.there)
            assert (name, scene.states()) == (name, [point.state])
            assert (name, scene.on_disk()) != (name, [])
            await line.rise()
            assert (name, await next_start(scene)) == (name, point.asked)
            assert (name, scene.booked()) == (name, max(point.there, point.asked))
            assert (name, scene.on_disk()) == (name, [])

    with studio() as place:
        dialects: cycle[Spoken] = cycle(("activities", "events"))
        await asyncio.gather(*(at(name, point, next(dialects)) for name, point in POINTS.items()))
