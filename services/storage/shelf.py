"""The finished recaps that a person may see, and the recaps that are theirs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import reads
from services.storage.recaps import Status
from services.storage.schema import recaps
from services.vocabulary.base import Value

_OVER = (Status.DELETED, Status.REPEATED, Status.OFFERED)


class Spine(Value):
    """What is written on the back of a recap: enough to look for it. `title` and `gist` are untrusted text."""

    id: str
    channel: str
    title: str
    gist: str


class Shelf:
    """Reads the table `recaps` for one person at a time.

    `channels` are those that the person is in. What was shared with us alone is found for that person only, whatever
    channels are given.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)

    async def newest(self, team: str, user: str, channels: Collection[str], *, most: int) -> list[Spine]:
        """The newest finished recaps, newest first."""
        query = (
            select(recaps.c.id, recaps.c.channel, recaps.c.title, recaps.c.gist)
            .where(recaps.c.team == team, recaps.c.status == Status.DONE, _visible(user, channels))
            .order_by(recaps.c.created_at.desc(), recaps.c.id.desc())
            .limit(most)
        )
        async with self._reads.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [Spine(id=row.id, channel=row.channel, title=row.title or "", gist=row.gist or "") for row in rows]

    async def own(self, team: str, user: str) -> list[str]:
        """The ids of all recaps that the person asked for and that were not deleted, oldest first."""
        query = select(recaps.c.id).where(_own(team, user)).order_by(recaps.c.created_at, recaps.c.id)
        async with self._reads.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def count_own(self, team: str, user: str) -> int:
        """How many those are."""
        query = select(func.count()).select_from(recaps).where(_own(team, user))
        async with self._reads.connect() as connection:
            return int((await connection.execute(query)).scalar_one())


def _visible(user: str, channels: Collection[str]) -> ColumnElement[Any]:
    shared = [channel for channel in channels if not channel.startswith("D")]
    alone = and_(recaps.c.channel.startswith("D"), recaps.c.user == user)
    return or_(recaps.c.channel.in_(shared), alone)


def _own(team: str, user: str) -> ColumnElement[Any]:
    return and_(recaps.c.team == team, recaps.c.user == user, recaps.c.status.not_in(_OVER))
