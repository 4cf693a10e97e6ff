"""Forgetting a recap: what there is of it, and how it goes.

What is made from a recording lies under its media's id, `team/kind/media.id/...`, so that deleting by prefix takes the
results of earlier attempts and older engines too.
"""

from __future__ import annotations

from services.storage import Blobs
from services.storage.exchanges import Exchanges
from services.storage.posts import Posts
from services.storage.recaps import RecapRecord, Recaps
from services.vocabulary.base import Value
from services.workflows.outputs import outputs_of
from services.workflows.rows import forget, ids_below
from services.workflows.sources import Sources

_MADE = ("transcripts", "summaries", "narrations")


class Inventory(Value):
    """What there is of one recap. `shared`: another recap is of the same recording, so what both rest on stays."""

    recordings: int = 0
    transcripts: int = 0
    summaries: int = 0
    narrations: int = 0
    messages: int = 0
    files: int = 0
    canvases: int = 0
    answers: tuple[str, ...] = ()
    shared: bool = False


class Erasure:
    """Forgets recaps. All of it can be done again after a crash in the middle."""

    def __init__(self, *, recaps: Recaps, exchanges: Exchanges, posts: Posts, blobs: Blobs, sources: Sources) -> None:
        self._recaps = recaps
        self._exchanges = exchanges
        self._posts = posts
        self._blobs = blobs
        self._sources = sources

    async def inventory(self, record: RecapRecord) -> Inventory:
        """What deleting the recap takes away."""
        others = await self._others(record)
        answers = await self._exchanges.ids(record.id)
        posts = [post for subject in (record.id, *answers) for post in await self._posts.of(subject)]
        own_summary = bool(record.summary_key) and all(other.summary_key != record.summary_key for other in others)
        return Inventory(
            recordings=int(bool(record.media and record.media.key) and not others),
            transcripts=int(bool(record.transcript_key) and not others),
            summaries=int(own_summary),
            narrations=int(own_summary and bool(record.narration and record.narration.key)),
            messages=sum(post.kind == "message" and post.ts is not None for post in posts),
            files=sum(post.kind == "file" and post.file_id is not None for post in posts),
            canvases=sum(post.kind == "canvas" and post.file_id is not None for post in posts),
            answers=tuple(answers),
            shared=bool(others),
        )

    async def forget_blobs(self, record: RecapRecord) -> None:
        """Delete the recording and all that was made from it, as far as no other recap rests on it."""
        await self._blobs.delete(outputs_of(record.id))
        others = await self._others(record)
        if record.media and not others:
            await self._sources.forget(record.team, record.media)
            for kind in ("media", *_MADE):
                await self._blobs.delete(f"{record.team}/{kind}/{record.media.id}")
        narration = record.narration.key if record.narration else None
        own = {record.summary_key, narration, narration.removesuffix(".mp3") + ".json" if narration else None}
        if all(other.summary_key != record.summary_key for other in others):
            for key in filter(None, own):
                await self._blobs.delete(key)

    async def forget_engine_rows(self, *subjects: str) -> int:
        """Delete what the engine keeps of ended work on these recaps and questions; how much that was."""
        ids = await ids_below(subjects)
        await forget(ids)
        return len(ids)

    async def remove(self, record: RecapRecord) -> None:
        """Forget the recap wholly: blobs, records of posts, exchanges, ratings, the row itself. Slack is left alone."""
        await self.forget_blobs(record)
        subjects = (record.id, *await self._exchanges.ids(record.id))
        await self._exchanges.forget_ratings(subjects)
        for subject in subjects:
            await self._posts.forget_all(subject)
        await self._recaps.remove(record.id)

    async def _others(self, record: RecapRecord) -> list[RecapRecord]:
        """The other recaps of the same recording in the workspace."""
        if record.media is None:
            return []
        ids = [each for each in await self._recaps.sharing(record.team, record.media.id) if each != record.id]
        return [other for each in ids if (other := await self._recaps.get(each))]
