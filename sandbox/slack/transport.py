"""The two ways in which an app is told something: Socket Mode and HTTP."""

from __future__ import annotations

import asyncio
from typing import Literal, Protocol

from sandbox.slack.errors import JSON


class UndeliveredError(Exception):
    """An app refused a delivery or could not be reached. `final` when it asked not to be tried again."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


class Transport(Protocol):
    """Takes envelopes to an app.

    `pauses` are the seconds on the server's clock before each further attempt, `timeout_reason` is what Slack calls an
    attempt that was not acked in time.
    """

    name: Literal["socket_mode", "http"]
    pauses: tuple[float, ...]
    timeout_reason: str

    async def wait_ready(self) -> None:
        """Return as soon as there is somebody to send to."""

    async def send(self, envelope: JSON) -> asyncio.Future[JSON] | None:
        """Send an envelope; return what will be its ack (or raise UndeliveredError), None when nobody takes it."""

    def give_up(self, envelope_id: str) -> None:
        """Stop waiting for an ack."""
