"""Intents and results of posts: what makes at-least-once look like exactly-once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import reads
from services.storage.schema import posts
from services.vocabulary.base import Value


class Post(Value):
    """One thing that is or will be in Slack. `fresh`: this very call recorded the intent, so nothing was posted yet."""

    key: str
    team: str
    channel: str
    thread_ts: str | None
    kind: str
    ts: str | None = None
    file_id: str | None = None
    fresh: bool = False


def _post(row: Row[Any], *, fresh: bool = False) -> Post:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return Post(**{name: fields[name] for name in Post.model_fields if name != "fresh"}, fresh=fresh)


class Posts:
    """The table `posts`. Keys start with the id of the recap or question that the post belongs to, then a colon."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)

    async def intend(self, key: str, *, team: str, channel: str, thread_ts: str | None, kind: str) -> Post:
        """Record that something is about to be posted; idempotent."""
        row = {"key": key, "team": team, "channel": channel, "thread_ts": thread_ts, "kind": kind}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(posts).values(**row))
        except IntegrityError:
            async with self._reads.connect() as connection:
                return _post((await connection.execute(select(posts).where(posts.c.key == key))).one())
        return Post(**row, fresh=True)

    async def posted(self, key: str, *, ts: str | None = None, file_id: str | None = None) -> Post | None:
        """Record what came of it, and return what is on record now: of two results the first one stands.

        None where the record was removed meanwhile.
        """
        async with self._engine.begin() as connection:
            for column, value in ((posts.c.ts, ts), (posts.c.file_id, file_id)):
                if value is not None:
                    change = update(posts).where(posts.c.key == key, column.is_(None))
                    await connection.execute(change.values({column: value}))
            row = (await connection.execute(select(posts).where(posts.c.key == key))).one_or_none()
        return _post(row) if row else None

    async def find(self, key: str) -> Post | None:
        """One record, None where there is none."""
        async with self._reads.connect() as connection:
            row = (await connection.execute(select(posts).where(posts.c.key == key))).one_or_none()
        return _post(row) if row else None

    async def holder(self, team: str, channel: str, ts: str) -> str | None:
        """The key of the message with that ts, None for one that is not on record."""
        query = select(posts.c.key).where(posts.c.team == team, posts.c.channel == channel, posts.c.ts == ts).limit(1)
        async with self._reads.connect() as connection:
            found: str | None = (await connection.execute(query)).scalar()
        return found

    async def of(self, subject: str) -> list[Post]:
        """All posts whose key starts with `subject` and a colon, oldest first."""
        query = select(posts).where(posts.c.key.startswith(f"{subject}:", autoescape=True)).order_by(posts.c.created_at)
        async with self._reads.connect() as connection:
            return [_post(row) for row in (await connection.execute(query)).all()]

    async def forget(self, key: str) -> None:
        """Remove one record."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(posts).where(posts.c.key == key))

    async def forget_all(self, subject: str) -> None:
        """Remove all records whose key starts with `subject` and a colon."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(posts).where(posts.c.key.startswith(f"{subject}:", autoescape=True)))
