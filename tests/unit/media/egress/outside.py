"""A stranger's server, on an address of this machine that the tests' policy admits."""

from __future__ import annotations

import asyncio
import base64
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from services.media.egress import Policy, Resolve
from services.media.egress.policy import RefusedError

HOST = "127.0.0.9"
Behave = Callable[[StreamReader, StreamWriter], Awaitable[None]]


def admitting(*networks: str) -> Policy:
    return Policy([ip_network(network) for network in networks or (HOST,)])


@asynccontextmanager
async def outside(behave: Behave, host: str = HOST) -> AsyncIterator[int]:
    """The port of a server each of whose connections does as `behave` says, and is closed then."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await behave(reader, writer)
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    def accept(reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, host, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def saying(*blocks: bytes, pause: float = 0.0, heads: list[bytes] | None = None) -> Behave:
    """Reads a request's head and answers with the blocks, one after the other."""

    async def behave(reader: StreamReader, writer: StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if heads is not None:
            heads.append(head)
        for block in blocks:
            writer.write(block)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


def endless(head: bytes, block: bytes, pause: float = 0.0) -> Behave:
    """Answers with the head, then with the block again and again."""

    async def behave(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        while True:
            writer.write(block)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


async def echo(reader: StreamReader, writer: StreamWriter) -> None:
    while block := await reader.read(1 << 16):
        writer.write(block)
        await writer.drain()


def resolving(names: Mapping[str, list[str]]) -> Resolve:
    """A resolver that knows these names."""

    async def resolve(host: str, port: int) -> list[str]:
        return names[host]

    return resolve


def left_in(folder: Path) -> list[str]:
    """The names of what a failed download has left behind."""
    return [path.name for path in folder.iterdir()]


def authorization(proxy_url: str) -> str:
    parts = urlsplit(proxy_url)
    pair = f"{parts.username}:{parts.password}".encode()
    return f"Proxy-Authorization: Basic {base64.b64encode(pair).decode()}\r\n"


async def open_gate(proxy_url: str) -> tuple[StreamReader, StreamWriter]:
    parts = urlsplit(proxy_url)
    return await asyncio.open_connection(parts.hostname, parts.port)


async def ask(proxy_url: str, line: str, fields: str = "", *, body: bytes = b"", ticket: bool = True) -> bytes:
    """All that the gate answers to one request."""
    reader, writer = await open_gate(proxy_url)
    try:
        shown = authorization(proxy_url) if ticket else ""
        writer.write(f"{line} HTTP/1.1\r\n{shown}{fields}\r\n".encode() + body)
        with suppress(ConnectionError):
            return await asyncio.wait_for(reader.read(-1), 10)
        return b"cut"
    finally:
        writer.transport.abort()


@asynccontextmanager
async def tunnel(proxy_url: str, place: str) -> AsyncIterator[tuple[StreamReader, StreamWriter]]:
    """An open tunnel through the gate. Raises RefusedError where the gate says no."""
    reader, writer = await open_gate(proxy_url)
    try:
        writer.write(f"CONNECT {place} HTTP/1.1\r\n{authorization(proxy_url)}\r\n".encode())
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise RefusedError(answer.decode())
        yield reader, writer
    finally:
        writer.transport.abort()
