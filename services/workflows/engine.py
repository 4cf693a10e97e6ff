"""The durable engine: DBOS on SQLite for one process, on PostgreSQL for many."""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from dbos import DBOS, DBOSPortableJSONSerializer
from sqlalchemy import Engine as SqlEngine
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url

from services.vocabulary.errors import OperatorError
from services.workflows.presence import Presence
from services.workflows.rows import QueueState, queue_states
from services.workflows.turns import take_turns

RECAPS = "recaps"
REPLIES = "replies"
OUTPUT_QUEUE = "outputs"
KEEPING = "keeping"
STEPS = "steps"

# Work in flight is picked up again only by the same version (dbos gates recovery by it), so it changes only when a
# workflow's body changes in a way that `DBOS.patch` cannot bridge.
_VERSION = "1"
# Somebody waits for what comes from the first two queues. Each look costs three short queries.
_POLL_SECONDS = 0.25
_OUTPUTS_POLL_SECONDS = 0.5
_STEPS_POLL_SECONDS = 1.0
_KEEPING_POLL_SECONDS = 5.0
_REPLIES_AT_ONCE = 32
_OUTPUTS_AT_ONCE = 16
# They only wait for recaps, which have a queue of their own.
_STEPS_AT_ONCE = 1_000
# None is opened beyond these: see `services.storage.database`.
_CONNECTIONS = 15


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own object
    connection.isolation_level = "IMMEDIATE"
    if sqlite3.sqlite_version_info < (3, 42):
        # dbos 3.4 asks for unixepoch('subsec'), which SQLite before 3.42 answers with NULL, and then does not start.
        connection.create_function("unixepoch", 1, lambda _modifier: time.time())
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _open(url: URL) -> SqlEngine:
    if url.get_backend_name() != "sqlite":
        url = url.set(drivername="postgresql+psycopg")
        return create_engine(url, pool_size=_CONNECTIONS, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url.set(drivername="sqlite"), hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    take_turns(engine)
    return engine


class Engine:
    """Starts and stops DBOS. Make the workflow instances before `start`, because recovery begins with it.

    `presence` says who this process is and what it does: one that works takes over what dead ones left, one that does
    not only enqueues. `recaps_at_once` is how many recaps each working process has under way, those that wait for an
    engine included. A second process on the same SQLite file refuses to start (OperatorError).
    """

    def __init__(self, url: str, *, presence: Presence, recaps_at_once: int) -> None:
        self.presence = presence
        self._url = make_url(url)
        self._recaps_at_once = recaps_at_once
        self._database: SqlEngine | None = None
        self._lock: IO[str] | None = None

    async def start(self) -> None:
        """Launch on the running loop: recovers what was left, then takes new work. Blocks the loop for up to 2 s."""
        self._lock = self._claim()
        await self.presence.arrive()
        self._database = _open(self._url)
        DBOS(
            config={
                "name": "earshot",
                "system_database_engine": self._database,
                "serializer": DBOSPortableJSONSerializer(),
                "application_version": _VERSION,
                "executor_id": self.presence.executor,
                "log_level": "WARNING",
                "max_executor_threads": 32,
                "notification_listener_polling_interval_sec": _POLL_SECONDS,
            }
        )
        if not self.presence.role.works:
            DBOS.listen_queues([])
        DBOS.launch()
        for queue, at_once, poll in (
            (RECAPS, self._recaps_at_once, _POLL_SECONDS),
            (REPLIES, _REPLIES_AT_ONCE, _POLL_SECONDS),
            (OUTPUT_QUEUE, _OUTPUTS_AT_ONCE, _OUTPUTS_POLL_SECONDS),
            (STEPS, _STEPS_AT_ONCE, _STEPS_POLL_SECONDS),
            (KEEPING, 1, _KEEPING_POLL_SECONDS),
        ):
            await DBOS.register_queue_async(queue, worker_concurrency=at_once, polling_interval_sec=poll)
        self.presence.begin()

    async def queues(self) -> dict[str, QueueState]:
        """How full the queues are, over all processes."""
        return await queue_states((RECAPS, REPLIES, OUTPUT_QUEUE, KEEPING))

    async def stop(self) -> None:
        """Stop taking work and let go; what is unfinished is taken over, at the latest by the next start."""
        await asyncio.to_thread(DBOS.destroy)
        await self.presence.leave()
        # DBOS made its own executor the loop's, and has just shut it down.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        if self._database:
            await asyncio.to_thread(self._database.dispose)
        if self._lock:
            self._lock.close()

    def _claim(self) -> IO[str] | None:
        if self._url.get_backend_name() != "sqlite" or not self._url.database:
            return None
        path = Path(self._url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_suffix(".lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise OperatorError(
                f"another Earshot already works on {path}; stop it first, or use PostgreSQL for several processes"
            ) from error
        return lock
