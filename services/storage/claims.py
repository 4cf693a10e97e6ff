"""One recap of a recording in a channel: who has it, decided by the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, insert, literal, select, union_all, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.storage.database import reads
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
        self._reads = reads(engine)

    async def open(
        self, new: NewRecap, needed: Sequence[str], wished: Sequence[str] = (), *, living: Collection[Status] = LIVING
    ) -> Opening:
        """Record the recap unless another living one has one of the identities it needs; then that one is named.

        Of two at the same time one is recorded. `wished` are taken where they are free. A recap that is on record
        already stays as it is; only one that was offered may be `opened`.
        """
        for _ in range(_TRIES):
            known, claims = await self._look(new, [*needed, *wished], living)
            if known is Status.REPEATED:
                return Opening()
            if known is new.status or known not in (None, Status.OFFERED):
                return Opening(opened=True)
            if first := next((claims[each].recap_id for each in needed if _held(claims, each)), None):
                return Opening(first=first)
            free = dict.fromkeys([*needed, *(each for each in wished if not _held(claims, each))])
            try:
                async with self._engine.begin() as connection:
                    await _take(connection, new, free, [each for each in free if each in claims], living)
                    await _record(connection, new, known)
            except IntegrityError:
                continue  # somebody was faster: look again
            return Opening(opened=True)
        raise RetryableError("many ask for the same recording at once")

    async def first(self, team: str, channel: str, identity: str) -> str | None:
        """The living recap that has the identity."""
        anew = NewRecap(id="", team=team, channel=channel, thread_ts="", user="", request={})
        _, claims = await self._look(anew, [identity], LIVING)
        return claims[identity].recap_id if _held(claims, identity) else None

    async def claim(self, recap: NewRecap, identity: str) -> str | None:
        """Take one more identity for a recap on record; the id of the living recap that has it, None for none."""
        for _ in range(_TRIES):
            _, claims = await self._look(recap, [identity], LIVING)
            if _held(claims, identity):
                return claims[identity].recap_id
            try:
                async with self._engine.begin() as connection:
                    await _take(connection, recap, [identity], list(claims), LIVING)
            except IntegrityError:
                continue
            return None
        raise RetryableError("many ask for the same recording at once")

    async def release(self, recap_id: str) -> None:
        """Give up all that a recap has claimed."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(media_claims).where(media_claims.c.recap_id == recap_id))

    async def _look(
        self, new: NewRecap, identities: Sequence[str], living: Collection[Status]
    ) -> tuple[Status | None, dict[str, _Claim]]:
        """The status of the recap, if it is on record, and who has the identities: in one query, as Slack waits."""
        own = select(literal(None).label("identity"), recaps.c.id, recaps.c.status).where(recaps.c.id == new.id)
        claimed = (
            select(media_claims.c.identity, media_claims.c.recap_id, recaps.c.status)
            .outerjoin(recaps, recaps.c.id == media_claims.c.recap_id)
            .where(media_claims.c.team == new.team, media_claims.c.channel == new.channel)
            .where(media_claims.c.identity.in_(identities))
        )
        known, claims = None, dict[str, _Claim]()
        async with self._reads.connect() as connection:
            for identity, holder, status in await connection.execute(union_all(own, claimed)):
                if identity is None:
                    known = Status(status)
                else:
                    claims[identity] = _Claim(holder, living=status in living and holder != new.id)
        return known, claims


class _Claim(NamedTuple):
    """The recap that has an identity; whether it is another one that is there."""

    recap_id: str
    living: bool


def _held(claims: dict[str, _Claim], identity: str) -> bool:
    return identity in claims and claims[identity].living


async def _take(
    connection: AsyncConnection, new: NewRecap, free: Iterable[str], stale: Sequence[str], living: Collection[Status]
) -> None:
    """Claim the identities, those that recaps which are no more still have included. IntegrityError if one is taken."""
    if stale:
        here = (media_claims.c.team == new.team) & (media_claims.c.channel == new.channel)
        alive = exists().where(
            recaps.c.id == media_claims.c.recap_id, recaps.c.status.in_(living), recaps.c.id != new.id
        )
        await connection.execute(delete(media_claims).where(here, media_claims.c.identity.in_(stale), ~alive))
    rows = [{"team": new.team, "channel": new.channel, "identity": each, "recap_id": new.id} for each in free]
    if rows:
        await connection.execute(insert(media_claims).values(rows))


async def _record(connection: AsyncConnection, new: NewRecap, known: Status | None) -> None:
    if known is None:
        await connection.execute(insert(recaps).values(new.model_dump(mode="json")))
    else:
        change = update(recaps).where(recaps.c.id == new.id, recaps.c.status == known)
        await connection.execute(change.values(new.model_dump(mode="json", include={"status", "request", "thread_ts"})))
