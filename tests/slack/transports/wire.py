"""Socket Mode without a client around it."""

from __future__ import annotations

from contextlib import AsyncExitStack

import aiohttp

from tests.slack.local_workspace import JSON, LocalWorkspace

_WAIT = 60.0


class Wire:
    """A connection without a client around it: nothing is acked by itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> JSON:
        """Return the next frame."""
        return await self.socket.receive_json(timeout=_WAIT)  # type: ignore[no-any-return]

    async def ack(self, envelope: JSON) -> None:
        """Ack an envelope, whoever got it."""
        await self.socket.send_json({"envelope_id": envelope["envelope_id"]})

    async def end(self) -> aiohttp.WSMsgType:
        """Wait until the server ends the connection; return how."""
        return (await self.socket.receive(timeout=_WAIT)).type


async def wire_to(sandbox: LocalWorkspace, stack: AsyncExitStack, token: str | None = None) -> Wire:
    """Open a connection of an app, the first one by default, that lasts as long as `stack`; it was not greeted yet."""
    headers = {"Authorization": f"Bearer {token or sandbox.slack.app.credentials.app_token}"}
    async with sandbox.session.post(f"{sandbox.api_url}apps.connections.open", headers=headers) as response:
        url = (await response.json())["url"]
    return Wire(await stack.enter_async_context(sandbox.session.ws_connect(url)))
