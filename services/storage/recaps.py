"""The record of recaps: what was asked for, how far it is, and where its parts are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import reads
from services.storage.schema import exchanges, media_claims, recaps
from services.vocabulary.base import Value
from services.vocabulary.media import Media
from services.vocabulary.recap import Narration


class Status(StrEnum):
    """Where a recap is. Only `RUNNING` moves.

    `OFFERED` waits for a person's yes; `REPEATED` was a wish for what is there already, and points to that.
    """

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"
    DELETED = "deleted"
    OFFERED = "offered"
    REPEATED = "repeated"


class RecapRecord(Value):
    """One row. `request` is the workflow's input as it was; keys lead to blobs.

    `title` and `gist` are untrusted text, there to be looked for; `duration` is the recording's, in
    seconds. `reason` is what the thread was told of a failure.
    """

    id: str
    team: str
    channel: str
    thread_ts: str
    user: str
    request: dict[str, Any]
    status: Status
    attempt: int = 0
    media: Media | None = None
    transcript_key: str | None = None
    summary_key: str | None = None
    narration: Narration | None = None
    seconds: float | None = None
    title: str | None = None
    gist: str | None = None
    duration: float | None = None
    reason: str | None = None


# The columns that hold something of the recording.
_SAID = ("media", "transcript_key", "summary_key", "narration", "seconds", "title", "gist", "duration", "reason")


def _record(row: Row[Any]) -> RecapRecord:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return RecapRecord(**{name: fields[name] for name in RecapRecord.model_fields})


class Recaps:
    """The table `recaps`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)

    async def open(
        self,
        recap_id: str,
        *,
        team: str,
        channel: str,
        thread_ts: str,
        user: str,
        request: dict[str, Any],
        status: Status = Status.RUNNING,
    ) -> bool:
        """Record that a recap was asked for; False where it was already."""
        row = {"id": recap_id, "team": team, "channel": channel, "thread_ts": thread_ts, "user": user}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(recaps).values(**row, request=request, status=status))
        except IntegrityError:
            return False
        return True

    async def change(self, recap_id: str, **values: Any) -> None:  # noqa: ANN401 - columns of any type
        """Set columns of one recap; values are plain or of the vocabulary."""
        plain = {k: v.model_dump(mode="json") if isinstance(v, Value) else v for k, v in values.items()}
        async with self._engine.begin() as connection:
            await connection.execute(update(recaps).where(recaps.c.id == recap_id).values(**plain))

    async def begin_attempt(self, recap_id: str, attempt: int) -> None:
        """Set a stopped recap running for its `attempt`-th retry. Idempotent."""
        stopped = recaps.c.status.in_((Status.DONE, Status.FAILED, Status.CANCELED, Status.REPEATED))
        async with self._engine.begin() as connection:
            await connection.execute(
                update(recaps)
                .where(recaps.c.id == recap_id, recaps.c.attempt == attempt - 1, stopped)
                .values(status=Status.RUNNING, attempt=attempt)
            )

    async def get(self, recap_id: str) -> RecapRecord | None:
        """One recap, None where it is not known."""
        async with self._reads.connect() as connection:
            row = (await connection.execute(select(recaps).where(recaps.c.id == recap_id))).one_or_none()
        return _record(row) if row else None

    async def in_thread(self, team: str, channel: str, thread_ts: str) -> list[RecapRecord]:
        """The recaps of one thread that were not deleted, newest first. Offers and repeats are none."""
        query = (
            select(recaps)
            .where(recaps.c.team == team, recaps.c.channel == channel, recaps.c.thread_ts == thread_ts)
            .where(recaps.c.status.not_in((Status.DELETED, Status.OFFERED, Status.REPEATED)))
            .order_by(recaps.c.created_at.desc(), recaps.c.id.desc())
        )
        async with self._reads.connect() as connection:
            return [_record(row) for row in (await connection.execute(query)).all()]

    async def latest(self, team: str, channel: str, user: str, *, most: int) -> list[RecapRecord]:
        """The newest recaps of a channel that this person asked for and that were not deleted, newest first."""
        query = (
            select(recaps)
            .where(recaps.c.team == team, recaps.c.channel == channel, recaps.c.user == user)
            .where(recaps.c.status.not_in((Status.DELETED, Status.OFFERED, Status.REPEATED)))
            .order_by(recaps.c.created_at.desc(), recaps.c.id.desc())
            .limit(most)
        )
        async with self._reads.connect() as connection:
            return [_record(row) for row in (await connection.execute(query)).all()]

    async def running(self, team: str) -> int:
        """How many recaps of the workspace are being worked on."""
        query = select(recaps.c.id).where(recaps.c.team == team, recaps.c.status == Status.RUNNING)
        async with self._reads.connect() as connection:
            return len((await connection.execute(query)).all())

    async def sharing(self, team: str, media_id: str) -> list[str]:
        """Ids of the workspace's recaps of the same bytes that were not deleted."""
        query = select(recaps.c.id).where(
            recaps.c.team == team, recaps.c.media["id"].as_string() == media_id, recaps.c.status != Status.DELETED
        )
        async with self._reads.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def touch(self, ids: Collection[str]) -> None:
        """Note that the work on these moves."""
        async with self._engine.begin() as connection:
            moving = recaps.c.id.in_(ids) & (recaps.c.status == Status.RUNNING)
            await connection.execute(update(recaps).where(moving).values(changed_at=func.now()))

    async def still(self, minutes: float) -> list[str]:
        """The ids of the recaps that are being worked on and have not moved for so long."""
        since = datetime.now(UTC) - timedelta(minutes=minutes)
        query = select(recaps.c.id).where(recaps.c.status == Status.RUNNING, recaps.c.changed_at < since)
        async with self._reads.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def teams(self) -> list[str]:
        """The workspaces that there is anything of."""
        async with self._reads.connect() as connection:
            return list((await connection.execute(select(recaps.c.team).distinct())).scalars())

    async def ended_before(self, team: str, moment: datetime, most: int) -> list[RecapRecord]:
        """The workspace's recaps that were asked for before that moment and are not worked on, oldest first."""
        query = (
            select(recaps)
            .where(recaps.c.team == team, recaps.c.created_at < moment, recaps.c.status != Status.RUNNING)
            .order_by(recaps.c.created_at)
            .limit(most)
        )
        async with self._reads.connect() as connection:
            return [_record(row) for row in (await connection.execute(query)).all()]

    async def remove(self, recap_id: str) -> None:
        """Forget that there was such a recap; its exchanges go with it."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(exchanges).where(exchanges.c.recap_id == recap_id))
            await connection.execute(delete(media_claims).where(media_claims.c.recap_id == recap_id))
            await connection.execute(delete(recaps).where(recaps.c.id == recap_id))

    async def erase(self, recap_id: str) -> None:
        """Forget all that a recap said: what stays is that it was there and was deleted."""
        empty = dict.fromkeys(_SAID)
        empty["request"] = {}
        async with self._engine.begin() as connection:
            await connection.execute(delete(exchanges).where(exchanges.c.recap_id == recap_id))
            await connection.execute(delete(media_claims).where(media_claims.c.recap_id == recap_id))
            await connection.execute(
                update(recaps).where(recaps.c.id == recap_id).values(status=Status.DELETED, **empty)
            )
