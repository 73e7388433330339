"""Tokens from the environment."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from tui_app.credentials import FoundTokens, TroubleKind
from tui_app.credentials.environment import EnvironmentStore

if TYPE_CHECKING:
    from pathlib import Path


def user_token(found: FoundTokens) -> str | None:
    return found.user.get_secret_value() if found.user else None


async def test_tokens_come_from_their_variables() -> None:
    found = await EnvironmentStore({"ALTEGIO_PARTNER_TOKEN": "p1", "ALTEGIO_USER_TOKEN": " u1\n"}).find()

    assert found.complete
    assert user_token(found) == "u1"
    assert found.user_source == "the environment (ALTEGIO_USER_TOKEN)"
    assert "u1" not in repr(found)


async def test_a_token_comes_from_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("u1\n")

    found = await EnvironmentStore({"ALTEGIO_USER_TOKEN_FILE": str(tmp_path / "user")}).find()

    assert user_token(found) == "u1"
    assert found.user_source == "the file named by ALTEGIO_USER_TOKEN_FILE"
    assert found.partner is None


async def test_the_variable_goes_before_the_file() -> None:
    environ = {"ALTEGIO_USER_TOKEN": "u1", "ALTEGIO_USER_TOKEN_FILE": "/nowhere"}

    assert user_token(await EnvironmentStore(environ).find()) == "u1"


async def test_a_pipe_gives_its_token_once_and_it_is_remembered(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("u1"), daemon=True)
    writer.start()
    store = EnvironmentStore({"ALTEGIO_USER_TOKEN_FILE": str(pipe)})

    assert [user_token(await store.find()), user_token(await store.find())] == ["u1", "u1"]


async def test_a_pipe_that_nobody_writes_to_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    found = await EnvironmentStore({"ALTEGIO_USER_TOKEN_FILE": str(pipe)}, limit=0.05).find()

    assert "took too long" in found.troubles[0].words
    pipe.write_text("let the thread go")


@pytest.mark.parametrize("value", ["two words", "line\nbreak", "Bearer a, User b", "токен", "x" * 5_000, "a\x00b"])
async def test_what_cannot_stand_in_a_header_is_no_token_and_is_not_repeated(value: str) -> None:
    found = await EnvironmentStore({"ALTEGIO_USER_TOKEN": value}).find()

    assert found.user is None
    assert found.troubles[0].kind is TroubleKind.BAD_TOKEN
    assert "ALTEGIO_USER_TOKEN" in found.troubles[0].words
    assert value not in found.troubles[0].words


async def test_a_file_that_cannot_be_read_is_told_by_its_variable(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")

    for path in (tmp_path / "none", tmp_path, tmp_path / "binary"):
        found = await EnvironmentStore({"ALTEGIO_USER_TOKEN_FILE": str(path)}).find()

        assert found.troubles[0].kind is TroubleKind.UNREADABLE_FILE
        assert "ALTEGIO_USER_TOKEN_FILE" in found.troubles[0].words
