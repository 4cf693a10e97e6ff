"""A publisher into memory, for tests of what stands above publishing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.publishing import Edit, Mark, Message, Priority, Upload, WorkspaceBudget
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
        self.statuses: dict[tuple[str, str], str] = {}
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
        known = self._known(key)
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
        known = self._known(key)
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

    async def status(self, channel: str, thread_ts: str, words: str) -> None:
        self.statuses[channel, thread_ts] = words

    def _enter(self, channel: str) -> None:
        if channel not in self.channels:
            raise UserError("I am not in that channel. Invite me there with /invite, then try again.")

    def _known(self, key: str) -> str | None:
        return next((ts for ts, post in self.posted.items() if post.key == key), None)

    def _next_ts(self) -> str:
        self._number += 1
        return f"1795224385.{self._number:06}"


def _bytes(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()
