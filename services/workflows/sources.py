"""What a request points at, taken in: a file that was shared, a link, or a transcript that a person attached.

What a link led to is remembered for the workspace, so that the same recording, by any form of its link, is not fetched
again. Links lead to what everybody may open, so there is nobody in the workspace to keep it from.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from services.evidence.languages import language_of
from services.media.captions import parse, transcript_of
from services.media.ladder import Climb, Ladder, Source
from services.media.links import identify_list
from services.media.names import display_name
from services.media.slack_files import SlackFiles
from services.storage import BlobMissing, Blobs
from services.storage.scratch import Scratch
from services.vocabulary.base import Value
from services.vocabulary.media import Media
from services.vocabulary.progress import Progress, Report, Stage
from services.vocabulary.source import Link, Publication
from services.vocabulary.transcript import Transcript
from services.workflows.requests import RecapRequest

ShowPublication = Callable[[Publication], None]

_ATTACHED = "transcript:attached"
_FRESH_SECONDS = 7 * 86_400.0


class Taken(Value):
    """The recording, and the key of its transcript where its words came with it. `at` is Unix time."""

    media: Media
    transcript_key: str | None = None
    at: float = 0.0


class Sources:
    """Takes in what was asked for; its bytes and words go to the blob store. Raises as `SlackFiles` and `Ladder` do."""

    def __init__(self, *, files: SlackFiles, ladder: Ladder, blobs: Blobs, scratch: Scratch) -> None:
        self._files = files
        self._ladder = ladder
        self._blobs = blobs
        self._scratch = scratch

    async def take(self, request: RecapRequest, before: Media | None, report: Report, show: ShowPublication) -> Taken:
        """The recording of the request. `before` is what an earlier attempt had found out about it."""
        if request.attached:
            return await self._attached(request, before)
        if request.link:
            return await self._linked(request, request.link, report, show)
        return await self._shared(request, report)

    async def forget(self, team: str, media: Media) -> None:
        """Forget where a link had led to."""
        if media.identity:
            await self._blobs.delete(_links(team, media.identity))

    async def _shared(self, request: RecapRequest, report: Report) -> Taken:
        async with self._scratch.folder() as folder:
            path = folder / "media"
            file = await self._files.fetch(request.file_id, path, on_progress=_fetching(report))
            key = await self._keep(request.team, file.sha256, path)
        media = Media(
            id=file.sha256, key=key, name=file.name, size=file.size, mimetype=file.mimetype, url=file.permalink
        )
        return Taken(media=media)

    async def _linked(self, request: RecapRequest, link: Link, report: Report, show: ShowPublication) -> Taken:
        held_key = f"{_links(request.team, link.identity)}/{request.language or 'any'}.json"
        lasting = identify_list(link.url) is None  # the newest episode of a feed is another one next week
        if lasting and (held := await self._held(held_key)):
            return held
        async with self._scratch.folder() as folder:
            climb = Climb(folder=folder, language=request.language, on_publication=show, on_progress=_fetching(report))
            taken = await self._take_in(request.team, await self._ladder.climb(link, climb))
        if lasting:
            await self._blobs.write(held_key, taken.model_dump_json().encode())
        return taken

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
            return Taken(
                media=media, transcript_key=await self._write(team, media.id, source.transcript), at=time.time()
            )
        if source.path is None:
            raise RuntimeError("a ladder that led to neither words nor sound")
        digest, size = await asyncio.to_thread(_digest, source.path)
        held = {"id": digest, "key": await self._keep(team, digest, source.path), "size": size}
        return Taken(media=media.model_copy(update=held), at=time.time())

    async def _attached(self, request: RecapRequest, before: Media | None) -> Taken:
        async with self._scratch.folder() as folder:
            path = folder / "transcript"
            file = await self._files.fetch(request.attached, path)
            body = await asyncio.to_thread(path.read_bytes)
        media = before or Media(id=file.sha256, key=None, name=request.name or file.name, size=0)
        if request.link and before is None:
            media = media.model_copy(
                update={
                    "identity": request.link.identity,
                    "url": request.link.url,
                    "moment_url": request.link.moment_url,
                }
            )
        duration = media.publication.duration if media.publication else None
        transcript = await asyncio.to_thread(_read_attached, body, request.attached_kind, duration)
        return Taken(media=media, transcript_key=await self._write(request.team, media.id, transcript))

    async def _keep(self, team: str, digest: str, path: Path) -> str:
        key = f"{team}/media/{digest}"
        if not await self._blobs.exists(key):
            await self._blobs.put(key, path)
        return key

    async def _write(self, team: str, media_id: str, transcript: Transcript) -> str:
        """The key under which these very words are kept: other words of the same recording do not replace them."""
        body = await asyncio.to_thread(lambda: transcript.model_dump_json().encode())
        key = f"{team}/transcripts/{media_id}/{hashlib.sha256(body).hexdigest()[:12]}.json"
        await self._blobs.write(key, body)
        return key


def _read_attached(body: bytes, kind: str, duration: float | None) -> Transcript:
    cues = parse(body, kind)
    text = " ".join(cue.text for cue in cues[:400])
    return transcript_of(cues, language=language_of(text) or "und", duration=duration, engine=_ATTACHED)


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
        left=source.left,
    )


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _links(team: str, identity: str) -> str:
    return f"{team}/links/{hashlib.sha256(identity.encode()).hexdigest()[:24]}"


def _fetching(report: Report) -> Callable[[float | None], None]:
    return lambda fraction: report(Progress(stage=Stage.INGEST, fraction=fraction))
