"""The doctor before a server whose certificate nobody has signed."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.test_doctor import open_api_without_waiting
from tui_app.altegio.tokens import Tokens
from tui_app.doctor.finding import Mark
from tui_app.doctor.server import check_server
from tui_app.secret import SecretStr
from tui_app.settings import Profile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


def now() -> datetime:
    return datetime.now(UTC)


def self_signed(path: Path) -> Path:
    """Write a key and a certificate for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return path


@asynccontextmanager
async def https_server(pem: Path, received: list[bytes]) -> AsyncIterator[str]:
    """Listen on loopback with this certificate, keep what comes through, and give the origin."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.append(await reader.read(65_536))
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


async def test_a_certificate_that_is_not_trusted_is_told_and_gets_no_token(tmp_path: Path) -> None:
    received: list[bytes] = []
    async with https_server(self_signed(tmp_path / "localhost.pem"), received) as origin:
        profile = Profile(server=f"{origin}/api")
        api = open_api_without_waiting(profile, Tokens(SecretStr("partner-token"), SecretStr("user-token")))
        (finding,) = await check_server(api, profile, now)
        await api.aclose()

    assert (finding.mark, finding.subject) == (Mark.BAD, "network")
    assert "no certificate that this machine trusts" in finding.words
    assert received == []
