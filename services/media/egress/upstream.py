"""The operator's own proxy, which the gate goes through where one is set (YTDLP_PROXY)."""

from __future__ import annotations

import asyncio
import base64
from asyncio import StreamReader, StreamWriter
from urllib.parse import unquote, urlsplit

from services.media.egress.answers import read_raw
from services.media.egress.heads import HEAD_LIMIT, MalformedError
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError

_HTTP_PORT = 80


class Upstream(Value):
    """An HTTP proxy; `authorization` is the Proxy-Authorization field that it wants."""

    host: str
    port: int
    authorization: str | None = None


def parse_upstream(url: str) -> Upstream:
    """The proxy of an address such as 'http://name:password@proxy.example:3128'. Raises OperatorError."""
    remedy = "YTDLP_PROXY must be the address of an HTTP proxy, such as http://name:password@proxy.example:3128"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise OperatorError(remedy) from error
    if parts.scheme != "http" or not host or parts.path not in ("", "/") or parts.query:
        raise OperatorError(remedy)
    authorization = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
    return Upstream(host=host, port=port or _HTTP_PORT, authorization=authorization)


async def through(upstream: Upstream, address: str, port: int) -> tuple[StreamReader, StreamWriter]:
    """A connection to a judged address through the proxy. Raises OSError.

    The proxy is given the address, never the name, which it could resolve to another one.
    """
    reader, writer = await asyncio.open_connection(upstream.host, upstream.port, limit=HEAD_LIMIT)
    try:
        place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
        if upstream.authorization:
            lines.append(f"Proxy-Authorization: {upstream.authorization}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        await _granted(reader)
    except BaseException:
        writer.transport.abort()
        raise
    return reader, writer


async def _granted(reader: StreamReader) -> None:
    try:
        answer = await read_raw(reader)
    except MalformedError as error:
        raise ConnectionError("the proxy of YTDLP_PROXY does not answer as one") from error
    version, _, rest = answer.partition(b" ")
    if not version.startswith(b"HTTP/1.") or not rest.startswith(b"2"):
        status = rest[:3].decode("ascii", "replace")
        raise ConnectionError(f"the proxy of YTDLP_PROXY answers with status {status}")
