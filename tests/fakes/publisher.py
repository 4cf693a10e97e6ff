"""A publisher into memory, for tests of what stands above publishing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.publishing import Block, Edit, Mark, Message, Priority, Prompt, Session, Upload, WorkspaceBudget
from services.vocabulary.errors import UserError


@dataclass
class Posted:
    """A message or a share of files as it stands in the channel now."""

    key: str
    channel: str
    thread_ts: str | None
    message: Message
    files: dict[str, bytes] = field(default_factory=dict)
    titles: tuple[str, ...] = ()


class MemoryAgent:
    """What was shown beside the messages."""

    def __init__(self) -> None:
        self.statuses: dict[tuple[str, str], str] = {}
        self.sessions: dict[tuple[str, str], Session] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.prompts: dict[str, Sequence[Prompt]] = {}

    async def status(self, channel: str, thread_ts: str, words: str) -> None:
        self.statuses[channel, thread_ts] = words

    async def session(self, channel: str, thread_ts: str, state: Session) -> None:
        self.sessions[channel, thread_ts] = state

    async def name(self, channel: str, thread_ts: str, title: str) -> None:
        self.names[channel, thread_ts] = title

    async def suggest(self, channel: str, prompts: Sequence[Prompt]) -> None:
        self.prompts[channel] = prompts


class MemoryStream:
    """Keeps the contract of `Stream`: shows what is said at once, unless the publisher `can_stream` no more."""

    def __init__(self, publisher: MemoryPublisher, key: str, channel: str, thread_ts: str) -> None:
        self._publisher = publisher
        self._key = key
        self._place = (channel, thread_ts)
        self._ts: str | None = None
        self._left = publisher.known(key)

    async def say(self, words: str) -> bool:
        if self._left or not self._publisher.can_stream:
            return True
        if self._ts is None:
            channel, thread_ts = self._place
            message = Message(text=words)
            self._ts = await self._publisher.post(self._key, channel=channel, thread_ts=thread_ts, message=message)
            return True
        post = self._publisher.posted[self._ts]
        post.message = Message(text=f"{post.message.text}\n\n{words}")
        return True

    async def end(self, whole: Message, closing: Sequence[Block] = ()) -> str:
        channel, thread_ts = self._place
        if self._ts is not None:
            post = self._publisher.posted[self._ts]
            post.message = Message(text=post.message.text, blocks=tuple(closing))
            return self._ts
        if self._left is not None:
            await self._publisher.update(channel, self._left, whole)
            return self._left
        return await self._publisher.post(self._key, channel=channel, thread_ts=thread_ts, message=whole)

    async def halt(self) -> bool:
        return self._publisher.known(self._key) is not None


class MemoryPublisher:
    """Keeps the contract of `Publisher`. What is in `channels` can be written to."""

    def __init__(self, *channels: str, budget: WorkspaceBudget | None = None) -> None:
        self._budget = budget or WorkspaceBudget()
        self._number = 0
        self.channels = set(channels)
        self.posted: dict[str, Posted] = {}
        self.edits: list[tuple[str, Message, Priority]] = []
        self.reactions: set[tuple[str, str, Mark]] = set()
        self.shown: list[tuple[str, str, Message]] = []
        self.responses: list[tuple[str, Message]] = []
        self.views: list[dict[str, Any]] = []
        self._agent = MemoryAgent()
        self.can_stream = True
        self.triggers: set[str] = set()

    @property
    def budget(self) -> WorkspaceBudget:
        return self._budget

    async def post(
        self,
        key: str,
        *,
        channel: str,
        thread_ts: str | None,
        message: Message,
        priority: Priority = Priority.RESULT,
    ) -> str:
        self._enter(channel)
        known = self.known(key)
        if known is not None:
            return known
        ts = self._next_ts()
        self.posted[ts] = Posted(key, channel, thread_ts, message)
        return ts

    async def update(self, channel: str, ts: str, message: Message, *, priority: Priority = Priority.RESULT) -> Edit:
        if priority is Priority.RESULT:
            await self._budget.edits.result()
        elif not self._budget.edits.progress():
            return Edit.NO_ROOM
        if ts not in self.posted:
            return Edit.GONE
        self.posted[ts].message = message
        self.edits.append((ts, message, priority))
        return Edit.MADE

    async def upload(
        self, key: str, *, channel: str, thread_ts: str | None, files: Sequence[Upload], comment: str = ""
    ) -> tuple[str, ...]:
        self._enter(channel)
        if not files:
            return ()
        known = self.known(key)
        if known is None:
            known = self._next_ts()
            contents = {
                f"F{known}-{number}": await asyncio.to_thread(_bytes, file.content) for number, file in enumerate(files)
            }
            titles = tuple(file.title for file in files)
            self.posted[known] = Posted(key, channel, thread_ts, Message(text=comment), contents, titles)
        return tuple(self.posted[known].files)

    async def delete(self, subject: str) -> None:
        self.posted = {ts: post for ts, post in self.posted.items() if not post.key.startswith(f"{subject}:")}

    async def ephemeral(self, channel: str, user: str, message: Message, *, thread_ts: str | None = None) -> None:
        self._enter(channel)
        self.shown.append((channel, user, message))

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        self.responses.append((response_url, message))

    async def open_view(self, trigger_id: str, view: dict[str, Any], *, over: bool = False) -> None:
        if trigger_id not in self.triggers:
            raise UserError("That took too long. Please press it once more.")
        self.triggers.discard(trigger_id)
        self.views.append(view)

    async def react(self, channel: str, ts: str, mark: Mark) -> None:
        self.reactions.add((channel, ts, mark))

    async def unreact(self, channel: str, ts: str, mark: Mark) -> None:
        self.reactions.discard((channel, ts, mark))

    @property
    def agent(self) -> MemoryAgent:
        return self._agent

    def stream(self, key: str, *, channel: str, thread_ts: str, reader: str) -> MemoryStream:
        return MemoryStream(self, key, channel, thread_ts)

    def _enter(self, channel: str) -> None:
        if channel not in self.channels:
            raise UserError("I am not in that channel. Invite me there with /invite, then try again.")

    def known(self, key: str) -> str | None:
        return next((ts for ts, post in self.posted.items() if post.key == key), None)

    def _next_ts(self) -> str:
        self._number += 1
        return f"1795224385.{self._number:06}"


def _bytes(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()
