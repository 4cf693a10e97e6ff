"""A child for each call, as with `run_once`, forked from a process that has what it needs in memory already."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from services.processes.exchange import LINE, ROOT, ChildDied, ChildTimeout, Heard, environment, exchange
from services.processes.limits import Limits

_ENDS_WITHIN = 10.0
_STARTS = 2


@dataclass(frozen=True)
class _Forker:
    """The process that forks (see `services.processes.forker`), and the socket for its orders."""

    process: asyncio.subprocess.Process
    control: socket.socket

    async def end(self) -> None:
        """End it: without its orders it kills its children and goes."""
        self.control.close()
        try:
            async with asyncio.timeout(_ENDS_WITHIN):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


class Forks:
    """Children for one entry ('package.module:function'), each gone after its call; for hostile input that is common.

    Starting Python and importing what a call needs takes many times as long as a small call; forking takes 10 ms.
    The process that forks is started by the first call, again after it died, and ended after `idle` seconds without
    one. Secrets of our environment are passed on to none of them.
    """

    def __init__(self, entry: str, *, idle: float = 120.0, environment: dict[str, str] | None = None) -> None:
        self._entry = entry
        self._idle = idle
        self._environment = environment
        self._forker: _Forker | None = None
        self._starting = asyncio.Lock()
        self._numbers = itertools.count()
        self._under_way = 0
        self._retiring: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def run(self, request: dict[str, Any], limits: Limits, on_progress: Heard | None = None) -> dict[str, Any]:
        """The result of a child of its own for the request.

        Raises as `exchange` does, and ChildTimeout after the wall clock. Whatever happens, the child and all that it
        started are gone when this returns.
        """
        self._under_way += 1
        if self._retiring:
            self._retiring.cancel()
        try:
            async with asyncio.timeout(limits.wall), self._child(limits) as (reader, writer):
                return await exchange(reader, writer, request, on_progress)
        except TimeoutError as error:
            raise ChildTimeout(f"{self._entry} took longer than {limits.wall:.0f} s") from error
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._retiring = asyncio.get_running_loop().call_later(self._idle, self._retire)

    @asynccontextmanager
    async def _child(self, limits: Limits) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        number = next(self._numbers)
        near, far = socket.socketpair()
        with far:
            reader, writer = await asyncio.open_connection(sock=near, limit=LINE)
            try:
                forker = await self._ordered({"begin": number, "limits": limits}, far)
            except BaseException:
                writer.close()
                raise
        try:
            yield reader, writer
        finally:
            writer.write_eof()  # where the forker is gone, its children go by this
            with contextlib.suppress(OSError):
                forker.control.send(json.dumps({"end": number}).encode() + b"\n")
            with contextlib.suppress(ConnectionError):
                while await reader.read(LINE):  # to the end, which is the child's
                    pass
            writer.close()

    async def _ordered(self, order: dict[str, Any], conversation: socket.socket) -> _Forker:
        """The forker that has taken the order."""
        line = json.dumps(order).encode() + b"\n"
        async with self._starting:
            for _ in range(_STARTS):
                forker = self._forker = self._forker or await self._start()
                try:
                    socket.send_fds(forker.control, [line], [conversation.fileno()])
                except OSError:
                    self._forker = None
                    await forker.end()
                else:
                    return forker
        raise ChildDied("the process that forks is gone")

    async def _start(self) -> _Forker:
        near, far = socket.socketpair()
        near.settimeout(0)
        try:
            with far:
                process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "services.processes.forker",
                    self._entry,
                    stdin=far.fileno(),
                    stdout=asyncio.subprocess.DEVNULL,
                    cwd=ROOT,
                    env=environment(self._environment),
                    start_new_session=True,
                )
        except BaseException:
            near.close()
            raise
        return _Forker(process, near)

    def _retire(self) -> None:
        task = asyncio.ensure_future(self._end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End the process that forks, and what is still under way."""
        if self._retiring:
            self._retiring.cancel()
        await asyncio.gather(self._end(), *self._ending)

    async def _end(self) -> None:
        forker, self._forker = self._forker, None
        if forker:
            await forker.end()
