"""The wire of Socket Mode: tickets, greetings, envelopes out, acks in, disconnects."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Coroutine
from typing import Literal

from aiohttp import WSMsgType, web

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON
from sandbox.slack.ids import Ids

MOST_CONNECTIONS = 10
# Clients written for Slack expect a server ping at least every 30 s.
_PING_SECONDS = 20.0
# A warning comes about so long before the request to reconnect, and that so long before the end.
_WARNED_SECONDS = 10.0
_RETIRED_SECONDS = 10.0
_DISABLED = "link_disabled"


class SocketMode:
    """One app's open sockets. An envelope goes to exactly one of them; its ack may come back on any."""

    name: Literal["socket_mode", "http"] = "socket_mode"
    pauses: tuple[float, ...] = (0.0, 0.0, 0.0)
    timeout_reason = "timeout"

    def __init__(self, ids: Ids, clock: Clock, app_id: str, on_change: Callable[[], None]) -> None:
        self._ids = ids
        self._clock = clock
        self._app_id = app_id
        self._on_change = on_change
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._retired: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[JSON]] = {}
        self._connected = asyncio.Event()
        self._endings: set[asyncio.Task[None]] = set()
        self._enabled = True

    @property
    def connections(self) -> int:
        """How many sockets take deliveries."""
        return len(self._open)

    def new_url(self, base_url: str) -> str:
        """Return an address for one connection; it works once."""
        ticket = self._ids.secret()
        self._tickets.add(ticket)
        return f"{base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection open for as long as it lives."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(heartbeat=_PING_SECONDS, max_msg_size=0)
        await socket.prepare(request)
        refusal = "too_many_websockets" if self.connections >= MOST_CONNECTIONS else _DISABLED
        if refusal != _DISABLED or not self._enabled:
            await self._say_disconnect(socket, refusal)
            await socket.close()
            return socket
        try:
            await self._greet(socket)
            await self._read(socket)
        finally:
            self._forget(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        hello = {
            "type": "hello",
            "num_connections": self.connections + 1,
            "debug_info": {"host": "applink-local", "build_number": 1, "approximate_connection_time": 18_060},
            "connection_info": {"app_id": self._app_id},
        }
        await socket.send_json(hello)
        self._open.append(socket)
        self._connected.set()
        self._on_change()

    def _forget(self, socket: web.WebSocketResponse) -> None:
        for sockets in (self._open, self._retired):
            if socket in sockets:
                sockets.remove(socket)
        if not self._open:
            self._connected.clear()
        self._on_change()

    async def _read(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._take_ack(frame.data)

    def _take_ack(self, data: str) -> None:
        try:
            ack = json.loads(data)
        except ValueError:
            return
        if not isinstance(ack, dict):
            return
        waiting = self._acks.get(str(ack.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(ack)

    async def wait_connected(self) -> None:
        """Return as soon as there is a connection."""
        while not self._open:
            self._connected.clear()
            await self._connected.wait()

    async def wait_ready(self) -> None:
        """Return as soon as there is a connection."""
        await self.wait_connected()

    async def send(self, envelope: JSON) -> asyncio.Future[JSON] | None:
        """Send an envelope to one connection; return what will be its ack, or None when there is no connection."""
        while self._open:
            socket = self._open.pop(0)
            self._open.append(socket)
            ack: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
            self._acks[envelope["envelope_id"]] = ack
            try:
                await socket.send_json(envelope)
            except ConnectionError:
                self._forget(socket)
                continue
            return ack
        return None

    def give_up(self, envelope_id: str) -> None:
        """Stop waiting for an ack."""
        self._acks.pop(envelope_id, None)

    async def disconnect(self, reason: str, *, hard: bool = False, most: int = MOST_CONNECTIONS) -> int:
        """Make so many connections leave at most, all by default; return how many do.

        `hard` cuts them without a word. `warning` says that they will be asked to leave in ten seconds of the clock,
        `refresh_requested` asks them and cuts them ten seconds later, `link_disabled` ends them and takes no new ones
        until `enable`.
        """
        leaving = self._open[:most]
        if hard:
            self._stop_using(leaving)
            for socket in leaving:
                _cut(socket)
        elif reason == "warning":
            await self._tell(leaving, reason)
            self._later(self._refresh_after_warning(leaving))
        elif reason == _DISABLED:
            self._enabled = False
            self._stop_using(leaving)
            await self._tell(leaving, reason)
            await asyncio.gather(*(socket.close() for socket in leaving))
        else:
            await self._refresh(leaving, reason)
        return len(leaving)

    def enable(self) -> None:
        """Take connections again after `link_disabled`."""
        self._enabled = True

    async def _refresh(self, sockets: list[web.WebSocketResponse], reason: str) -> None:
        self._stop_using(sockets)
        self._retired += sockets
        await self._tell(sockets, reason)
        self._later(self._cut_later(sockets))

    async def _refresh_after_warning(self, sockets: list[web.WebSocketResponse]) -> None:
        await self._clock.sleep(_WARNED_SECONDS)
        await self._refresh([socket for socket in sockets if socket in self._open], "refresh_requested")

    async def _cut_later(self, sockets: list[web.WebSocketResponse]) -> None:
        await self._clock.sleep(_RETIRED_SECONDS)
        for socket in sockets:
            _cut(socket)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)

    def _stop_using(self, sockets: list[web.WebSocketResponse]) -> None:
        self._open = [socket for socket in self._open if socket not in sockets]
        if not self._open:
            self._connected.clear()
        self._on_change()

    async def _tell(self, sockets: list[web.WebSocketResponse], reason: str) -> None:
        for socket in sockets:
            with contextlib.suppress(ConnectionError):
                await self._say_disconnect(socket, reason)

    async def _say_disconnect(self, socket: web.WebSocketResponse, reason: str) -> None:
        await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}})

    async def close(self) -> None:
        """Close all connections, when the server stops."""
        for task in list(self._endings):
            task.cancel()
        for socket in [*self._open, *self._retired]:
            await socket.close()


def _cut(socket: web.WebSocketResponse) -> None:
    transport = socket._req.transport if socket._req is not None else None  # noqa: SLF001 - aiohttp has no public abort
    if transport is not None:
        transport.abort()
