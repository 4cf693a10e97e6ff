"""Which processes are up: each keeps its own row fresh, by the database's clock, so that no other clock matters."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Float, delete, insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import reads
from services.storage.schema import executors

# A row is of no use any more once everybody has long seen that its process is gone.
_FORGOTTEN_SECONDS = 86_400.0


class Executors:
    """The table `executors`. A process holds its id by a token of its own; an id without one was given up for dead."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)
        sqlite = engine.dialect.name == "sqlite"
        clock = (
            "(julianday('now') - 2440587.5) * 86400.0" if sqlite else "extract(epoch FROM clock_timestamp())::float8"
        )
        self._now: ColumnElement[float] = literal_column(clock, Float)

    async def arrive(self, executor: str, token: str, role: str) -> None:
        """Take the id for this token, also from a process that held it until now."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(executors).where(executors.c.beat < self._now - _FORGOTTEN_SECONDS))
        values = {"token": token, "role": role, "beat": self._now}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(executors).values(id=executor, **values))
        except IntegrityError:
            async with self._engine.begin() as connection:
                await connection.execute(update(executors).where(executors.c.id == executor).values(**values))

    async def beat(self, executor: str, token: str) -> bool:
        """Say that the process is up; False where it no longer holds its id."""
        mine = (executors.c.id == executor) & (executors.c.token == token)
        async with self._engine.begin() as connection:
            return bool((await connection.execute(update(executors).where(mine).values(beat=self._now))).rowcount)

    async def give_up(self, silent: float, *, sparing: str = "") -> None:
        """Give up those that have been silent for so many seconds, but one: if they wake up, their beat fails."""
        late = (executors.c.beat < self._now - silent) & (executors.c.token != "") & (executors.c.id != sparing)
        async with self._engine.begin() as connection:
            await connection.execute(update(executors).where(late).values(token=""))

    async def living(self, roles: Collection[str]) -> set[str]:
        """The ids that are held, of processes with one of these roles."""
        query = select(executors.c.id).where(executors.c.token != "", executors.c.role.in_(roles))
        async with self._reads.connect() as connection:
            return set((await connection.execute(query)).scalars())

    async def leave(self, executor: str, token: str) -> None:
        """Give the id back, after the last work."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(executors).where(executors.c.id == executor, executors.c.token == token))
