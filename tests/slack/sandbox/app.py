"""A real Bolt app for the tests, which writes down what it hears."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from tests.slack.local_workspace import JSON, LocalWorkspace, eventually


@dataclass
class Heard:
    """What an app was told, in order."""

    app: AsyncApp
    events: list[JSON] = field(default_factory=list)
    retries: list[str] = field(default_factory=list)

    def of(self, kind: str, subtype: str | None = None) -> list[JSON]:
        """Return the events of a type and subtype."""
        return [event for event in self.events if event["type"] == kind and event.get("subtype") == subtype]

    async def one(self, kind: str, subtype: str | None = None) -> JSON:
        """Wait for an event of that type and return it."""
        await eventually(lambda: self.of(kind, subtype))
        return self.of(kind, subtype)[0]


def new_app(sandbox: LocalWorkspace) -> Heard:
    """Return an app that is not connected yet and hears of its own messages too."""
    heard = Heard(AsyncApp(client=sandbox.bot, ignoring_self_events_enabled=False))

    @heard.app.event(re.compile(".*"))
    async def note(body: JSON, request: Any) -> None:
        heard.events.append(body["event"])
        heard.retries.append("".join(request.headers.get("x-slack-retry-num", [])))

    return heard


@contextlib.asynccontextmanager
async def connected(sandbox: LocalWorkspace, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect an app over Socket Mode for as long as the block lasts."""
    handler = AsyncSocketModeHandler(app, "xapp-sandbox", web_client=sandbox.bot, ping_interval=1)
    try:
        await handler.connect_async()
        await eventually(lambda: sandbox.slack.socket_mode.connections > 0)
        yield handler
    finally:
        await handler.close_async()
        await asyncio.sleep(0)
