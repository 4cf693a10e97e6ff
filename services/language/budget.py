"""One allowance of tokens and calls a minute for each model, shared by all workers through the database.

A call books what it may use at most before it starts, in the order of asking, and gives back what it did not use.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from services.language.mishaps import CrowdedError
from services.storage.token_buckets import Place, TokenBuckets

_MINUTE = 60.0
# How often a waiting call looks whether others gave something back.
_LOOK = 1.0


class Room:
    """What one call may use. `used` starts at nothing: a call that failed gives everything back."""

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens
        self.used = 0


class Budget(Protocol):
    """What stands between a model and its quota."""

    @asynccontextmanager
    def room(self, model: str, tokens: int) -> AsyncIterator[Room]:
        """Room for a call of at most that many tokens, waited for in line; CrowdedError if that is too long."""
        ...


class SharedBudget:
    """The allowance in the database.

    At most `tokens_per_minute` and `calls_per_minute` of each model, of which a whole minute's may go at once after
    a pause. Nobody waits longer than `longest_wait` seconds: who would have to is refused at once. The clocks of the
    machines should agree to a second.
    """

    def __init__(
        self,
        buckets: TokenBuckets,
        *,
        tokens_per_minute: int,
        calls_per_minute: int,
        longest_wait: float = 120.0,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._buckets = buckets
        self._tokens = tokens_per_minute
        self._calls = calls_per_minute
        self._wait = longest_wait
        self._now = now
        self._sleep = sleep

    @asynccontextmanager
    async def room(self, model: str, tokens: int) -> AsyncIterator[Room]:
        """Wait for the turn, and settle on what was used."""
        # A call beyond the whole allowance starts from a full bucket: it could never start otherwise.
        booked = min(tokens / self._tokens, 1.0) * _MINUTE
        now = self._now()
        latest = now + _MINUTE + self._wait
        place = await self._buckets.book(model, tokens=booked, calls=_MINUTE / self._calls, now=now, latest=latest)
        if place is None:
            raise CrowdedError(f"too many calls wait for {model}: its turn would come after {self._wait:.0f} seconds")
        room = Room(tokens)
        try:
            await self._turn(model, place)
            yield room
        finally:
            unused = booked - min(room.used / self._tokens * _MINUTE, booked)
            if unused:
                await asyncio.shield(self._buckets.give_back(model, unused))

    async def _turn(self, model: str, place: Place) -> None:
        returned = place.returned
        while (left := max(place.tokens - returned, place.calls) - _MINUTE - self._now()) > 0:
            await self._sleep(min(left, _LOOK))
            returned = await self._buckets.returned(model)
