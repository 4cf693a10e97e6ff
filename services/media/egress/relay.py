"""Bytes from one side of the gate to the other, counted before they are passed on."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Coroutine
from typing import Any

from services.media.egress.answers import read_raw
from services.media.egress.heads import Errand, MalformedError, closing
from services.media.egress.tickets import Ticket

_BLOCK = 1 << 16
_INTERIM = 8  # interim answers (1xx) before the real one

Streams = tuple[StreamReader, StreamWriter]


class Relay:
    """The way between a client (`near`) and a server (`far`), cut after `idle` seconds in which nothing moved."""

    def __init__(self, near: Streams, far: Streams, ticket: Ticket, idle: float) -> None:
        self._near_reader, self._near_writer = near
        self._far_reader, self._far_writer = far
        self._ticket = ticket
        self._idle = idle
        self._alive: Callable[[], None] = lambda: None

    async def tunnel(self) -> None:
        """Pass everything on, both ways, until both sides have ended. Raises OSError."""
        await self._both(
            self._pump(self._near_reader, self._far_writer),
            self._pump(self._far_reader, self._near_writer),
            until=asyncio.FIRST_EXCEPTION,
        )

    async def exchange(self, errand: Errand) -> None:
        """One request over plain http and its answer; nothing that the client sends after it goes through.

        Raises MalformedError for what is no HTTP answer (nothing was passed on then) and OSError.
        """
        await self._send(self._far_writer, errand.forwarded)
        await self._both(self._ask(errand.length), self._answer(), until=asyncio.FIRST_COMPLETED)

    async def _both(self, out: Coroutine[Any, Any, None], back: Coroutine[Any, Any, None], *, until: str) -> None:
        tasks = [asyncio.create_task(out), asyncio.create_task(back)]
        try:
            async with asyncio.timeout(self._idle) as patience:
                self._alive = lambda: self._prolong(patience)
                done, _ = await asyncio.wait(tasks, return_when=until)
                for task in done:
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _prolong(self, patience: asyncio.Timeout) -> None:
        if not patience.expired():
            patience.reschedule(asyncio.get_running_loop().time() + self._idle)

    async def _pump(self, source: StreamReader, sink: StreamWriter) -> None:
        while block := await source.read(_BLOCK):
            self._alive()
            await self._send(sink, block)
        if sink.can_write_eof():
            sink.write_eof()

    async def _send(self, sink: StreamWriter, block: bytes) -> None:
        self._ticket.take(len(block))
        sink.write(block)
        await sink.drain()
        self._alive()

    async def _ask(self, length: int) -> None:
        """The request's body; then wait for the client to go, without passing anything on."""
        while length and (block := await self._near_reader.read(min(_BLOCK, length))):
            self._alive()
            await self._send(self._far_writer, block)
            length -= len(block)
        while ignored := await self._near_reader.read(_BLOCK):
            self._ticket.take(len(ignored))

    async def _answer(self) -> None:
        for _ in range(_INTERIM):
            head = closing(await read_raw(self._far_reader))
            if head.split(b" ", 1)[1].startswith(b"1"):
                continue
            await self._send(self._near_writer, head)
            await self._pump(self._far_reader, self._near_writer)
            return
        raise MalformedError("the server sends interim answers without end")
