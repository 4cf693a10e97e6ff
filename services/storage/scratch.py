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
        """An empty folder, removed with all that is in it on leaving, also when that is by cancellation."""
        # Shielded, because a thread goes on when who waits for it is canceled: nobody would know what it had made.
        making = asyncio.ensure_future(asyncio.to_thread(self._make))
        try:
            yield await asyncio.shield(making)
        finally:
            await asyncio.shield(_removed(making))

    def _make(self) -> Path:
        self._root.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=self._root))

    async def clear(self) -> None:
        """Remove what a killed process left behind."""
        await asyncio.to_thread(shutil.rmtree, self._root, ignore_errors=True)


async def _removed(making: asyncio.Future[Path]) -> None:
    await asyncio.to_thread(shutil.rmtree, await making, ignore_errors=True)
