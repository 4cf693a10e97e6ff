"""Blobs in an S3 bucket."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from services.storage import BlobMissing
from services.storage.aws import Calls
from services.storage.s3_errors import translated
from services.storage.s3_removal import remove
from services.storage.s3_transfer import PART, download, upload
from services.storage.scratch import Scratch

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_LONGEST_LINK = 7 * 24 * 3600  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html


class S3Blobs:
    """The `Blobs` contract on a bucket, through a boto3 client made for it.

    `prefix` stands before every key, so that a bucket can be shared. Objects are encrypted with the KMS key `kms_key`,
    without one with S3's own key, and carry the tag `kind`, the second part of their key ('media', 'transcripts', ...),
    for the lifecycle rules of the bucket. `scratch` holds what `local` fetches. `credentials` are those of the client
    (`Session.get_credentials()`), `threads` how many calls run at once: no more than the client's connection pool has.
    In a bucket with versions, `delete` hides bytes until a rule on old versions deletes them.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - boto3 has no types
        *,
        bucket: str,
        scratch: Scratch,
        credentials: Any = None,  # noqa: ANN401 - the same
        prefix: str = "",
        kms_key: str | None = None,
        threads: int = 16,
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._scratch = scratch
        self._credentials = credentials
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._encryption = (
            {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key}
            if kms_key
            else {"ServerSideEncryption": "AES256"}
        )
        self._calls = Calls("s3", threads)

    def place(self, key: str) -> tuple[str, str]:
        """The bucket and the object's key, for other services of AWS that read or write it themselves."""
        if not all(_PART.fullmatch(part) for part in key.split("/")):
            raise ValueError(f"not a blob key: {key!r}")
        return self._bucket, self._prefix + key

    def _where(self, key: str) -> dict[str, str]:
        bucket, name = self.place(key)
        return {"Bucket": bucket, "Key": name}

    def _how(self, key: str) -> dict[str, str]:
        kind = [*key.split("/"), ""][1]
        mimetype = mimetypes.guess_type(key)[0] or "application/octet-stream"
        return {**self._encryption, "ContentType": mimetype, "Tagging": f"kind={quote(kind)}"}

    async def put(self, key: str, path: Path) -> None:
        """Keep a copy of the file's bytes; memory holds a few parts of 8 MiB, whatever its size."""
        where, how = self._where(key), self._how(key)
        size = (await asyncio.to_thread(path.stat)).st_size
        if size <= PART:
            await self.write(key, await asyncio.to_thread(path.read_bytes))
            return
        with translated(self._bucket, key):
            await upload(self._calls, self._client, path, size, where=where, how=how)

    async def write(self, key: str, data: bytes) -> None:
        """Keep these bytes."""
        where, how = self._where(key), self._how(key)
        with translated(self._bucket, key):
            await self._calls(self._client.put_object, **where, **how, Body=data)

    async def read(self, key: str) -> bytes:
        """The bytes; for small blobs."""
        return await self._read(key)

    async def head(self, key: str, count: int) -> bytes:
        """The first `count` bytes, fewer where there are not so many. Raises as `read` does."""
        return (await self._read(key, Range=f"bytes=0-{count - 1}"))[:count]

    async def _read(self, key: str, **part: str) -> bytes:
        where = self._where(key)

        def body() -> bytes:
            # Not `with` the body itself: that is urllib3's stream, whose errors are not botocore's.
            with closing(self._client.get_object(**where, **part)["Body"]) as stream:
                return bytes(stream.read())

        with translated(self._bucket, key):
            return bytes(await self._calls(body))

    async def exists(self, key: str) -> bool:
        """Whether there is a blob with that key."""
        where = self._where(key)
        try:
            with translated(self._bucket, key):
                await self._calls(self._client.head_object, **where)
        except BlobMissing:
            return False
        return True

    @asynccontextmanager
    async def local(self, key: str) -> AsyncIterator[Path]:
        """A copy in the scratch room, gone on leaving."""
        where = self._where(key)
        async with self._scratch.folder() as folder:
            path = folder / key.rsplit("/", 1)[-1]
            with translated(self._bucket, key):
                await download(self._calls, self._client, where, path)
            yield path

    async def delete(self, prefix: str) -> int:
        """Delete the blob with that key, or all blobs below it; says how many went."""
        where = self._where(prefix)
        with translated(self._bucket, prefix):
            return int(await self._calls(remove, client=self._client, bucket=where["Bucket"], key=where["Key"]))

    async def link(self, key: str, seconds: float, *, name: str, content_type: str) -> str:
        """An address that opens the blob without credentials, as the file `name`, for so many seconds.

        It ends sooner where our credentials do (a role's last hours), and after seven days at the latest; whether the
        blob is there is not looked at.
        """
        where = self._where(key)
        headers = {
            "ResponseContentType": content_type,
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        }

        def sign() -> str:
            lasting = max(1, int(min(seconds, _LONGEST_LINK, self._credentials_left())))
            return str(
                self._client.generate_presigned_url("get_object", Params={**where, **headers}, ExpiresIn=lasting)
            )

        with translated(self._bucket, key):
            return str(await self._calls(sign))

    def _credentials_left(self) -> float:
        """Seconds until the credentials expire that a link would be signed with; they are renewed first if due."""
        if self._credentials is None:
            return _LONGEST_LINK
        self._credentials.get_frozen_credentials()
        # botocore keeps the time to itself: only credentials of a role have it.
        expiry: datetime | None = getattr(self._credentials, "_expiry_time", None)
        return _LONGEST_LINK if expiry is None else (expiry - datetime.now(UTC)).total_seconds()

    def close(self) -> None:
        """Let the threads go."""
        self._calls.close()
