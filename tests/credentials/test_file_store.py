"""The token file: private, or not used."""
# ruff: noqa: ASYNC240  a test may wait for the disk

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tui_app.credentials import StoreTrouble, Tokens, TroubleKind
from tui_app.credentials.file_store import FileStore
from tui_app.secret import SecretStr

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = Tokens(SecretStr("partner-token-7f3a9c"), SecretStr("user-token-51be20"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tokens" / "tokens.json"


async def test_tokens_are_read_back_from_a_private_file_in_a_private_folder(path: Path) -> None:
    await FileStore(path).write("desk", TOKENS)

    assert await FileStore(path).read("desk") == TOKENS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_without_a_file_there_are_no_tokens_and_none_is_made(path: Path) -> None:
    assert await FileStore(path).read("desk") == Tokens()
    assert not path.parent.exists()


async def test_profiles_do_not_disturb_each_other(path: Path) -> None:
    store = FileStore(path)
    await store.write("one", TOKENS)
    await store.write("two", Tokens(user=SecretStr("u2")))

    assert await store.remove("one")

    assert await store.keys() == ("two",)
    assert await store.read("one") == Tokens()
    assert await store.read("two") == Tokens(user=SecretStr("u2"))


async def test_the_file_goes_with_its_last_token(path: Path) -> None:
    store = FileStore(path)
    await store.write("desk", TOKENS)

    assert await store.remove("desk")
    assert not await store.remove("desk")
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
async def test_a_file_that_others_may_touch_is_refused_with_the_command_that_helps(path: Path, mode: int) -> None:
    await FileStore(path).write("desk", TOKENS)
    path.chmod(mode)

    with pytest.raises(StoreTrouble) as trouble:
        await FileStore(path).read("desk")

    assert trouble.value.kind is TroubleKind.UNSAFE_FILE
    assert "chmod 600" in trouble.value.next_step


async def test_a_folder_that_others_may_enter_is_refused(path: Path) -> None:
    await FileStore(path).write("desk", TOKENS)
    path.parent.chmod(0o755)

    for call in (FileStore(path).read("desk"), FileStore(path).write("desk", TOKENS)):
        with pytest.raises(StoreTrouble) as trouble:
            await call
        assert "chmod 700" in trouble.value.next_step


async def test_a_token_is_not_written_into_a_folder_that_others_may_enter(path: Path) -> None:
    path.parent.mkdir(parents=True, mode=0o755)
    path.parent.chmod(0o755)

    with pytest.raises(StoreTrouble):
        await FileStore(path).write("desk", TOKENS)

    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
async def test_a_file_of_another_user_is_refused(path: Path) -> None:
    await FileStore(path).write("desk", TOKENS)
    os.chown(path, 12345, -1)

    for call in (FileStore(path).read("desk"), FileStore(path).remove("desk")):
        with pytest.raises(StoreTrouble, match="another user"):
            await call


async def test_a_link_in_the_place_of_the_file_is_not_followed(path: Path, tmp_path: Path) -> None:
    await FileStore(tmp_path / "elsewhere" / "tokens.json").write("desk", TOKENS)
    path.parent.mkdir(parents=True, mode=0o700)
    path.symlink_to(tmp_path / "elsewhere" / "tokens.json")

    with pytest.raises(StoreTrouble):
        await FileStore(path).read("desk")


async def test_an_unsafe_file_can_still_be_forgotten(path: Path) -> None:
    await FileStore(path).write("desk", TOKENS)
    path.chmod(0o644)

    assert await FileStore(path).remove("desk")
    assert not path.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", "[" * 100_000])
async def test_a_file_of_something_else_is_told_and_left_alone(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(content)

    for call in (FileStore(path).read("desk"), FileStore(path).write("desk", TOKENS)):
        with pytest.raises(StoreTrouble) as trouble:
            await call
        assert trouble.value.kind is TroubleKind.UNREADABLE_FILE
    assert path.read_text() == content
