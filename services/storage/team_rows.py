"""Everything that the tables hold of one workspace."""

from __future__ import annotations

from sqlalchemy import Table, delete
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.schema import exchanges, metadata


class TeamRows:
    """The rows of a workspace in every table that has a column `team`, and its exchanges, which hang on its recaps."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def forget(self, team: str) -> dict[str, int]:
        """Delete them all, the installation with its tokens included; how many went, by table. Idempotent."""
        gone: dict[str, int] = {}
        async with self._engine.begin() as connection:
            belonging = exchanges.c.recap_id.startswith(f"{team}:", autoescape=True)
            gone[exchanges.name] = (await connection.execute(delete(exchanges).where(belonging))).rowcount
            for table in tables_of_teams():
                gone[table.name] = (await connection.execute(delete(table).where(table.c.team == team))).rowcount
        return gone


def tables_of_teams() -> list[Table]:
    """The tables with a column `team`, dependents first."""
    return [table for table in reversed(metadata.sorted_tables) if "team" in table.c]
