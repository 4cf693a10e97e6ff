"""The workspaces that installed the app, with the tokens that they gave us, which are sealed at rest."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.storage.database import reads
from services.storage.schema import installations
from services.storage.sealing import Seal
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError
from services.vocabulary.installation import Installation


class _Tokens(Value):
    """What is sealed. The workspace is in it, so that a row's tokens cannot be put into another row."""

    team: str
    token: str
    refresh_token: str | None = None


Refresh = Callable[[Installation], Awaitable[Installation | None]]
"""New tokens for old ones; None where the old ones are still fresh."""


class Installations:
    """The table `installations`. Raises OperatorError where its tokens cannot be opened with the seal's keys."""

    def __init__(self, engine: AsyncEngine, seal: Seal) -> None:
        self._engine = engine
        self._reads = reads(engine)
        self._seal = seal
        self._renewing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def keep(self, installation: Installation) -> None:
        """Record an installation, in the place of an earlier one of the same workspace."""
        row = self._row(installation) | {"installed_at": func.now()}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(installations).values(**row))
        except IntegrityError:
            async with self._engine.begin() as connection:
                await connection.execute(update(installations).where(_of(installation.team)).values(**row))

    async def of(self, team: str) -> Installation | None:
        """The workspace's installation; None where there is none (any more)."""
        async with self._reads.connect() as connection:
            return await self._read(connection, team)

    async def renew(self, team: str, refresh: Refresh) -> Installation | None:
        """Let `refresh` change the tokens, and nobody else meanwhile; what is on record afterwards.

        A refresh token can be used once, so two processes must not refresh together: PostgreSQL locks the row for as
        long as `refresh` takes. On SQLite there is one process, whose one connection is not kept from others so long.
        What `refresh` raises is raised.
        """
        async with self._renewing[team]:
            if self._engine.dialect.name == "sqlite":
                return await self._renewed(await self.of(team), refresh)
            async with self._engine.begin() as connection:
                return await self._renewed(await self._read(connection, team, lock=True), refresh, connection)

    async def _renewed(
        self, held: Installation | None, refresh: Refresh, connection: AsyncConnection | None = None
    ) -> Installation | None:
        fresh = await refresh(held) if held else None
        if fresh is None:
            return held
        change = update(installations).where(_of(fresh.team)).values(**self._row(fresh))
        if connection:
            await connection.execute(change)
        else:
            async with self._engine.begin() as own:
                await own.execute(change)
        return fresh

    async def teams(self) -> list[str]:
        """The ids of all workspaces that are installed."""
        async with self._reads.connect() as connection:
            return list((await connection.execute(select(installations.c.team))).scalars())

    async def reseal(self) -> int:
        """Seal with the first key what an older one had sealed; how many those were. The older may go afterwards.

        What no key opens stays as it is, until the workspace installs the app again.
        """
        async with self._reads.connect() as connection:
            rows = (await connection.execute(select(installations.c.team, installations.c.sealed))).all()
        count = 0
        for team, sealed in rows:
            if self._seal.is_current(sealed):
                continue
            with suppress(OperatorError):
                again = self._seal.close(self._seal.open(sealed))
                unchanged = _of(team) & (installations.c.sealed == sealed)
                async with self._engine.begin() as connection:
                    await connection.execute(update(installations).where(unchanged).values(sealed=again))
                count += 1
        return count

    async def _read(self, connection: AsyncConnection, team: str, *, lock: bool = False) -> Installation | None:
        query = select(installations).where(_of(team))
        row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
        return self._installation(row) if row else None

    def _installation(self, row: Row[Any]) -> Installation:
        fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
        tokens = _Tokens.model_validate_json(self._seal.open(fields.pop("sealed")))
        if tokens.team != fields["team"]:
            raise RuntimeError(f"the tokens on record for {fields['team']} are those of another workspace")
        del fields["installed_at"]
        fields["scopes"] = tuple(filter(None, fields["scopes"].split(",")))
        return Installation(**fields, token=tokens.token, refresh_token=tokens.refresh_token)

    def _row(self, installation: Installation) -> dict[str, Any]:
        plain = installation.model_dump(exclude={"token", "refresh_token"})
        tokens = _Tokens(
            team=installation.team, token=installation.token, refresh_token=installation.refresh_token
        ).model_dump_json()
        return plain | {"scopes": ",".join(installation.scopes), "sealed": self._seal.close(tokens)}


def _of(team: str) -> Any:  # noqa: ANN401 - SQLAlchemy's own type for a condition
    return installations.c.team == team
