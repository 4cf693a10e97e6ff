"""What the page is told while it happens, as server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque

from aiohttp import web

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON

_REMEMBERED = 2000
_KEEP_ALIVE_SECONDS = 15


class Live:
    """A numbered stream of changes, each for some users or (audience None) for all.

    Numbers start at the time of the start in milliseconds, so that a page which knew an earlier run starts over.
    """

    def __init__(self, clock: Clock) -> None:
        self.seq = int(clock.now() * 1000)
        self._first = self.seq + 1
        self._events: deque[tuple[int, frozenset[str] | None, str]] = deque(maxlen=_REMEMBERED)
        self._news = asyncio.Event()
        self._closed = False

    def publish(self, event: JSON, audience: frozenset[str] | None = None) -> None:
        """Tell an audience about a change."""
        self.seq += 1
        self._events.append((self.seq, audience, json.dumps({**event, "seq": self.seq})))
        self._wake()

    def close(self) -> None:
        """End all streams."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def stream(self, response: web.StreamResponse, user: str, since: int) -> None:
        """Write to `response` what `user` may know of the changes after `since`, until either side closes."""
        position = since
        oldest = self._events[0][0] if self._events else self._first
        if not oldest - 1 <= since <= self.seq:
            position = self.seq
            await _write(response, self.seq, json.dumps({"type": "reset", "seq": self.seq}))
        while not self._closed:
            news = self._news
            for seq, audience, data in [event for event in self._events if event[0] > position]:
                position = seq
                if audience is None or user in audience:
                    await _write(response, seq, data)
            if position == self.seq:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), _KEEP_ALIVE_SECONDS)
                    continue
                await response.write(b": still here\n\n")


async def _write(response: web.StreamResponse, seq: int, data: str) -> None:
    await response.write(f"id: {seq}\ndata: {data}\n\n".encode())
