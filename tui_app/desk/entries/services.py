"""The services that carry entries out, put together once for one connected location."""

from dataclasses import dataclass

from tui_app.desk.attendance import AttendanceDesk
from tui_app.desk.caller import CallerDesk
from tui_app.desk.desk import Desk
from tui_app.desk.moving import MoveDesk
from tui_app.desk.next_free import AheadDesk
from tui_app.desk.quick_edits import QuickEditor
from tui_app.desk.rebooking import Rebooker
from tui_app.desk.repeating import RepeatDesk
from tui_app.desk.undo import UndoDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class LineServices:
    """What the desk line does beside reading, finding and booking."""

    attendance: AttendanceDesk
    moves: MoveDesk
    quick: QuickEditor
    repeats: RepeatDesk
    undo: UndoDesk
    caller: CallerDesk
    ahead: AheadDesk


def line_services(desk: Desk) -> LineServices:
    """Put the services of a location together; the stack of undo lives as long as they do."""
    api, here, clock = desk.api, desk.location.id, desk.clock
    rosters, reference = desk.rosters, desk.reference
    rebooker = Rebooker(api, here, desk.booking, rosters)
    moves = MoveDesk(api, here, clock, schedule=desk.schedule, rosters=rosters, reference=reference, rebooker=rebooker)
    return LineServices(
        attendance=AttendanceDesk(api, here, rosters),
        moves=moves,
        quick=QuickEditor(desk.editor, clock, reference),
        repeats=RepeatDesk(
            api, here, clock, editor=desk.editor, rosters=rosters, reference=reference, rebooker=rebooker
        ),
        undo=UndoDesk(booking=desk.booking, editor=desk.editor, moves=moves, rebooker=rebooker),
        caller=CallerDesk(api, here, clock, rosters=rosters, reference=reference, region=desk.region),
        ahead=AheadDesk(api, here, clock, reference),
    )
