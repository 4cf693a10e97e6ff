"""Blobs as files below one folder."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

from services.storage import BlobMissing
from services.vocabulary.errors import OperatorError

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


class FileBlobs:
    """The `Blobs` contract on a local disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if not all(_PART.fullmatch(part) for part in parts):
            raise ValueError(f"not a blob key: {key!r}")
        return self._root.joinpath(*parts)

    async def put(self, key: str, path: Path) -> None:
        """Keep a copy of the file's bytes."""

        def copy(target: IO[bytes]) -> None:
            with path.open("rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)

        await asyncio.to_thread(self._write, self._path(key), copy)

    async def write(self, key: str, data: bytes) -> None:
        """Keep these bytes."""
        await asyncio.to_thread(self._write, self._path(key), lambda target: target.write(data))

    def _write(self, path: Path, fill: Callable[[IO[bytes]], Any]) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as target:
                try:
                    fill(target)
                    target.flush()
                    os.fsync(target.fileno())
                except BaseException:
                    Path(target.name).unlink()
                    raise
            Path(target.name).replace(path)
        except OSError as error:
            raise OperatorError(
                f"cannot write to {self._root}: {error.strerror}; check its space and rights"
            ) from error

    async def read(self, key: str) -> bytes:
        """The bytes; for small blobs."""
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise BlobMissing(key) from error

    async def exists(self, key: str) -> bool:
        """Whether there is a blob with that key."""
        return await asyncio.to_thread(self._path(key).is_file)

    @asynccontextmanager
    async def local(self, key: str) -> AsyncIterator[Path]:
        """The file itself."""
        if not await self.exists(key):
            raise BlobMissing(key)
        yield self._path(key)

    async def delete(self, prefix: str) -> int:
        """Delete the blob with that key, or all blobs below it; says how many went."""
        return await asyncio.to_thread(self._delete, self._path(prefix))

    @staticmethod
    def _delete(path: Path) -> int:
        if path.is_dir():
            count = sum(1 for child in path.rglob("*") if child.is_file())
            shutil.rmtree(path)
            return count
        existed = path.is_file()
        path.unlink(missing_ok=True)
        return int(existed)
