"""One recap of a recording in a channel: who has it, decided by the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.storage.recaps import Status
from services.storage.schema import media_claims, recaps
from services.vocabulary.base import Value
from services.vocabulary.errors import RetryableError

LIVING = (Status.RUNNING, Status.DONE)
"""What a recap must be to count as there. One that failed, was stopped or was deleted makes room for another."""

_TRIES = 5


class NewRecap(Value):
    """A recap to be recorded as `status`. `request` is the workflow's input."""

    id: str
    team: str
    channel: str
    thread_ts: str
    user: str
    request: dict[str, Any]
    status: Status = Status.RUNNING


class Opening(Value):
    """What became of a wish for a recap: it is on record (`opened`), or `first` is the recap that is there already.

    Neither: it was a repeat before, and nothing is to be done.
    """

    opened: bool = False
    first: str | None = None


class Claims:
    """The table `media_claims`. An identity is a digest of what was recorded; see `services.workflows.identities`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def open(
        self, new: NewRecap, needed: Sequence[str], wished: Sequence[str] = (), *, living: Collection[Status] = LIVING
    ) -> Opening:
        """Record the recap unless another living one has one of the identities it needs; then that one is named.

        Of two at the same time one is recorded. `wished` are taken where they are free. A recap that is on record
        already stays as it is; only one that was offered may be `opened`.
        """
        for _ in range(_TRIES):
            async with self._engine.connect() as connection:
                known = await _status(connection, new.id)
                first = await _holder(connection, new, needed, living)
            if known is Status.REPEATED:
                return Opening()
            if known is new.status or known not in (None, Status.OFFERED):
                return Opening(opened=True)
            if first is not None:
                return Opening(first=first)
            try:
                async with self._engine.begin() as connection:
                    await _take(connection, new, needed, wished, living)
                    await _record(connection, new, known)
            except IntegrityError:
                continue  # somebody was faster: look again
            return Opening(opened=True)
        raise RetryableError("many ask for the same recording at once")

    async def first(self, team: str, channel: str, identity: str) -> str | None:
        """The living recap that has the identity."""
        anew = NewRecap(id="", team=team, channel=channel, thread_ts="", user="", request={})
        async with self._engine.connect() as connection:
            return await _holder(connection, anew, [identity], LIVING)

    async def claim(self, recap: NewRecap, identity: str) -> str | None:
        """Take one more identity for a recap on record; the id of the living recap that has it, None for none."""
        for _ in range(_TRIES):
            async with self._engine.connect() as connection:
                if first := await _holder(connection, recap, [identity], LIVING):
                    return first
            try:
                async with self._engine.begin() as connection:
                    await _take(connection, recap, [identity], (), LIVING)
            except IntegrityError:
                continue
            return None
        raise RetryableError("many ask for the same recording at once")

    async def release(self, recap_id: str) -> None:
        """Give up all that a recap has claimed."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(media_claims).where(media_claims.c.recap_id == recap_id))


async def _status(connection: AsyncConnection, recap_id: str) -> Status | None:
    found = (await connection.execute(select(recaps.c.status).where(recaps.c.id == recap_id))).scalar()
    return Status(found) if found is not None else None


async def _holder(
    connection: AsyncConnection, new: NewRecap, identities: Sequence[str], living: Collection[Status]
) -> str | None:
    """The other living recap that has one of the identities."""
    query = (
        select(media_claims.c.recap_id)
        .join(recaps, recaps.c.id == media_claims.c.recap_id)
        .where(media_claims.c.team == new.team, media_claims.c.channel == new.channel)
        .where(media_claims.c.identity.in_(identities), recaps.c.status.in_(living), recaps.c.id != new.id)
    )
    return (await connection.execute(query)).scalars().first()


async def _take(
    connection: AsyncConnection,
    new: NewRecap,
    needed: Sequence[str],
    wished: Sequence[str],
    living: Collection[Status],
) -> None:
    """Claim the identities, those of recaps that are no more included. IntegrityError where one is taken."""
    here = (media_claims.c.team == new.team) & (media_claims.c.channel == new.channel)
    alive = select(recaps.c.id).where(recaps.c.status.in_(living), recaps.c.id != new.id)
    asked = media_claims.c.identity.in_([*needed, *wished])
    await connection.execute(delete(media_claims).where(here, asked, media_claims.c.recap_id.not_in(alive)))
    taken = set((await connection.execute(select(media_claims.c.identity).where(here, asked))).scalars())
    free = dict.fromkeys([*needed, *(each for each in wished if each not in taken)])
    rows = [{"team": new.team, "channel": new.channel, "identity": each, "recap_id": new.id} for each in free]
    if rows:
        await connection.execute(insert(media_claims), rows)


async def _record(connection: AsyncConnection, new: NewRecap, known: Status | None) -> None:
    if known is None:
        await connection.execute(insert(recaps).values(new.model_dump(mode="json")))
    else:
        change = update(recaps).where(recaps.c.id == new.id, recaps.c.status == known)
        await connection.execute(change.values(new.model_dump(mode="json", include={"status", "request", "thread_ts"})))
