"""The finished recaps, put together again from their parts."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from services.player import Playable
from services.player.links import PlayerLinks
from services.publishing.naming import media_title
from services.publishing.times import Link, no_link
from services.storage import BlobMissing, Blobs
from services.storage.recaps import RecapRecord, Recaps, Status
from services.vocabulary.recap import Recap
from services.workflows.requests import RecapRequest
from services.workflows.stages import Stages


class Library:
    """Reads recaps; writes nothing. `links` is None where people cannot reach our player."""

    def __init__(self, recaps: Recaps, stages: Stages, blobs: Blobs, *, links: PlayerLinks | None) -> None:
        self._recaps = recaps
        self._stages = stages
        self._blobs = blobs
        self._links = links

    def link(self, recap: Recap) -> Link:
        """Where a person can open the recording at a second: our player, else its source, else nowhere."""
        if self._links:
            return self._links.opener(recap.id, time.time())
        if pattern := recap.media.moment_url:
            return lambda seconds: pattern.format(seconds=int(seconds))
        return no_link

    @asynccontextmanager
    async def media(self, recap_id: str) -> AsyncIterator[Playable | None]:
        """The recording itself, for the player; None where it is gone or was never held."""
        record = await self._recaps.get(recap_id)
        media = record.media if record and record.status is not Status.DELETED else None
        async with self._playable(media.key if media else None, media.mimetype if media else "") as playable:
            yield playable

    @asynccontextmanager
    async def narration(self, recap_id: str) -> AsyncIterator[Playable | None]:
        """The spoken summary, for the player; None where there is none."""
        record = await self._recaps.get(recap_id)
        narration = record.narration if record and record.status is not Status.DELETED else None
        async with self._playable(narration.key if narration else None, "audio/mpeg") as playable:
            yield playable

    @asynccontextmanager
    async def _playable(self, key: str | None, content_type: str) -> AsyncIterator[Playable | None]:
        async with AsyncExitStack() as stack:
            try:
                path = await stack.enter_async_context(self._blobs.local(key)) if key else None
            except BlobMissing:
                path = None
            yield Playable(path=path, content_type=content_type) if path else None

    async def name(self, recap_id: str) -> str | None:
        """What the recording is called; None for an unknown or deleted recap."""
        record = await self._recaps.get(recap_id)
        if record is None or record.status is Status.DELETED:
            return None
        return media_title(record.media) if record.media else str(record.request.get("name", ""))

    async def recap(self, recap_id: str) -> Recap | None:
        """The recap with its transcript and summary; None for one that is unknown, unfinished or deleted."""
        record = await self._recaps.get(recap_id)
        return await self.of(record) if record else None

    async def of(self, record: RecapRecord) -> Recap | None:
        """The recap of a record."""
        if record.status is Status.DELETED or not (record.media and record.transcript_key and record.summary_key):
            return None
        try:
            transcript = await self._stages.transcript(record.transcript_key)
            summary = await self._stages.summary(record.summary_key)
        except BlobMissing:
            return None  # deleted between the two reads
        request = RecapRequest.model_validate(record.request)
        return Recap(
            id=record.id,
            media=record.media,
            transcript=transcript,
            summary=summary,
            narration=record.narration,
            seconds=record.seconds or 0.0,
            start=request.link.start if request.link else None,
            language=request.language,
            length=request.length,
        )


def spine_of(recap: Recap) -> dict[str, Any]:
    """The columns by which lists of recaps show it and are searched."""
    gist = recap.summary.gist.text if recap.summary.gist else ""
    return {"title": media_title(recap.media), "gist": gist, "duration": recap.transcript.duration}
