"""Places in the waiting lines for allowances that refill with time, one line per name, shared by all processes.

An allowance is counted in seconds: what refills in a second costs one. A line is three numbers. `tokens_booked` is the
moment up to which the allowance is booked, `tokens_returned` how many booked seconds were given back since the
beginning, `calls_booked` the same moment for the number of calls. A bucket is full when nothing is booked beyond now.
Booking is one UPDATE, so that workers stand in the order in which the database served them, and no one is overtaken.
"""

from __future__ import annotations

from sqlalchemy import case, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.elements import ColumnElement

from services.storage.database import reads
from services.storage.schema import token_buckets
from services.vocabulary.base import Value


class Place(Value):
    """A place in the line: its turn is when `tokens - returned` and `calls` have both come within the burst of now."""

    tokens: float
    calls: float
    returned: float


class TokenBuckets:
    """The table `token_buckets`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)
        self._opened: set[str] = set()

    async def book(self, name: str, *, tokens: float, calls: float, now: float, latest: float) -> Place | None:
        """Take the next place for that many seconds of each allowance. None, with nothing taken, if it is too late.

        `now` is in seconds since 1970 and `latest` the last moment at which the booking may end.
        """
        columns = token_buckets.c
        tokens_end = _later(columns.tokens_booked, now + columns.tokens_returned) + tokens
        calls_end = _later(columns.calls_booked, now) + calls
        statement = (
            update(token_buckets)
            .where(columns.name == name, tokens_end - columns.tokens_returned <= latest, calls_end <= latest)
            .values(tokens_booked=tokens_end, calls_booked=calls_end)
            .returning(columns.tokens_booked, columns.calls_booked, columns.tokens_returned)
        )
        await self._open(name, now)
        async with self._engine.begin() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else Place(tokens=row[0], calls=row[1], returned=row[2])

    async def give_back(self, name: str, seconds: float) -> None:
        """Return what was booked and not used; everyone in the line moves up by that much."""
        columns = token_buckets.c
        values = {"tokens_returned": columns.tokens_returned + seconds}
        async with self._engine.begin() as connection:
            await connection.execute(update(token_buckets).where(columns.name == name).values(**values))

    async def returned(self, name: str) -> float:
        """How many seconds were given back so far."""
        query = select(token_buckets.c.tokens_returned).where(token_buckets.c.name == name)
        async with self._reads.connect() as connection:
            return float((await connection.execute(query)).scalar_one())

    async def _open(self, name: str, now: float) -> None:
        """Make sure that the line exists; a full bucket to begin with."""
        if name in self._opened:
            return
        row = {"name": name, "tokens_booked": now, "tokens_returned": 0.0, "calls_booked": now}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(token_buckets).values(**row))
        except IntegrityError:
            pass  # it was there
        self._opened.add(name)


def _later(column: ColumnElement[float], moment: ColumnElement[float] | float) -> ColumnElement[float]:
    return case((column > moment, column), else_=moment)
