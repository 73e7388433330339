"""Tokens go over https, or over http on this machine, and nowhere else."""

import pytest

from tui_app.altegio.servers import MOCK, PRODUCTION, BadServer, server_of


def test_the_known_ones_by_name() -> None:
    assert server_of("production") is PRODUCTION
    assert PRODUCTION.root("v2") == "https://api.alteg.io/api/v2/"
    assert PRODUCTION.root("v1") == "https://api.alteg.io/api/v1/"
    assert server_of("mock") is MOCK
    assert MOCK.root("v2") == "https://developer.alteg.io/_mock/en/b2b-v2/openapi/"
    assert MOCK.root("v1") == "https://developer.alteg.io/_mock/en/b2b-v1/openapi/"


@pytest.mark.parametrize(
    ("text", "v2", "loopback"),
    [
        ("http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api/v2/", True),
        ("http://localhost/api/", "http://localhost/api/v2/", True),
        ("http://[::1]:99/api", "http://[::1]:99/api/v2/", True),
        ("https://studio.example.com/x/api", "https://studio.example.com/x/api/v2/", False),
    ],
)
def test_a_base_url_of_ones_own(text: str, v2: str, loopback: bool) -> None:
    server = server_of(text)
    assert (server.v2, server.loopback) == (v2, loopback)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "productio",
        "http://example.com/api",
        "http://127.0.0.1.example.com/api",
        "http://localhost.example.com/api",
        "http://10.0.0.1/api",
        "ftp://127.0.0.1/api",
        "https://user:secret@example.com/api",
        "https://example.com/api?x=1",
        "https://example.com/api#x",
        "https://example.com/",
        "https:///api",
        "https://[::1/api",
        "https://example.com:99999/api",
        "https://exa mple.com/api",
        "https://example.com\\@evil/api",
        "https://exämple.com/api",
        "https://example.com\n/api",
    ],
)
def test_anything_else_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(BadServer) as raised:
        server_of(text)
    assert "secret" not in str(raised.value)
