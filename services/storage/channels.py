"""How each channel wants Earshot to behave, and who wants no offers there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import reads
from services.storage.schema import channels, offer_refusals
from services.vocabulary.manner import Manner, Policy


class Channels:
    """The tables `channels` and `offer_refusals`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)

    async def policy(self, team: str, channel: str) -> Policy:
        """What was chosen for the channel, or the default."""
        query = select(channels).where(channels.c.team == team, channels.c.channel == channel)
        async with self._reads.connect() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return Policy()
        return Policy(manner=Manner(row.manner), set_by=row.set_by, set_at=_aware(row.set_at).timestamp())

    async def choose(self, team: str, channel: str, manner: Manner, *, by: str) -> None:
        """Keep what a person chose. The last one stands."""
        chosen = {"manner": manner.value, "set_by": by, "set_at": datetime.now(UTC)}
        await self._put(channels, {"team": team, "channel": channel}, chosen)

    async def refuse_offers(self, team: str, channel: str, user: str, *, until: datetime | None) -> None:
        """Note that this person wants no offers in the channel until then; None: for ever."""
        await self._put(offer_refusals, {"team": team, "channel": channel, "user": user}, {"until": until})

    async def take_offers(self, team: str, channel: str, user: str) -> bool:
        """Forget that refusal; whether there was one."""
        async with self._engine.begin() as connection:
            gone = await connection.execute(delete(offer_refusals).where(_of(team, channel, user)))
        return bool(gone.rowcount)

    async def refuses_offers(self, team: str, channel: str, user: str) -> bool:
        """Whether this person wants no offers in the channel now."""
        late = or_(offer_refusals.c.until.is_(None), offer_refusals.c.until > datetime.now(UTC))
        query = select(offer_refusals.c.user).where(_of(team, channel, user), late)
        async with self._reads.connect() as connection:
            return (await connection.execute(query)).first() is not None

    async def _put(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        """Change the row of that key, or make it."""
        change = update(table).where(*(table.c[name] == value for name, value in key.items())).values(values)
        try:
            async with self._engine.begin() as connection:
                if not (await connection.execute(change)).rowcount:
                    await connection.execute(insert(table).values({**key, **values}))
        except IntegrityError:  # somebody else made it at the same time
            async with self._engine.begin() as connection:
                await connection.execute(change)


def _of(team: str, channel: str, user: str) -> ColumnElement[bool]:
    return (offer_refusals.c.team == team) & (offer_refusals.c.channel == channel) & (offer_refusals.c.user == user)


def _aware(moment: datetime) -> datetime:
    """SQLite gives times back without their zone; they were written in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
