"""The waiting line before a scarce engine: first come, first served, and everybody knows their place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Position = Callable[[int], None]


@dataclass(order=True)
class _Waiter:
    arrived: float
    tie: int
    moved: Position = field(compare=False)
    called: asyncio.Future[None] = field(compare=False)


class Line:
    """At most `places` at once, in order of arrival (not of asking).

    `moved` is told the waiter's place, counted from 1, whenever it changes; it must return at once.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: list[_Waiter] = []
        self._asked = 0

    @asynccontextmanager
    async def turn(self, arrived: float, moved: Position) -> AsyncIterator[None]:
        """Wait for a place, hold it inside the context, free it after."""
        await self._wait(arrived, moved)
        try:
            yield
        finally:
            self._leave()

    async def _wait(self, arrived: float, moved: Position) -> None:
        if self._free and not self._waiting:
            self._free -= 1
            return
        self._asked += 1
        waiter = _Waiter(arrived, self._asked, moved, asyncio.get_running_loop().create_future())
        self._waiting.append(waiter)
        self._announce()
        try:
            await waiter.called
        except asyncio.CancelledError:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
                self._announce()
            elif waiter.called.done() and not waiter.called.cancelled():
                self._leave()  # called and canceled in the same moment: the place goes on to the next
            raise

    def _leave(self) -> None:
        self._free += 1
        while self._waiting and self._free:
            first = min(self._waiting)
            self._waiting.remove(first)
            if not first.called.done():
                self._free -= 1
                first.called.set_result(None)
        self._announce()

    def _announce(self) -> None:
        for place, waiter in enumerate(sorted(self._waiting), start=1):
            waiter.moved(place)
