"""S3: moto in server mode in a process of its own, and the objects in it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

# Started by its path, so that it does not import the rest of this package; -P keeps our folder off its path.
_PROGRAM = Path(__file__).with_name("s3_process.py")
_START_SECONDS = 120.0


@asynccontextmanager
async def moto() -> AsyncIterator[str]:
    """The address of moto's S3. Raises RuntimeError when it does not start."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-W", "ignore", str(_PROGRAM)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_START_SECONDS):
            port = await process.stdout.readline() if process.stdout else b""
        if not port.strip():
            raise RuntimeError("moto's S3 did not start; `python -P sandbox/aws/s3_process.py` says why")
        yield f"http://127.0.0.1:{int(port)}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class Store:
    """The objects in S3 as the stand-ins read and write them; calls of theirs are not journaled."""

    def __init__(self, url: str, region: str) -> None:
        self.client: Any = boto3.client(
            "s3",
            region_name=region,
            endpoint_url=url,
            aws_access_key_id="stand-in",
            aws_secret_access_key="stand-in",  # noqa: S106 - moto takes any
            config=Config(max_pool_connections=32),
        )

    async def get(self, bucket: str, key: str, path: Path) -> None:
        """Write an object into a file. Raises botocore's ClientError where there is none."""
        await asyncio.to_thread(self.client.download_file, bucket, key, str(path))

    async def read(self, bucket: str, key: str) -> bytes:
        """An object's bytes."""
        found = await asyncio.to_thread(self.client.get_object, Bucket=bucket, Key=key)
        return bytes(await asyncio.to_thread(found["Body"].read))

    async def put(self, bucket: str, key: str, body: bytes, kind: str = "application/json") -> None:
        """Write an object. Raises botocore's ClientError where there is no such bucket."""
        await asyncio.to_thread(self.client.put_object, Bucket=bucket, Key=key, Body=body, ContentType=kind)

    async def head(self, bucket: str, key: str) -> int:
        """An object's size in bytes. Raises botocore's ClientError where there is none."""
        found = await asyncio.to_thread(self.client.head_object, Bucket=bucket, Key=key)
        return int(found["ContentLength"])

    async def has_bucket(self, bucket: str) -> bool:
        """Whether there is such a bucket."""
        try:
            await asyncio.to_thread(self.client.head_bucket, Bucket=bucket)
        except self.client.exceptions.ClientError:
            return False
        return True

    async def ensure_bucket(self, bucket: str) -> None:
        """Make a bucket where there is none."""
        await asyncio.to_thread(self.client.create_bucket, Bucket=bucket)

    async def presigned(self, bucket: str, key: str, seconds: int) -> str:
        """An address at which anybody may read an object for a while."""
        return str(
            await asyncio.to_thread(
                self.client.generate_presigned_url,
                "get_object",
                Params={"Bucket": bucket, "Key": key},
                ExpiresIn=seconds,
            )
        )
