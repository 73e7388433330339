import asyncio

import pytest

from tests.desk.builders import event
from tui_app.altegio import errors
from tui_app.altegio.errors import AltegioError, Busy, Delivery, Invalid, OutcomeUnknown, TooMany, Unreachable
from tui_app.desk import trouble
from tui_app.desk.event_merge import Clash
from tui_app.desk.trouble import CannotEdit, Clashed, DeskError, NotReady
from tui_app.desk.wording import explain, why

API_ERRORS = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AltegioError)),
    key=lambda kind: kind.__name__,
)
DESK_ERRORS = sorted(
    (kind for kind in vars(trouble).values() if isinstance(kind, type) and issubclass(kind, DeskError)),
    key=lambda kind: kind.__name__,
)


def an_error(kind: type[AltegioError]) -> AltegioError:
    if issubclass(kind, Invalid):
        return kind("save the event", fields={"capacity": ("too small",)})
    return kind("save the event", message="said the server")


@pytest.mark.parametrize("kind", API_ERRORS)
def test_every_error_of_the_api_says_what_happened_and_what_comes_next(kind: type[AltegioError]) -> None:
    words = explain(an_error(kind))
    assert words.title
    assert "save the event" in words.what
    assert words.what.endswith(".")
    assert words.next_step.endswith(".")
    assert kind.__name__ in words.detail
    assert "!" not in words.line
    assert words.line


@pytest.mark.parametrize("kind", DESK_ERRORS)
def test_every_error_of_the_desk_is_worded(kind: type[DeskError]) -> None:
    if issubclass(kind, NotReady):
        error: DeskError = kind({"capacity": "too small"})
    elif issubclass(kind, Clashed):
        error = kind([Clash("capacity", "Places", "1", "2", "3")], event())
    else:
        error = kind("Something in words")
    words = explain(error)
    assert words.title
    assert words.what
    assert words.next_step


def test_an_unknown_outcome_says_to_look_first() -> None:
    words = explain(OutcomeUnknown("add the booking"))
    assert words.next_step == "It may or may not have been carried out: look before you send again."


def test_what_was_not_sent_is_said() -> None:
    assert explain(Unreachable("save the event")).saved == "Nothing was sent."
    assert explain(Busy("save the event")).saved == "Nothing has been saved."
    not_sent = TooMany("save the event", delivery=Delivery.NOT_SENT)
    assert explain(not_sent).saved == "Nothing was sent."


def test_what_is_kept_of_the_form_takes_the_place_of_the_default() -> None:
    assert explain(Unreachable("save the event"), saved="Your text is still here.").saved == "Your text is still here."


def test_the_servers_own_words_are_given_where_they_help() -> None:
    assert "Dana is busy" in explain(Busy("save the event", message="Dana is busy")).what
    fields = {"team_member_id": ("unknown",), "": ("odd",)}
    assert explain(Invalid("save the event", fields=fields)).what == (
        "Could not save the event: team member: unknown; odd."
    )


def test_a_wait_is_told_in_seconds() -> None:
    assert explain(TooMany("read the day", retry_after=7.2)).next_step == "Wait 7 s, then try again."
    assert "moment" in explain(TooMany("read the day")).next_step


def test_an_error_that_nobody_foresaw_tells_its_class_and_nothing_it_holds() -> None:
    words = explain(ValueError("token abc123"))
    assert words.detail == "ValueError"
    assert "abc123" not in repr(words)


def test_a_stop_is_no_trouble() -> None:
    assert explain(asyncio.CancelledError()).title == "Stopped"


def test_the_desks_words_are_kept() -> None:
    assert explain(CannotEdit("This booking holds products")).what == "This booking holds products."


@pytest.mark.parametrize("kind", API_ERRORS)
def test_every_reason_is_a_clause(kind: type[AltegioError]) -> None:
    reason = why(an_error(kind))
    assert reason[0].islower()
    assert not reason.endswith(".")
