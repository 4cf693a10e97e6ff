"""What is kept: blobs (bytes by key) and the database (rows). Both have a local and a cloud backend.

Blob keys start with the workspace, so that nothing of one workspace is ever found from another, and deleting a
workspace is deleting a prefix.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol


class BlobMissing(KeyError):  # noqa: N818 - a fact about the store, not a fault
    """There is no blob with that key."""


class Blobs(Protocol):
    """Bytes by key. Keys are parts of `[A-Za-z0-9._-]` joined by slashes; others raise ValueError.

    Writing replaces, is atomic (a reader sees the old or the new bytes, whole) and durable on return.
    Reading a key that is not there raises BlobMissing. Deleting is idempotent.
    Raises RetryableError when the store is away, OperatorError when it refuses us or is full.
    """

    async def put(self, key: str, path: Path) -> None:
        """Keep a copy of the file's bytes."""
        ...

    async def write(self, key: str, data: bytes) -> None:
        """Keep these bytes."""
        ...

    async def read(self, key: str) -> bytes:
        """The bytes; for small blobs."""
        ...

    async def exists(self, key: str) -> bool:
        """Whether there is a blob with that key."""
        ...

    def local(self, key: str) -> AbstractAsyncContextManager[Path]:
        """The blob as a file on this machine for as long as the context is open. Never write to it."""
        ...

    async def delete(self, prefix: str) -> int:
        """Delete the blob with that key, or all blobs below it; says how many went."""
        ...
