"""An answer, as bytes, becomes data or the error that belongs to it."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.altegio import errors
from tui_app.altegio.envelope import Answer, Envelope, decipher, retry_after
from tui_app.altegio.errors import AltegioError, Delivery

NOW = datetime(2026, 3, 27, 11, 0, tzinfo=UTC)
HTML = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


def read(body: bytes, status: int = 200, *, write: bool = False, headers: dict[str, str] | None = None) -> Envelope:
    return decipher("do it", Answer(status, headers or {}, body), write=write, now=NOW)


def failure(body: object, status: int, *, write: bool = False) -> AltegioError:
    with pytest.raises(AltegioError) as raised:
        read(body if isinstance(body, bytes) else json.dumps(body).encode(), status, write=write)
    return raised.value


@pytest.mark.parametrize("meta", [b"[]", b"[{}]", b"{}", b"null", b'"x"', b'{"anything": 1}'])
def test_meta_may_be_anything(meta: bytes) -> None:
    assert read(b'{"data": {"id": 1}, "meta": ' + meta + b"}").data == {"id": 1}


@pytest.mark.parametrize("body", [b"", b"  ", b"null", b'{"data": null}', b"{}"])
def test_nothing_is_nothing(body: bytes) -> None:
    assert read(body, 204 if not body else 200, write=True).data is None


def test_a_bare_list_is_the_data() -> None:
    assert read(b'[{"id": 1}]').data == [{"id": 1}]


def test_a_byte_order_mark_is_forgiven() -> None:
    assert read(b'\xef\xbb\xbf{"data": 1}').data == 1


KINDS = [
    (301, errors.Redirected),
    (307, errors.Redirected),
    (400, errors.Malformed),
    (401, errors.TokenRefused),
    (402, errors.LicenceExpired),
    (403, errors.NoRights),
    (404, errors.Missing),
    (405, errors.Refused),
    (409, errors.Busy),
    (418, errors.Refused),
    (422, errors.Invalid),
    (429, errors.TooMany),
]


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(("status", "kind"), KINDS)
def test_each_refusal_has_its_error(status: int, kind: type[AltegioError], write: bool) -> None:
    error = failure({"success": False, "meta": {"message": "Words"}}, status, write=write)
    assert type(error) is kind
    assert (error.status, error.message, error.delivery) == (status, "Words", Delivery.ANSWERED)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 408])
def test_a_fault_leaves_a_write_unknown_and_a_read_failed(status: int) -> None:
    assert type(failure(HTML, status)) is errors.ServerFault
    assert type(failure(HTML, status, write=True)) is errors.OutcomeUnknown
    assert failure(HTML, status, write=True).delivery is Delivery.MAYBE_SENT


UNREADABLE = [
    HTML,
    b'{"data": [1, 2',
    b"\xff\xfe\xfa",
    b'"text"',
    b"17",
    b"true",
    b"[" * 100_000,
    b'{"a": ' + b"9" * 9_999,
]


@pytest.mark.parametrize("body", UNREADABLE)
def test_an_unreadable_success_is_told_apart(body: bytes) -> None:
    assert type(failure(body, 200)) is errors.Unreadable
    assert type(failure(body, 201, write=True)) is errors.OutcomeUnknown


def test_success_false_is_an_error_on_200_too() -> None:
    error = failure({"success": False, "data": None, "meta": {"message": "No"}}, 200)
    assert type(error) is errors.Refused
    assert error.message == "No"


@pytest.mark.parametrize(
    "document",
    [
        {"meta": {"message": "Words"}},
        {"success": False, "message": "Words"},
        {"errors": {"message": "Words"}},
        {"error": "Words"},
        {"meta": [], "error": {"message": "Words"}},
        {"meta": {"message": "\x1b[31mWords\u202e"}},
    ],
)
def test_the_message_is_found_and_cleaned(document: object) -> None:
    assert failure(document, 400).message == "Words"


@pytest.mark.parametrize("body", [b"[]", b"null", b"", b'{"meta": []}', b'{"meta": {"message": 5}}', HTML])
def test_a_refusal_without_words_has_none(body: bytes) -> None:
    assert failure(body, 403).message == ""


def test_html_is_never_shown() -> None:
    assert failure(HTML, 502).message == ""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("99999999", 86_400.0),
        ("inf", None),
        (format_datetime(NOW + timedelta(seconds=7), usegmt=True), 7.0),
        (format_datetime(NOW - timedelta(seconds=7), usegmt=True), 0.0),
    ],
)
def test_retry_after_in_all_its_forms(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text} if text else {}, NOW) == seconds


def test_retry_after_with_a_date_goes_by_the_servers_clock() -> None:
    theirs = NOW + timedelta(hours=1)
    headers = {
        "retry-after": format_datetime(theirs + timedelta(seconds=4), usegmt=True),
        "date": format_datetime(theirs, usegmt=True),
    }
    assert retry_after(headers, NOW) == 4.0


def test_too_many_tells_how_long() -> None:
    with pytest.raises(errors.TooMany) as raised:
        read(b"", 429, headers={"retry-after": "2"})
    assert raised.value.retry_after == 2.0


@given(st.binary(max_size=300), st.integers(200, 599), st.booleans())
def test_whatever_comes_ends_in_data_or_a_typed_error(body: bytes, status: int, write: bool) -> None:
    try:
        read(body, status, write=write)
    except AltegioError as error:
        assert error.operation == "do it"  # noqa: PT017


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["data", "meta", "success", "errors", "included", "message"]), JSON))
def test_any_json_ends_in_data_or_a_typed_error(document: dict[str, object]) -> None:
    for status in (200, 422):
        try:
            read(json.dumps(document).encode(), status)
        except AltegioError as error:
            assert error.status == status  # noqa: PT017
