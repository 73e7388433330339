"""A secret shows nowhere but where it is asked for."""

from __future__ import annotations

import copy
import json
import pickle
import traceback

import msgspec
import pytest

from tui_app.secret import SecretStr

TOKEN = "partner-token-7f3a9c"


def test_only_who_asks_for_the_text_gets_it() -> None:
    secret = SecretStr(TOKEN)
    assert secret.get_secret_value() == TOKEN
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r}", repr([secret]), "%s" % (secret,)):  # noqa: UP031
        assert TOKEN not in shown
        assert "*" in shown


def test_an_empty_one_is_seen_to_be_empty() -> None:
    assert not SecretStr("")
    assert repr(SecretStr("")) == "SecretStr('')"
    assert SecretStr("x")


def test_secrets_are_the_same_by_their_text() -> None:
    assert SecretStr(TOKEN) == SecretStr(TOKEN) != SecretStr("other")
    assert SecretStr(TOKEN) != TOKEN
    assert len({SecretStr(TOKEN), SecretStr(TOKEN)}) == 1


@pytest.mark.parametrize("write", [pickle.dumps, copy.deepcopy, json.dumps, msgspec.json.encode, msgspec.to_builtins])
def test_no_writer_takes_a_secret(write: object) -> None:
    assert callable(write)
    with pytest.raises(TypeError) as told:
        write(SecretStr(TOKEN))
    assert TOKEN not in "".join(traceback.format_exception(told.value))


def test_its_text_is_no_attribute_by_accident() -> None:
    assert not hasattr(SecretStr(TOKEN), "__dict__")
    assert all(TOKEN not in str(getattr(SecretStr(TOKEN), name, "")) for name in dir(SecretStr) if "__text" not in name)
