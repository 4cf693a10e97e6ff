"""One job's leave to go through the gate."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

import structlog

from services.media.egress.policy import RefusedError

_CONNECTIONS = 64
_REASONS = 50

_log = structlog.get_logger(__name__)


class Ticket:
    """What one job may use and has used.

    `limit` and `used` are bytes of both directions together. `refused` are the reasons for which connections were
    denied or cut, each once, the first fifty. `spent` says that the job ran into `limit`.
    """

    def __init__(self, *, port: int, limit: int, job: str) -> None:
        self.name = secrets.token_hex(8)
        self.token = secrets.token_urlsafe(32)
        self.limit = limit
        self.used = 0
        self.spent = False
        self.proxy_url = f"http://{self.name}:{self.token}@127.0.0.1:{port}"
        self._job = job
        self._reasons: dict[str, None] = {}
        self._connections: set[asyncio.Task[Any]] = set()

    @property
    def refused(self) -> tuple[str, ...]:
        """Why connections were denied or cut, in the order in which it happened."""
        return tuple(self._reasons)

    def refuse(self, reason: str, *, host: str = "", port: int = 0) -> None:
        """Keep and log a reason; those beyond the first fifty and repetitions are dropped."""
        said = f"{host}: {reason}" if host else reason
        if said in self._reasons or len(self._reasons) >= _REASONS:
            return
        self._reasons[said] = None
        _log.warning("egress refused", job=self._job, host=host, port=port, reason=reason)

    def take(self, size: int) -> None:
        """Count bytes before they are passed on. Over the limit all connections are cut and RefusedError is raised."""
        if self.used + size > self.limit:
            self.spent = True
            self.refuse(self._spent())
            self._cut()
            raise RefusedError(self._spent())
        self.used += size

    def admit(self) -> None:
        """Count this task as a connection of the job until it ends. Raises RefusedError when there are too many."""
        if self.spent:
            raise RefusedError(self._spent())
        if len(self._connections) >= _CONNECTIONS:
            raise RefusedError(f"more than {_CONNECTIONS} connections at once")
        if task := asyncio.current_task():
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)

    async def close(self) -> None:
        """Cut all connections, and return when they are gone."""
        connections = self._cut()
        await asyncio.gather(*connections, return_exceptions=True)

    def _spent(self) -> str:
        return f"the job's {self.limit} bytes are spent"

    def _cut(self) -> list[asyncio.Task[Any]]:
        connections = list(self._connections)
        for connection in connections:
            connection.cancel()
        return connections


def holder(tickets: Mapping[str, Ticket], authorization: str) -> Ticket | None:
    """The ticket that a Proxy-Authorization field shows; None where there is none or its token is wrong."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        name, _, token = base64.b64decode(encoded, validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    ticket = tickets.get(name)
    if scheme.lower() != "basic" or ticket is None or not hmac.compare_digest(token, ticket.token):
        return None
    return ticket
