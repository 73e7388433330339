"""Messages that carry something take what they carry as a dataclass would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui_app.data_message import DataMessage

if TYPE_CHECKING:
    from collections.abc import Callable


class Rang(DataMessage):
    """Somebody has rung."""

    who: str
    times: int = 1


class RangFor(Rang):
    """Somebody has rung for somebody."""

    whom: str = ""


def test_what_is_given_is_there_by_its_name() -> None:
    assert vars(Rang("Anna", 2)) | vars(Rang("Anna", times=2)) == vars(Rang(who="Anna", times=2))
    assert (Rang("Anna").who, Rang("Anna").times) == ("Anna", 1)


def test_what_a_message_adds_comes_after_what_it_had() -> None:
    message = RangFor("Anna", 3, "Olga")
    assert (message.who, message.times, message.whom) == ("Anna", 3, "Olga")


def test_it_is_heard_under_its_own_name() -> None:
    assert Rang.handler_name == "on_rang"


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("Anna", 1, 2), {}), (("Anna",), {"who": "Olga"}), (("Anna",), {"wh0": "Olga"})],
    ids=["too few", "too many", "twice", "another name"],
)
def test_what_does_not_fit_is_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    make: Callable[..., Rang] = Rang
    with pytest.raises(TypeError, match="Rang takes"):
        make(*values, **named)
