"""The privacy lock: no PIN in clear, a constant answer, and the idle limit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.desk.privacy import (
    BadPin,
    PinHash,
    check_new_pin,
    hash_pin,
    is_idle,
    opens,
    parse_idle,
    read_pin_hash,
    wait_after,
)
from tui_app.desk.trouble import Unparsed
from tui_app.desk.wording import explain
from tui_app.secret import SecretStr

PIN = SecretStr("4071")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_pin_opens_and_no_other_does() -> None:
    kept = hash_pin(PIN)
    assert opens(PIN, kept)
    assert not opens(SecretStr("4072"), kept)
    assert not opens(SecretStr(""), kept)


def test_the_same_pin_is_kept_differently_each_time() -> None:
    assert hash_pin(PIN) != hash_pin(PIN)
    assert hash_pin(PIN, b"0" * 16) == hash_pin(PIN, b"0" * 16)


def test_what_is_kept_shows_no_pin_and_is_read_again() -> None:
    kept = hash_pin(PIN)
    assert "4071" not in repr(kept) + kept.as_text() + str(PIN)
    assert repr(kept) == "PinHash()"
    assert read_pin_hash(kept.as_text() + "\n") == kept


@given(st.text())
def test_what_is_no_hash_is_not_read(text: str) -> None:
    assert read_pin_hash(text) is None


@pytest.mark.parametrize("text", ["scrypt1$AA$AA", "scrypt1$é$A", "scrypt1$AAAA", "scrypt9$AAAA$AAAA"])
def test_a_damaged_hash_is_not_read(text: str) -> None:
    assert read_pin_hash(text) is None


@pytest.mark.parametrize("pin", ["4071", "20 26", "парол", "9874"])
def test_a_fair_pin_is_taken(pin: str) -> None:
    check_new_pin(SecretStr(pin))


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("407", "at least 4"),
        ("", "at least 4"),
        ("4" * 33, "at most 32"),
        ("0000", "guessed"),
        ("1234", "guessed"),
        ("9876", "guessed"),
        ("abcd", "guessed"),
        (" 407", "blanks"),
        ("40\n71", "blanks"),
    ],
)
def test_a_poor_pin_is_refused_without_repeating_it(pin: str, words: str) -> None:
    with pytest.raises(BadPin, match=words) as refusal:
        check_new_pin(SecretStr(pin))
    assert not pin or pin not in str(explain(refusal.value))


def test_wrong_pins_cost_more_and_more() -> None:
    waits = [wait_after(failures).total_seconds() for failures in range(14)]
    assert waits[:6] == [0, 0, 0, 2, 4, 8]
    assert waits[-1] == 300
    assert waits == sorted(waits)


@pytest.mark.parametrize(
    ("text", "limit"),
    [("off", None), ("", None), (" OFF ", None), ("5", timedelta(minutes=5)), ("1440", timedelta(days=1))],
)
def test_the_idle_limit_is_off_or_minutes(text: str, limit: timedelta | None) -> None:
    assert parse_idle(text) == limit


@pytest.mark.parametrize("text", ["0", "-1", "1441", "five", "1.5"])
def test_any_other_limit_is_refused(text: str) -> None:
    with pytest.raises(Unparsed):
        parse_idle(text)


@pytest.mark.parametrize(
    ("idle_s", "limit", "locks"),
    [(299, 5, False), (300, 5, True), (10_000, None, False), (-50, 5, False)],
)
def test_an_idle_desk_locks_at_its_limit(idle_s: int, limit: int | None, locks: bool) -> None:
    minutes = None if limit is None else timedelta(minutes=limit)
    assert is_idle(NOW - timedelta(seconds=idle_s), NOW, minutes) is locks


def test_a_hash_is_told_apart_by_both_parts() -> None:
    assert PinHash(b"a" * 16, b"b" * 32) != PinHash(b"a" * 16, b"c" * 32)
