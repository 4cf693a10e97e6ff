"""From a host's name to an open connection, the addresses judged in between."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter

from services.media.egress.heads import HEAD_LIMIT
from services.media.egress.policy import Policy
from services.media.egress.resolving import Resolve
from services.media.egress.upstream import Upstream, through

_ADDRESSES = 4

Streams = tuple[StreamReader, StreamWriter]


class Dialler:
    """Resolves a name once, judges all its addresses, and dials those very addresses, up to four in turn.

    `seconds` bound the whole: the turns share them, so that a client hears the outcome before its own patience ends.
    """

    def __init__(self, policy: Policy, resolve: Resolve, upstream: Upstream | None, seconds: float) -> None:
        self._policy = policy
        self._resolve = resolve
        self._upstream = upstream
        self._seconds = seconds

    async def dial(self, host: str, port: int) -> Streams:
        """The connection. Raises RefusedError where the policy forbids it, OSError where it cannot be made."""
        async with asyncio.timeout(self._seconds):
            addresses = self._policy.vet(await self._resolve(host, port), port)[:_ADDRESSES]
            failure: OSError = ConnectionError("no address was tried")
            for address in addresses:
                try:
                    async with asyncio.timeout(self._seconds / len(addresses)):
                        return await self._connect(address, port)
                except OSError as error:
                    failure = error
        raise failure

    async def _connect(self, address: str, port: int) -> Streams:
        if self._upstream is not None:
            return await through(self._upstream, address, port)
        return await asyncio.open_connection(address, port, limit=HEAD_LIMIT)
