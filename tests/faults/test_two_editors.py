"""Two editors of one event, with answers that get lost: no accepted change is ever lost without having been asked."""

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace
from typing_extensions import override

from tests.faults.studio import ZONE, Planted, studio
from tests.journal.conftest import HERE, THERE, Office, office
from tui_app.altegio.errors import AltegioError, OutcomeUnknown
from tui_app.altegio.operations import UpdateEvent
from tui_app.altegio.resources import Event
from tui_app.desk.clock import LocationClock
from tui_app.desk.editing import Clashed, EventDraft, EventEditor, Side, draft_of
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.trouble import DeskError, NotSentAgain
from tui_app.sandbox import Drop, Fault

COLUMNS: Final = ("capacity", "comment", "instructions", "stream_link")
VALUES: Final = {
    "capacity": ("20", "21", "22", "23"),
    "comment": ("", "mats", "blocks"),
    "instructions": ("", "come early", "bring water"),
    "stream_link": ("", "https://example.com/a", "https://example.com/b"),
}
State = dict[str, Any]
WHO: Final = st.integers(0, 1)
TYPED: Final = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


@dataclass(slots=True)
class Person:
    """Somebody at a desk with the form of the event open."""

    office: Office
    editor: EventEditor
    base: Event
    draft: EventDraft
    shown: dict[str, str] = field(default_factory=dict)
    """What the last question showed of theirs, by field."""
    decisions: dict[str, Side] = field(default_factory=dict)


class TwoEditors(RuleBasedStateMachine):
    """The server's state is read from the database before and after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        place = self.stack.enter_context(studio())
        self.event: Planted = place.event()
        self.place = place
        self.people = []
        for dialect, run in (("activities", HERE), ("events", THERE)):
            spoken = "activities" if dialect == "activities" else "events"
            one = await self.stack.enter_async_context(office(place, None, spoken, run))  # type: ignore[arg-type]
            clock = LocationClock(place.clock, ZONE)
            reference = ReferenceDesk(one.api, one.location_id)
            editor = EventEditor(one.api, one.location_id, clock, reference)
            base = await editor.open(self.event.id)
            self.people.append(Person(one, editor, base, draft_of(base)))
        self.truth = self._now()

    @override
    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()

    def _now(self) -> State:
        row = self.place._database.row("SELECT * FROM events WHERE id = ?", (self.event.id,))
        assert row is not None
        return {name: str(row[name] or "") for name in COLUMNS}

    @rule(who=WHO)
    def open_the_form_anew(self, who: int) -> None:
        self._opened(self.people[who])

    @rule(who=WHO, typed=TYPED)
    def type_into_it(self, who: int, typed: State) -> None:
        self.people[who].draft = replace(self.people[who].draft, **typed)

    @rule(who=WHO, typed=TYPED)
    def type_and_save(self, who: int, typed: State) -> None:
        self.type_into_it(who, typed)
        self._saved(self.people[who])

    @rule(who=WHO, side=st.sampled_from(["mine", "theirs"]))
    def decide_and_save(self, who: int, side: Side) -> None:
        person = self.people[who]
        person.decisions = dict.fromkeys(person.shown, side)
        self._saved(person)

    @rule(who=WHO, typed=TYPED, carried_out=st.booleans(), blind=st.booleans())
    def type_and_save_and_lose_the_answer(self, who: int, typed: State, carried_out: bool, blind: bool) -> None:
        self.type_into_it(who, typed)
        self.place.sandbox.faults.drop(handled=carried_out, method="PUT")
        if blind:
            self.place.sandbox.faults.add(Fault(drop=Drop.SILENT), method="GET", skip=1, times=None)
        self._saved(self.people[who])

    @rule(who=WHO, again=st.booleans())
    def settle_what_is_not_confirmed(self, who: int, again: bool) -> None:
        keeper = self.people[who].office.keeper
        for row in keeper.uncertain:
            before, operation = self._now(), row.operation
            assert isinstance(operation, UpdateEvent)
            assert operation.onto is not None
            if not again:
                self.runner.run(keeper.let_go(row.id))
                assert self._now() == before
                continue
            with suppress(NotSentAgain):
                self.runner.run(keeper.send_again(row.id))
            now = self._now()
            for name in (name for name in COLUMNS if now[name] != before[name]):
                was, meant = (str(getattr(one, name) or "") for one in (operation.onto, operation.event))
                assert (before[name], now[name]) == (was, meant), f"{name}: {before[name]} is lost by sending again"

    @invariant()
    def nothing_is_under_way(self) -> None:
        assert all(row.state.value == "uncertain" for person in self.people for row in person.office.keeper.unended)

    def _saved(self, person: Person) -> None:
        before, base = self._now(), person.base
        mine = {
            name: getattr(person.draft, name)
            for name in COLUMNS
            if getattr(person.draft, name) != self._held(base, name)
        }
        try:
            saved = self.runner.run(self._sent(person))
        except Clashed as clashed:
            assert self._now() == before
            person.shown = {clash.field: clash.theirs for clash in clashed.clashes}
            person.decisions = {}
            return
        except OutcomeUnknown:
            self._compare(person, mine, before, self._now(), done=False)
            return
        except (AltegioError, DeskError):
            assert self._now() == before
            return
        self._compare(person, mine, before, self._now(), done=True)
        if not saved.mismatches:
            self._opened(person)

    def _opened(self, person: Person) -> None:
        person.base = self.runner.run(person.editor.open(self.event.id))
        person.draft, person.shown, person.decisions = draft_of(person.base), {}, {}

    async def _sent(self, person: Person) -> Any:  # noqa: ANN401  `Saved`
        try:
            return await person.editor.save(person.base, person.draft, decisions=person.decisions)
        finally:
            await asyncio.gather(*person.office.keeper._looking)
            self.place.sandbox.faults.clear()

    def _compare(self, person: Person, mine: State, before: State, after: State, *, done: bool) -> None:
        """Hold what is there now against what each has meant."""
        for name in COLUMNS:
            was, now = before[name], after[name]
            if name not in mine:
                assert now == was, f"{name} was nobody's wish"
                continue
            theirs_moved = was not in (self._held(person.base, name), mine[name])
            if theirs_moved and now != was:
                assert person.shown.get(name) == was, f"{name}: {was} is lost, and nobody was asked"
                assert person.decisions.get(name) == "mine"
            if done and not (theirs_moved and person.decisions.get(name) == "theirs"):
                assert now == mine[name], f"{name} was told as saved"

    @staticmethod
    def _held(event: Event, name: str) -> str:
        return str(getattr(draft_of(event), name))


TestTwoEditors = TwoEditors.TestCase
TestTwoEditors.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
