"""What a request points at, taken in: a file that was shared, a link, or a transcript that a person attached."""

from __future__ import annotations

import asyncio

from services.evidence.languages import language_of
from services.media.captions import parse, transcript_of
from services.storage import Blobs
from services.storage.scratch import Scratch
from services.vocabulary.media import Media
from services.vocabulary.progress import Report
from services.vocabulary.transcript import Transcript
from services.workflows.links import Links, ShowPublication, Taken, fetching, keep_media, keep_words
from services.workflows.requests import RecapRequest
from services.workflows.workspaces import Workspaces

_ATTACHED = "transcript:attached"
_TELLING = 400  # captions that tell the language


class Sources:
    """Takes in what was asked for; its bytes and words go to the blob store. Raises as `SlackFiles` and `Links` do."""

    def __init__(self, *, workspaces: Workspaces, links: Links, blobs: Blobs, scratch: Scratch) -> None:
        self._workspaces = workspaces
        self._links = links
        self._blobs = blobs
        self._scratch = scratch

    async def take(self, request: RecapRequest, before: Media | None, report: Report, show: ShowPublication) -> Taken:
        """The recording of the request. `before` is what an earlier attempt had found out about it."""
        if request.attached:
            return await self._attached(request, before)
        if request.link:
            return await self._links.take(
                request.team, request.link, language=request.language, report=report, show=show
            )
        return await self._shared(request, report)

    async def forget(self, team: str, media: Media) -> None:
        """Forget how the recording was found."""
        await self._links.forget(team, media)

    async def _shared(self, request: RecapRequest, report: Report) -> Taken:
        async with self._scratch.folder() as folder:
            path = folder / "media"
            slack = await self._workspaces.of(request.team)
            file = await slack.files.fetch(request.file_id, path, on_progress=fetching(report))
            key = await keep_media(self._blobs, request.team, file.sha256, path)
        media = Media(
            id=file.sha256, key=key, name=file.name, size=file.size, mimetype=file.mimetype, url=file.permalink
        )
        return Taken(media=media)

    async def _attached(self, request: RecapRequest, before: Media | None) -> Taken:
        """The words that a person attached, for the recording that could not be read."""
        async with self._scratch.folder() as folder:
            path = folder / "transcript"
            slack = await self._workspaces.of(request.team)
            file = await slack.files.fetch(request.attached, path)
            body = await asyncio.to_thread(path.read_bytes)
        media = before or _unread(request, file.sha256)
        duration = media.publication.duration if media.publication else None
        transcript = await asyncio.to_thread(_read_attached, body, request.attached_kind, duration)
        return Taken(media=media, transcript_key=await keep_words(self._blobs, request.team, media.id, transcript))


def _unread(request: RecapRequest, digest: str) -> Media:
    """The recording, of which nothing but the link is known."""
    known = request.link.model_dump(include={"identity", "url", "moment_url"}) if request.link else {}
    return Media(id=digest, key=None, name=request.name, size=0, **known)


def _read_attached(body: bytes, kind: str, duration: float | None) -> Transcript:
    cues = parse(body, kind)
    text = " ".join(cue.text for cue in cues[:_TELLING])
    return transcript_of(cues, language=language_of(text) or "und", duration=duration, engine=_ATTACHED)
