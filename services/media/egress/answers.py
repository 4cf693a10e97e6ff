"""What the gate says for itself, and how it reads and leaves a client."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter

from services.media.egress.heads import MalformedError

TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
_BLOCK = 1 << 16
_LINGER = 1.0


async def read_raw(reader: StreamReader) -> bytes:
    """A head up to its empty line. Raises MalformedError when it is longer than the reader's limit, ConnectionError."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as error:
        raise MalformedError("the head is too long") from error
    except asyncio.IncompleteReadError as error:
        raise ConnectionError("the other side is gone") from error


def say(writer: StreamWriter, status: str, *fields: str) -> None:
    """An answer of the gate's own, such as '403 egress-policy', with nothing in it."""
    lines = [f"HTTP/1.1 {status}", "Content-Length: 0", "Connection: close", *fields]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))


async def farewell(near: tuple[StreamReader, StreamWriter], seconds: float) -> None:
    """Let the client have what it was sent, within `seconds`; closing on unread input would take that back."""
    reader, writer = near
    with contextlib.suppress(OSError):
        async with asyncio.timeout(seconds):
            writer.transport.set_write_buffer_limits(0)  # so that draining empties the buffer
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
        async with asyncio.timeout(_LINGER):
            while await reader.read(_BLOCK):
                pass
