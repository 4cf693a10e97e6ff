"""The agent's side of Slack: what people see of our work in a thread, and of us in the agent chat."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Protocol

from services.publishing.windows import Sleep
from services.vocabulary.base import Value

# A status goes away by itself after two minutes without a message (assistant.threads.setStatus).
_REFRESH_SECONDS = 90.0


class Session(StrEnum):
    """The state of an agent session; while it is processing, people see a Stop button."""

    ACTIVE = "active"
    PROCESSING = "processing"


class Prompt(Value):
    """A message that is suggested to a person; `title` is what the button says."""

    title: str
    message: str


class AgentSurface(Protocol):
    """Decoration: what goes wrong with it, or is not to be had in a workspace, is logged and nothing is raised."""

    async def status(self, channel: str, thread_ts: str, words: str) -> None:
        """Say under a thread what we are doing, for up to two minutes; empty words clear it."""
        ...

    async def session(self, channel: str, thread_ts: str, state: Session) -> None:
        """Set the state of the thread's session. `PROCESSING` without room in the budget is not sent."""
        ...

    async def name(self, channel: str, thread_ts: str, title: str) -> None:
        """Name a thread of the agent chat; any text will do."""
        ...

    async def suggest(self, channel: str, prompts: Sequence[Prompt]) -> None:
        """Suggest what to write in the agent chat: at most four prompts, in the place of earlier ones."""
        ...


@asynccontextmanager
async def at_work(
    agent: AgentSurface, channel: str, thread_ts: str, words: str, *, sleep: Sleep = asyncio.sleep
) -> AsyncIterator[None]:
    """Say under a thread what we do while the block lasts, with a button to stop it. Never delays the block."""
    showing = asyncio.create_task(_show(agent, channel, thread_ts, words, sleep))
    try:
        yield
    finally:
        showing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await showing
        await agent.status(channel, thread_ts, "")
        await agent.session(channel, thread_ts, Session.ACTIVE)


async def _show(agent: AgentSurface, channel: str, thread_ts: str, words: str, sleep: Sleep) -> None:
    await agent.session(channel, thread_ts, Session.PROCESSING)
    while True:
        await agent.status(channel, thread_ts, words)
        await sleep(_REFRESH_SECONDS)
