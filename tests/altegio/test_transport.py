"""The way to the server: headers, retry of reads, one try for writes, bounds."""

import logging

import httpx
import pytest

from tests.altegio.support import LOCATION, PARTNER, USER, Recorder, answering, tokens, transport_over
from tui_app.altegio import errors
from tui_app.altegio.calls import Call
from tui_app.altegio.errors import AltegioError, Delivery
from tui_app.altegio.pacing import Pacing, Window
from tui_app.altegio.tokens import Tokens, TokenSource, UnusableToken, authorization
from tui_app.altegio.transport import Transport
from tui_app.secret import SecretStr

READ = Call(operation="read it", path="things")
WRITE = Call(operation="write it", method="POST", path="things", body={"a": 1}, write=True)
GOOD = httpx.Response(200, json={"data": {"id": 1}})


class Naps:
    """Notes how long it was asked to sleep, and only moves its own clock."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def now(self) -> float:
        return sum(self.seconds)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def status(code: int, **headers: str) -> httpx.Response:
    return httpx.Response(code, headers={name.replace("_", "-"): value for name, value in headers.items()})


async def failure(transport: Transport, call: Call) -> AltegioError:
    async with transport:
        with pytest.raises(AltegioError) as raised:
            await transport.send(call)
    return raised.value


@pytest.mark.parametrize("version", ["v1", "v2"])
async def test_every_request_carries_the_media_type_and_both_tokens(version: str) -> None:
    recorder = answering({"data": 1})
    async with transport_over(recorder.network) as transport:
        await transport.send(Call(operation="read it", path="things", version="v1" if version == "v1" else "v2"))
    assert recorder.last.headers["accept"] == "application/vnd.api.v2+json"
    assert recorder.last.headers["authorization"] == f"Bearer {PARTNER}, User {USER}"
    assert recorder.last.url.path == f"/api/{version}/things"
    assert "content-type" not in recorder.last.headers


async def test_a_body_is_json_in_utf_8() -> None:
    recorder = answering({"data": 1})
    async with transport_over(recorder.network) as transport:
        await transport.send(Call(operation="write it", method="PUT", path="x", body={"name": "Ольга"}, write=True))
    assert recorder.last.headers["content-type"] == "application/json"
    assert recorder.last.content == '{"name": "Ольга"}'.encode()


async def test_the_partner_token_goes_alone_where_the_call_wants_it() -> None:
    recorder = answering({"data": 1})
    async with transport_over(recorder.network) as transport:
        await transport.send(Call(operation="sign in", path="auth", partner_only=True))
    assert recorder.last.headers["authorization"] == f"Bearer {PARTNER}"


async def test_before_the_sign_in_there_is_no_user_token() -> None:
    recorder = answering({"data": 1})
    async with transport_over(recorder.network, auth=tokens(None)) as transport:
        await transport.send(READ)
    assert recorder.last.headers["authorization"] == f"Bearer {PARTNER}"


async def test_new_tokens_reach_the_next_request() -> None:
    recorder = answering({"data": 1})
    async with transport_over(recorder.network) as transport:
        await transport.send(READ)
        transport.set_tokens(Tokens(SecretStr("p2"), SecretStr("u2")))
        await transport.send(READ)
    assert recorder.last.headers["authorization"] == "Bearer p2, User u2"


@pytest.mark.parametrize("token", ["", "a b", "a\r\nX: y", "ключ", "a,b", "\x00"])
async def test_a_token_that_no_header_can_carry_is_not_sent(token: str) -> None:
    recorder = answering({"data": 1})
    source = TokenSource(Tokens(SecretStr("p"), SecretStr(token)))
    error = await failure(transport_over(recorder.network, auth=source), WRITE)
    assert isinstance(error, errors.TokenRefused)
    assert error.delivery is Delivery.NOT_SENT
    assert not recorder.requests


def test_tokens_are_never_shown() -> None:
    kept = Tokens(SecretStr(PARTNER), SecretStr(USER))
    shown = f"{kept!r} {authorization(kept)!r} {TokenSource(kept)!r}"
    assert PARTNER not in shown
    assert USER not in shown
    with pytest.raises(UnusableToken) as raised:
        authorization(Tokens(SecretStr("geheim geheim")))
    assert "geheim" not in str(raised.value)


def test_a_call_does_not_show_its_body() -> None:
    assert "+4915112345678" not in repr(Call(operation="x", path="x", body={"phone": "+4915112345678"}))


PASSING = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("closed"),
    status(429),
    status(502),
    status(503),
    status(504),
]


@pytest.mark.parametrize("trouble", PASSING, ids=repr)
async def test_a_read_is_sent_again_after_what_passes(trouble: httpx.Response | Exception) -> None:
    naps, recorder = Naps(), Recorder([trouble, trouble, GOOD])
    pacing = Pacing((), sleep=naps, monotonic=naps.now)
    async with transport_over(recorder.network, sleep=naps, pacing=pacing) as transport:
        assert (await transport.send(READ)).data == {"id": 1}
    assert len(recorder.requests) == 3


@pytest.mark.parametrize("code", [400, 401, 402, 403, 404, 409, 422, 500, 301])
async def test_a_read_is_not_sent_again_after_an_answer(code: int) -> None:
    recorder = Recorder([status(code)])
    await failure(transport_over(recorder.network), READ)
    assert len(recorder.requests) == 1


async def test_a_read_gives_up_after_five_tries_that_grow_apart() -> None:
    naps, recorder = Naps(), Recorder([status(503)])
    error = await failure(transport_over(recorder.network, sleep=naps), READ)
    assert isinstance(error, errors.ServerFault)
    assert len(recorder.requests) == 5
    assert naps.seconds == pytest.approx([0.1, 0.2, 0.4, 0.8])


async def test_a_read_waits_as_long_as_it_is_told() -> None:
    naps, recorder = Naps(), Recorder([status(429, retry_after="2"), GOOD])
    pacing = Pacing((), sleep=naps, monotonic=naps.now)
    async with transport_over(recorder.network, sleep=naps, pacing=pacing) as transport:
        await transport.send(READ)
    assert naps.seconds == [2.0]
    assert len(recorder.requests) == 2


async def test_a_read_that_would_have_to_wait_too_long_says_so_at_once() -> None:
    recorder = Recorder([status(429, retry_after="60"), GOOD])
    error = await failure(transport_over(recorder.network), READ)
    assert isinstance(error, errors.TooMany)
    assert error.retry_after == 60.0
    assert len(recorder.requests) == 1


NOT_SENT = [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x"), httpx.ProxyError("x")]
UNKNOWN = [
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.ReadTimeout("x"),
    httpx.WriteTimeout("x"),
    httpx.RemoteProtocolError("x"),
    httpx.LocalProtocolError("x"),
    httpx.DecodingError("x"),
    httpx.CloseError("x"),
    OSError("x"),
    status(500),
    status(502),
    status(503),
    status(504),
    httpx.Response(200, content=b"<html>"),
    httpx.Response(201, content=b'{"data": {'),
]


@pytest.mark.parametrize("trouble", NOT_SENT, ids=repr)
async def test_a_write_that_never_left_is_unreachable(trouble: Exception) -> None:
    recorder = Recorder([trouble])
    error = await failure(transport_over(recorder.network), WRITE)
    assert type(error) is errors.Unreachable
    assert error.delivery is Delivery.NOT_SENT
    assert len(recorder.requests) == 1


@pytest.mark.parametrize("trouble", UNKNOWN, ids=repr)
async def test_a_write_with_an_unclear_end_is_unknown_and_sent_once(trouble: httpx.Response | Exception) -> None:
    recorder = Recorder([trouble])
    error = await failure(transport_over(recorder.network), WRITE)
    assert type(error) is errors.OutcomeUnknown
    assert error.delivery is Delivery.MAYBE_SENT
    assert len(recorder.requests) == 1


@pytest.mark.parametrize("code", [400, 401, 402, 403, 404, 409, 422, 429])
async def test_a_refused_write_is_answered_and_sent_once(code: int) -> None:
    recorder = Recorder([status(code)])
    error = await failure(transport_over(recorder.network), WRITE)
    assert error.delivery is Delivery.ANSWERED
    assert len(recorder.requests) == 1


async def test_a_redirect_is_never_followed() -> None:
    recorder = Recorder([status(307, location="https://evil.example/")])
    assert isinstance(await failure(transport_over(recorder.network), READ), errors.Redirected)
    assert len(recorder.requests) == 1


@pytest.mark.parametrize(("call", "kind"), [(READ, errors.Unreadable), (WRITE, errors.OutcomeUnknown)])
async def test_an_answer_beyond_all_measure_is_refused(call: Call, kind: type[AltegioError]) -> None:
    recorder = Recorder([httpx.Response(200, content=b"[" + b"1," * 600 + b"1]")])
    assert type(await failure(transport_over(recorder.network, largest_answer=1_000), call)) is kind


@pytest.mark.parametrize("call", [READ, WRITE])
async def test_waiting_for_ones_own_limit_ends_and_nothing_was_sent(call: Call) -> None:
    recorder = answering({"data": 1})
    pacing = Pacing((Window(1, 60.0),))
    await pacing.turn(write=False)
    error = await failure(transport_over(recorder.network, pacing=pacing), call)
    assert isinstance(error, errors.TooMany)
    assert error.delivery is Delivery.NOT_SENT
    assert error.retry_after == pytest.approx(60.0, abs=1.0)
    assert not recorder.requests


async def test_a_429_holds_every_transport_that_shares_the_pacing() -> None:
    pacing = Pacing(())
    await failure(transport_over(Recorder([status(429, retry_after="30")]).network, pacing=pacing), WRITE)
    other = answering({"data": 1})
    assert isinstance(await failure(transport_over(other.network, pacing=pacing), WRITE), errors.TooMany)
    assert not other.requests


async def test_the_servers_clock_is_kept_for_the_doctor() -> None:
    recorder = Recorder([httpx.Response(200, json={}, headers={"Date": "Fri, 27 Mar 2026 11:00:00 GMT"})])
    async with transport_over(recorder.network) as transport:
        assert (transport.server_date, transport.last_contact) == (None, None)
        await transport.send(READ)
        assert transport.server_date is not None
        assert transport.server_date.isoformat() == "2026-03-27T11:00:00+00:00"
        assert transport.last_contact is not None
        assert transport.last_contact.tzinfo is not None


async def test_a_closed_transport_sends_nothing() -> None:
    recorder = answering({"data": 1})
    transport = transport_over(recorder.network)
    await transport.aclose()
    await transport.aclose()
    assert isinstance(await failure(transport, WRITE), errors.Unreachable)
    assert not recorder.requests


async def test_nothing_of_a_request_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    recorder = answering({"data": [1]})
    async with recorder.api() as api:
        assert await api.clients.autocomplete(LOCATION, phone="5678") == ()
    assert "1 broken objects left out" in caplog.text
    assert "5678" not in caplog.text
    assert PARTNER not in caplog.text
