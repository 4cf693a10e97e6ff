"""Room for files that live as long as one piece of work."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


class Scratch:
    """Folders below `root` that are gone after use. One process has one root to itself."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        """An empty folder, removed with all that is in it on leaving."""
        path = await asyncio.to_thread(self._make)
        try:
            yield path
        finally:
            await asyncio.to_thread(shutil.rmtree, path, ignore_errors=True)

    def _make(self) -> Path:
        self._root.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=self._root))

    async def clear(self) -> None:
        """Remove what a killed process left behind."""
        await asyncio.to_thread(shutil.rmtree, self._root, ignore_errors=True)
