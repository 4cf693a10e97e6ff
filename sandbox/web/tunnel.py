"""A proxy that brings every request to this machine's own server, whatever host it names."""

from __future__ import annotations

import asyncio
import contextlib
from urllib.parse import urlsplit

_HEAD = 64 * 1024
_TLS_PORT = 443


class Tunnel:
    """CONNECT and plain requests, to the port that serves TLS or the one that does not. `asked` names the hosts."""

    def __init__(self, tls_port: int, plain_port: int) -> None:
        self._tls, self._plain = tls_port, plain_port
        self._tasks: set[asyncio.Task[None]] = set()
        self.asked: list[str] = []

    async def start(self) -> str:
        """Listen; the proxy's address."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_HEAD)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Stop listening and cut what is open."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far: asyncio.StreamWriter | None = None
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
            host, port = _wanted(method, target)
            self.asked.append(host)
            back, far = await asyncio.open_connection("127.0.0.1", self._tls if port == _TLS_PORT else self._plain)
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = urlsplit(target)._replace(scheme="", netloc="").geturl() or "/"
                far.write(head.replace(target.encode("latin-1"), path.encode("latin-1"), 1))
            await asyncio.gather(_pipe(reader, far), _pipe(back, writer))
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            for end in (writer, far):
                if end:
                    end.close()


def _wanted(method: str, target: str) -> tuple[str, int]:
    address = urlsplit(f"//{target}" if method == "CONNECT" else target)
    return address.hostname or "", address.port or (_TLS_PORT if address.scheme == "https" else 80)


async def _pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await source.read(_HEAD):
            sink.write(chunk)
            await sink.drain()
    sink.close()
