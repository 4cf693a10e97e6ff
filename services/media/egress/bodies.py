"""What a server sends, unpacked and counted as it comes. Everything here blocks: it runs in threads."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from services.vocabulary.errors import RetryableError, UserError

_PIECE = 1 << 20
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_GZIP = b"\x1f\x8b"
_UNREADABLE = "That address answers in a way that I cannot read: please attach the recording instead."


class Sink(Protocol):
    """Where the unpacked bytes go."""

    def write(self, piece: bytes) -> None:
        """Take the next piece."""


class MemorySink:
    """Bytes in memory."""

    def __init__(self) -> None:
        self.body = bytearray()

    def write(self, piece: bytes) -> None:
        """Take the next piece."""
        self.body += piece


class FileSink:
    """Bytes on disk, with their hash."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Take the next piece."""
        self._file.write(piece)
        self._digest.update(piece)

    def close(self) -> str:
        """Close the file and tell its SHA-256 in hex."""
        self._file.close()
        return self._digest.hexdigest()


class Body:
    """Unpacks what comes into a sink, never more than `limit` bytes and never more than a piece at a time.

    `encoding` is the answer's Content-Encoding. Raises UserError for one that was not asked for.
    """

    def __init__(self, sink: Sink, *, encoding: str, limit: int) -> None:
        self._sink = sink
        self._limit = limit
        self.size = 0
        known = encoding.strip().lower()
        if known not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise UserError(_UNREADABLE)
        self._unpack = None if known in ("", "identity") else zlib.decompressobj(_GZIP_OR_ZLIB)

    def take(self, raw: bytes) -> None:
        """The next bytes from the network. Raises UserError over the limit and for what cannot be unpacked."""
        try:
            for piece in self._pieces(raw):
                self.size += len(piece)
                if self.size > self._limit:
                    raise too_large(None, self._limit)
                self._sink.write(piece)
        except zlib.error as error:
            raise UserError(_UNREADABLE) from error

    def end(self) -> None:
        """There is no more. Raises RetryableError when something is missing."""
        if self._unpack is not None and self.size and not self._unpack.eof:
            raise RetryableError("The answer broke off before its end")

    def _pieces(self, raw: bytes) -> Iterator[bytes]:
        if self._unpack is None:
            yield raw
            return
        while raw:
            if self._unpack.eof:
                if not raw.startswith(_GZIP):
                    return  # what follows the end is padding
                self._unpack = zlib.decompressobj(_GZIP_OR_ZLIB)
            yield self._unpack.decompress(raw, _PIECE)
            raw = self._unpack.unconsumed_tail or self._unpack.unused_data


def too_large(size: int | None, limit: int) -> UserError:
    """The sentence about a file that is larger than is taken; `size` None when it is not known."""
    what = f"has {_figure(size)}" if size is not None else f"has more than {_figure(limit)}"
    return UserError(
        f"What is at that address {what}, and I take at most {_figure(limit)}: please share a shorter one."
    )


def _figure(size: int) -> str:
    amount = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1024:  # noqa: PLR2004 - 1,024 of one are one of the next
            return f"{amount:.4g} {unit}"
        amount /= 1024
    return f"{amount:.4g} TB"
