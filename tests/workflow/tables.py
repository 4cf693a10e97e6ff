"""Looking into the bot's own records, and ageing them."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.workflow.earshot import Earshot


async def tables(bot: Earshot, statement: str, **values: Any) -> list[Any]:
    """Run a statement on our tables."""
    return await asyncio.to_thread(_run, bot.settings.tables_url, statement, values)


async def engine_rows(bot: Earshot, statement: str, **values: Any) -> list[Any]:
    """Run a statement on the engine's tables, which it calls ~name."""
    schema = "" if bot.settings.database_url is None else "dbos."
    return await asyncio.to_thread(_run, bot.settings.engine_url, statement.replace("~", schema), values)


def _run(address: str, statement: str, values: dict[str, Any]) -> list[Any]:
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with engine.begin() as connection:
        result = connection.execute(text(statement), values)
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows
