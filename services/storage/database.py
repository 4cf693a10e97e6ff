"""The database: one engine, made once, on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.vocabulary.errors import OperatorError

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 30_000
_CONNECTIONS = 15


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - a driver's own object
    cursor = connection.cursor()
    # WAL lets readers go on beside a writer; NORMAL survives kill -9, though a power loss may cost the last commits.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={_BUSY_MS}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def open_database(url: str) -> AsyncEngine:
    """An engine for `sqlite:///path` or `postgresql://...`. Connects at the first use."""
    parsed = make_url(url)
    driver = "sqlite+aiosqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    # What people said and asked is among the parameters, and errors go to the log.
    # A connection that is opened for one query takes longer than many queries, so none is beyond those kept. SQLite
    # has one writer at a time, and who finds it busy sleeps and tries again, up to a second among many: in the line
    # for its one connection everybody has a turn within milliseconds.
    size = 1 if parsed.get_backend_name() == "sqlite" else _CONNECTIONS
    engine = create_async_engine(parsed.set(drivername=driver), pool_size=size, max_overflow=0, hide_parameters=True)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def reads(engine: AsyncEngine) -> AsyncEngine:
    """The same connections for single queries, each a transaction of its own.

    On PostgreSQL that saves two of three round trips. On SQLite they cost nothing, but the change of mode would.
    """
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="AUTOCOMMIT")


def _upgrade(url: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    driver = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine: Engine = create_engine(parsed.set(drivername=driver))
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise OperatorError(f"cannot open the database {parsed.render_as_string()}: {error.orig}") from error
    finally:
        engine.dispose()


async def answers(database: AsyncEngine) -> bool:
    """Whether the database answers; raises what the driver raises where it does not."""
    async with database.connect() as connection:
        return bool((await connection.execute(select(1))).scalar())


async def migrate(url: str) -> None:
    """Bring the tables to this version. Safe to call from several processes. Raises OperatorError."""
    await asyncio.to_thread(_upgrade, url)
