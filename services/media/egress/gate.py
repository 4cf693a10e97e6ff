"""The gate: the one way out for children that deal with strangers' servers."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

import structlog

from services.media.egress.answers import TUNNEL, farewell, read_raw, say
from services.media.egress.dialing import Dialler
from services.media.egress.heads import HEAD_LIMIT, Errand, Head, MalformedError, errand_of, read_head
from services.media.egress.policy import Policy, RefusedError
from services.media.egress.relay import Relay, Streams
from services.media.egress.resolving import Resolve, SystemResolver
from services.media.egress.tickets import Ticket, holder
from services.media.egress.upstream import parse_upstream
from services.vocabulary.base import Value

_STRANGERS = 64  # connections that have shown no ticket yet

_log = structlog.get_logger(__name__)


class Patience(Value):
    """Seconds: to read a request's head, to reach a server, and without a byte on a connection."""

    head: float = 10.0
    connect: float = 8.0
    idle: float = 30.0


class Gate:
    """An HTTP proxy on loopback that lets only holders of a ticket out, and only where the policy allows.

    It takes CONNECT and plain http in absolute form, one request a connection, resolves the name once and dials the
    very addresses that it judged. Answers of its own: 403 'egress-policy' for what is forbidden (the reason is kept
    in `Ticket.refused` and logged), 407 without a valid ticket, 400 for what is malformed, 502 for a server that
    cannot be reached or does not speak HTTP, 504 for one that does not take the connection in time.

    Used as an async context manager. `upstream` is the address of an HTTP proxy to go through; raises OperatorError
    where it is none.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        resolve: Resolve | None = None,
        upstream: str | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._patience = patience or Patience()
        proxy = parse_upstream(upstream) if upstream else None
        self._dialler = Dialler(policy, resolve or SystemResolver(), proxy, self._patience.connect)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._tickets: dict[str, Ticket] = {}
        self._connections: set[asyncio.Task[None]] = set()
        self._strangers: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Listen, on a port that the system chooses."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD_LIMIT)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening and cut all connections."""
        assert self._server is not None  # noqa: S101 - it was entered
        self._server.close()
        connections = list(self._connections)
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        await self._server.wait_closed()

    @contextlib.asynccontextmanager
    async def ticket(self, *, limit: int, job: str = "") -> AsyncIterator[Ticket]:
        """Leave to go out for the time of the block, at whose end all its connections are cut.

        `limit` bounds the bytes of both directions together; `job` is named in the log.
        """
        ticket = Ticket(port=self._port, limit=limit, job=job)
        self._tickets[ticket.name] = ticket
        try:
            yield ticket
        finally:
            del self._tickets[ticket.name]
            await ticket.close()

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        if len(self._strangers) >= _STRANGERS:
            writer.transport.abort()
            return
        task = asyncio.create_task(self._serve((reader, writer)))
        for tasks in (self._connections, self._strangers):
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    async def _serve(self, near: Streams) -> None:
        """One connection from its first byte to its last; whatever happens, it is closed."""
        try:
            await self._answer(near)
            await farewell(near, self._patience.idle)
        except OSError as error:
            _log.debug("egress connection lost", error=repr(error))
        finally:
            near[1].transport.abort()

    async def _answer(self, near: Streams) -> None:
        try:
            async with asyncio.timeout(self._patience.head):
                head = read_head(await read_raw(near[0]))
        except MalformedError:
            say(near[1], "400 malformed")
            return
        ticket = holder(self._tickets, "".join(head.all("proxy-authorization")))
        if ticket is None:
            say(near[1], "407 ticket-wanted", 'Proxy-Authenticate: Basic realm="egress"')
            return
        if task := asyncio.current_task():
            self._strangers.discard(task)
        await self._let_out(ticket, head, near)

    async def _let_out(self, ticket: Ticket, head: Head, near: Streams) -> None:
        """Answer a request that came with a ticket."""
        host, port = "", 0
        try:
            errand = errand_of(head)
            host, port = errand.host, errand.port
            ticket.admit()
            far = await self._dialler.dial(host, port)
        except MalformedError as error:
            ticket.refuse(str(error))
            say(near[1], "400 malformed")
        except RefusedError as error:
            ticket.refuse(str(error), host=host, port=port)
            say(near[1], "403 egress-policy")
        except OSError as error:
            _log.info("egress unreachable", host=host, port=port, error=repr(error))
            say(near[1], "504 egress-timeout" if isinstance(error, TimeoutError) else "502 egress-unreachable")
        else:
            await self._relay(ticket, errand, near, far)

    async def _relay(self, ticket: Ticket, errand: Errand, near: Streams, far: Streams) -> None:
        relay = Relay(near, far, ticket, self._patience.idle)
        try:
            if errand.forwarded:
                await relay.exchange(errand)
            else:
                near[1].write(TUNNEL)
                await relay.tunnel()
        except MalformedError as error:
            _log.info("egress unreadable", host=errand.host, port=errand.port, error=str(error))
            say(near[1], "502 egress-unreadable")
        finally:
            far[1].transport.abort()
