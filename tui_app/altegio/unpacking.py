"""The body of an answer as it comes in: unpacked, and never more of it kept than is allowed, however it is packed."""

import zlib
from typing import Final

ACCEPTED: Final = "gzip, deflate"
"""The `Accept-Encoding` of every request."""

_GZIP: Final = 16 + zlib.MAX_WBITS


class TooLarge(Exception):
    """The body has grown beyond what is allowed."""


class PackedWrongly(Exception):
    """The body cannot be unpacked, or is packed in a way that was not asked for."""


class Unpacker:
    """Takes a body in pieces; `encoding` is the answer's `Content-Encoding`, `most` the bytes that are allowed.

    Each piece is unpacked no further than that, so a few kilobytes that stand for gigabytes cost no more than they
    should. Packed more than once is refused. Raises PackedWrongly.
    """

    def __init__(self, encoding: str, most: int) -> None:
        self._most = most
        self._came = 0
        self._body = bytearray()
        self._inflater = None
        name = encoding.strip().lower()
        if name in {"gzip", "x-gzip"}:
            self._inflater = zlib.decompressobj(_GZIP)
        elif name == "deflate":
            self._inflater = zlib.decompressobj()
        elif name not in {"", "identity"}:
            raise PackedWrongly

    def feed(self, piece: bytes) -> None:
        """Take in a piece. Raises TooLarge and PackedWrongly."""
        self._came += len(piece)
        if self._inflater is not None:
            try:
                piece = self._inflater.decompress(piece, self._most + 1 - len(self._body))
            except zlib.error:
                raise PackedWrongly from None
        self._body += piece
        if max(self._came, len(self._body)) > self._most:
            raise TooLarge

    def whole(self) -> bytes:
        """Answer the body once all of it is in. Raises PackedWrongly for one that was cut."""
        if self._inflater is not None and self._came and not self._inflater.eof:
            raise PackedWrongly
        return bytes(self._body)
