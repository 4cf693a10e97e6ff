"""Results that the store did not take yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar, cast

T = TypeVar("T")


class Unkept:
    """Holds what was made until it is kept, so that the next try keeps it and does not make, and pay, it again.

    Of what could not be kept it holds the last `most`, in memory: a process that dies forgets them.
    """

    def __init__(self, most: int = 32) -> None:
        self._made: dict[str, object] = {}
        self._most = most

    @asynccontextmanager
    async def held(self, key: str, make: Callable[[], Awaitable[T]]) -> AsyncIterator[T]:
        """What `make` gives, or gave before under that key in a block that raised. The block keeps it."""
        if key not in self._made:
            self._made[key] = await make()
            while len(self._made) > self._most:
                self._made.pop(next(iter(self._made)))
        yield cast("T", self._made[key])
        self._made.pop(key, None)
