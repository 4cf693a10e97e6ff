"""What publishing needs of the record of posts: the part of `services.storage.posts.Posts` that it uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from services.storage.posts import Post

__all__ = ["Post", "PostRecord"]


class PostRecord(Protocol):
    """Intents before posts, results after them."""

    async def intend(self, key: str, *, team: str, channel: str, thread_ts: str | None, kind: str) -> Post:
        """Record an intent, or find the one that is there; `fresh` only for the call that recorded it."""
        ...

    async def posted(self, key: str, *, ts: str | None = None, file_id: str | None = None) -> Post | None:
        """Record what came of it; of two results the first stands. What is on record now, None where it is gone."""
        ...

    async def find(self, key: str) -> Post | None:
        """One record, None where there is none."""
        ...

    async def holder(self, team: str, channel: str, ts: str) -> str | None:
        """The key of the message with that ts, None for one that is not on record."""
        ...

    async def of(self, subject: str) -> Sequence[Post]:
        """All whose key begins with `subject` and a colon."""
        ...

    async def forget(self, key: str) -> None:
        """Remove one."""
        ...
