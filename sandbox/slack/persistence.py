"""Writing the workspace to disk, so that it survives a restart."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from sandbox.slack.model import Channel, Message, StoredFile, View
from sandbox.slack.workspace import Workspace

_KINDS: dict[str, type[Channel | Message | StoredFile | View]] = {
    "channel": Channel,
    "message": Message,
    "file": StoredFile,
    "view": View,
}


class Persistence:
    """A folder with one SQLite file of records; one thread of its own does all the writing.

    Without a folder nothing is written and `flush` only forgets the changes.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "workspace.sqlite" if folder else None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-state")
        self._writing = asyncio.Lock()
        self._connection: sqlite3.Connection | None = None

    async def load(self, workspace: Workspace) -> None:
        """Open the file and put its records into `workspace`, channels first and messages in their order."""
        if self._path is None:
            return
        rows = await asyncio.get_running_loop().run_in_executor(self._thread, self._open, self._path)
        for kind, value in rows:
            workspace.load(_KINDS[kind](**json.loads(value)))

    async def flush(self, workspace: Workspace) -> None:
        """Write what changed since the last flush; on return it is on disk."""
        if self._path is None:
            workspace.take_changes()
            return
        # One at a time: who finds nothing to write may find it being written by another, and must wait for that.
        async with self._writing:
            changes = workspace.take_changes()
            if not changes:
                return
            rows = [(*key, json.dumps(asdict(record)) if record else None) for key, record in changes.items()]
            await asyncio.get_running_loop().run_in_executor(self._thread, self._write, rows)

    async def close(self) -> None:
        """Close the file and end the thread."""
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._connection.close)
        self._thread.shutdown(wait=False)

    def _open(self, path: Path) -> list[tuple[str, str]]:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("CREATE TABLE IF NOT EXISTS records (kind, key, value, PRIMARY KEY (kind, key))")
        select = "SELECT kind, value FROM records ORDER BY kind, length(key), key"
        return [(str(kind), str(value)) for kind, value in self._connection.execute(select)]

    def _write(self, rows: list[tuple[str, str, str | None]]) -> None:
        if self._connection is None:
            raise RuntimeError("flush before load")
        with self._connection:
            for kind, key, value in rows:
                if value is None:
                    self._connection.execute("DELETE FROM records WHERE kind = ? AND key = ?", (kind, key))
                else:
                    self._connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (kind, key, value))


def latest_ts(workspace: Workspace) -> str | None:
    """Return the latest timestamp in the workspace, so that new ones come after it."""
    return max((ts for known in workspace.messages.values() for ts in known), default=None)
