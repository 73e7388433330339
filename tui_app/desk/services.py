"""What the desk line can do at one location, put together once: it holds the undo of this run and who was rung."""

from msgspec import Struct

from tui_app.desk.attendance import AttendanceDesk
from tui_app.desk.caller import CallerDesk
from tui_app.desk.desk import Desk
from tui_app.desk.moving import MoveDesk
from tui_app.desk.next_free import AheadDesk
from tui_app.desk.quick_edits import QuickEditor
from tui_app.desk.rebooking import Rebooker
from tui_app.desk.repeating import RepeatDesk
from tui_app.desk.undo import UndoDesk


class LineServices(Struct, frozen=True, kw_only=True):
    """The services behind the desk line. Whatever writes is run as a whole within one write of a `WriteDesk`."""

    attendance: AttendanceDesk
    moves: MoveDesk
    quick: QuickEditor
    repeats: RepeatDesk
    undo: UndoDesk
    caller: CallerDesk
    ahead: AheadDesk


def line_services(desk: Desk) -> LineServices:
    """Build the services over those of a connected location; nothing is read."""
    api, location_id, clock = desk.api, desk.location.id, desk.clock
    rosters, reference = desk.rosters, desk.reference
    rebooker = Rebooker(api, desk.booking)
    moves = MoveDesk(
        api,
        location_id,
        clock,
        schedule=desk.schedule,
        rosters=rosters,
        reference=reference,
        rebooker=rebooker,
    )
    repeats = RepeatDesk(
        api,
        location_id,
        clock,
        editor=desk.editor,
        rosters=rosters,
        reference=reference,
        rebooker=rebooker,
    )
    return LineServices(
        attendance=AttendanceDesk(api, location_id, rosters),
        moves=moves,
        quick=QuickEditor(desk.editor, clock, reference),
        repeats=repeats,
        undo=UndoDesk(booking=desk.booking, editor=desk.editor, moves=moves, rebooker=rebooker),
        caller=CallerDesk(api, location_id, clock, rosters=rosters, reference=reference, region=desk.region),
        ahead=AheadDesk(api, location_id, clock, reference),
    )
