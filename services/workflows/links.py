"""Where links lead: remembered for the workspace, so that one recording, by any form of its link, is fetched once.

Links lead to what everybody may open, so there is nobody in the workspace to keep it from.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from services.media.ladder import Climb, Ladder, Source
from services.media.links import identify_list
from services.media.names import display_name
from services.storage import BlobMissing, Blobs
from services.storage.scratch import Scratch
from services.vocabulary.base import Value
from services.vocabulary.media import Media
from services.vocabulary.progress import Progress, Report, Stage
from services.vocabulary.source import Link, Publication
from services.vocabulary.transcript import Transcript

ShowPublication = Callable[[Publication], None]

_FRESH_SECONDS = 7 * 86_400.0


class Taken(Value):
    """The recording, and the key of its transcript where its words came with it. `at` is Unix time."""

    media: Media
    transcript_key: str | None = None
    at: float = 0.0


class Links:
    """Follows links and keeps what they led to in the blob store. Raises as `Ladder` does."""

    def __init__(self, *, ladder: Ladder, blobs: Blobs, scratch: Scratch) -> None:
        self._ladder = ladder
        self._blobs = blobs
        self._scratch = scratch

    async def take(
        self, team: str, link: Link, *, language: str | None, report: Report, show: ShowPublication
    ) -> Taken:
        """The recording of the link. `show` hears what its publisher says as soon as that is known."""
        held_key = f"{_folder(team, link.identity)}/{language or 'any'}.json"
        lasting = identify_list(link.url) is None  # the newest episode of a feed is another one next week
        if lasting and (held := await self._held(held_key)):
            return held
        async with self._scratch.folder() as folder:
            climb = Climb(folder=folder, language=language, on_publication=show, on_progress=fetching(report))
            taken = await self._take_in(team, await self._ladder.climb(link, climb))
        if lasting:
            await self._blobs.write(held_key, taken.model_dump_json().encode())
        return taken

    async def forget(self, team: str, media: Media) -> None:
        """Forget where the link to this recording had led."""
        if media.identity:
            await self._blobs.delete(_folder(team, media.identity))

    async def _held(self, key: str) -> Taken | None:
        """What the same link had led to, while it is fresh and still there."""
        try:
            taken = Taken.model_validate_json(await self._blobs.read(key))
        except BlobMissing:
            return None
        there = await self._blobs.exists(taken.transcript_key or taken.media.key or key)
        return taken if there and time.time() - taken.at < _FRESH_SECONDS else None

    async def _take_in(self, team: str, source: Source) -> Taken:
        media = _media_of(source)
        if source.transcript is not None:
            key = await keep_words(self._blobs, team, media.id, source.transcript)
            return Taken(media=media, transcript_key=key, at=time.time())
        if source.path is None:
            raise RuntimeError("a ladder that led to neither words nor sound")
        digest, size = await asyncio.to_thread(_digest, source.path)
        key = await keep_media(self._blobs, team, digest, source.path)
        return Taken(media=media.model_copy(update={"id": digest, "key": key, "size": size}), at=time.time())


async def keep_media(blobs: Blobs, team: str, digest: str, path: Path) -> str:
    """Keep a recording's bytes, whose SHA-256 in hex is `digest`; the blob's key."""
    key = f"{team}/media/{digest}"
    if not await blobs.exists(key):
        await blobs.put(key, path)
    return key


async def keep_words(blobs: Blobs, team: str, media_id: str, transcript: Transcript) -> str:
    """Keep a transcript that nobody here heard; its key. Other words of the same recording do not replace it."""
    body = await asyncio.to_thread(lambda: transcript.model_dump_json().encode())
    key = f"{team}/transcripts/{media_id}/{hashlib.sha256(body).hexdigest()[:12]}.json"
    await blobs.write(key, body)
    return key


def fetching(report: Report) -> Callable[[float | None], None]:
    """A download's progress as the recap's."""
    return lambda fraction: report(Progress(stage=Stage.INGEST, fraction=fraction))


def _media_of(source: Source) -> Media:
    """The recording, as far as it is known without its bytes."""
    link, publication = source.link, source.publication
    title = publication.title if publication else ""
    return Media(
        id=hashlib.sha256(link.identity.encode()).hexdigest(),
        key=None,
        name=display_name(title or link.url.rpartition("/")[2] or link.url),
        size=0,
        mimetype=source.mimetype,
        url=link.url,
        moment_url=link.moment_url,
        identity=link.identity,
        publication=publication,
        playback=source.playback,
        left=source.left,
    )


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _folder(team: str, identity: str) -> str:
    return f"{team}/links/{hashlib.sha256(identity.encode()).hexdigest()[:24]}"
