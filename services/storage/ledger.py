"""What a sum of costs begins with: when each recap was asked for, and where its summary lies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.schema import recaps
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError


class Entry(Value):
    """A recap that was summed up and is still kept."""

    recap_id: str
    asked_at: datetime
    summary_key: str


async def entries(database: AsyncEngine) -> list[Entry]:
    """All of them, oldest first. It reads and changes nothing. Raises OperatorError where the tables cannot be read."""
    query = (
        select(recaps.c.id, recaps.c.created_at, recaps.c.summary_key)
        .where(recaps.c.summary_key.is_not(None))
        .order_by(recaps.c.created_at)
    )
    try:
        async with database.connect() as connection:
            rows = (await connection.execute(query)).all()
    except SQLAlchemyError as error:
        address = database.url.render_as_string()
        raise OperatorError(
            f"cannot read the recaps in {address}: {type(error).__name__}; check DATABASE_URL"
        ) from error
    return [Entry(recap_id=recap_id, asked_at=at, summary_key=key) for recap_id, at, key in rows]
