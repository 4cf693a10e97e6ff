"""The Transcribe backend on the stand-ins, and recordings for it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from botocore.config import Config

from sandbox.aws import Cloud
from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from services.transcription.amazon import AmazonTranscriber
from services.transcription.amazon_job import Poll
from services.transcription.sound import RATE
from services.vocabulary.media import Audio, Media
from services.vocabulary.progress import Progress
from tests.fakes.engines import write_tone

QUICK = Poll(first=0.02, longest=0.1)
"""How often tests look at a job."""


Clients = tuple[Any, Any]


class Place:
    """A bucket with its store and a client of Transcribe; `transcriber` makes a backend, as a new process does."""

    def __init__(self, cloud: Cloud, clients: Clients, folder: Path) -> None:
        self.cloud, self.bucket, self._folder = cloud, cloud.new_bucket(), folder
        self._s3, self.client = clients
        self.blobs = S3Blobs(self._s3, bucket=self.bucket, prefix="kept", scratch=Scratch(folder / "scratch"))
        self._made: list[AmazonTranscriber] = []

    def transcriber(self, **options: Any) -> AmazonTranscriber:
        """A backend with these options."""
        options = {"poll": QUICK, **options}
        made = AmazonTranscriber(self.client, self.blobs, scratch=Scratch(self._folder / "scratch"), **options)
        self._made.append(made)
        return made

    async def recording(
        self, name: str = "talk.mp3", *, seconds: float = 20.0, team: str = "T1", data: bytes | None = None
    ) -> tuple[Audio, Media]:
        """A tone of that format and length, kept as it was shared, and its decoded sound."""
        path = self._folder / name
        if data is None:
            await asyncio.to_thread(write_tone, path, seconds)
            data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        media = Media(id=digest, key=f"{team}/media/{digest}", name=name, size=len(data))
        await self.blobs.write(str(media.key), data)
        return sound(self._folder / f"{name}.pcm", seconds), media

    async def objects(self) -> set[str]:
        """The keys of all blobs that are there."""
        found = (await asyncio.to_thread(self._s3.list_objects_v2, Bucket=self.bucket)).get("Contents", [])
        return {entry["Key"].removeprefix("kept/") for entry in found}

    async def close(self) -> None:
        for made in self._made:
            await made.close()
        self.blobs.close()


@contextmanager
def clients_of(cloud: Cloud) -> Iterator[Clients]:
    """Clients of S3 and Transcribe, which take a second to make."""
    config = Config(retries={"mode": "standard", "total_max_attempts": 1}, max_pool_connections=20)
    made = cloud.client("s3", config=config), cloud.client("transcribe", config=config)
    try:
        yield made
    finally:
        for client in made:
            client.close()


@asynccontextmanager
async def place(cloud: Cloud, clients: Clients, folder: Path) -> AsyncIterator[Place]:
    """An empty one."""
    made = await asyncio.to_thread(Place, cloud, clients, folder)
    try:
        yield made
    finally:
        await made.close()


def sound(path: Path, seconds: float) -> Audio:
    """A tone with a silence of a second in every ten."""
    time = np.arange(round(seconds * RATE)) / RATE
    samples = np.sin(2 * np.pi * 440 * time) * 8_000 * (time % 10 < 9)
    samples.astype("<i2").tofile(path)
    return Audio(path=str(path), duration=len(samples) / RATE)


async def until(happened: Callable[[], object]) -> None:
    """Return once that is so."""
    async with asyncio.timeout(20):
        while not happened():  # noqa: ASYNC110 - it happens in another thread
            await asyncio.sleep(0.01)


def ignored(_: Progress) -> None:
    """Nobody waits for the progress."""
