"""One recording through Amazon Transcribe: as it lies in the bucket if that will do, else as FLAC, in parts if long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from pathlib import Path

import structlog

from services.storage import BlobMissing
from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from services.transcription.amazon_document import Heard
from services.transcription.amazon_job import Jobs
from services.transcription.amazon_part import hear_part
from services.transcription.amazon_progress import Shares
from services.transcription.amazon_reasons import NothingSaid, Unsuitable, unheard
from services.transcription.amazon_sound import is_accepted, make_flac
from services.transcription.amazon_split import Part, split, whole
from services.transcription.amazon_stitch import stitch, transcript_of
from services.transcription.amazon_task import Task
from services.transcription.sound import Sound
from services.vocabulary.errors import EarshotError
from services.vocabulary.media import Audio, Media
from services.vocabulary.progress import Report
from services.vocabulary.transcript import Transcript

_log = structlog.get_logger(__name__)

# https://docs.aws.amazon.com/transcribe/latest/dg/limits-guidelines.html: 4 hours, 2 GB. The decoder and the service
# may differ by a few frames.
_LONGEST, _LARGEST = 4 * 3600 - 30.0, 2_000_000_000
_OVERLAP, _OVERLAP_SHARE = 120.0, 0.1
_PACKING = 2  # parts that are packed at once
_HEAD = 64
_DIFFERENCE, _DIFFERENCE_SHARE = 2.0, 0.01


class Hearing:
    """Runs the jobs of recordings. `longest` is the seconds of sound that one job takes."""

    def __init__(self, jobs: Jobs, blobs: S3Blobs, scratch: Scratch, *, longest: float = _LONGEST) -> None:
        self._jobs = jobs
        self._blobs = blobs
        self._scratch = scratch
        self._longest = longest
        self._packing = asyncio.Semaphore(_PACKING)

    async def hear(
        self, task: Task, audio: Audio, original: Media | None, report: Report, used: list[str]
    ) -> Transcript:
        """The transcript; `used` is given the names of the jobs that it takes.

        Raises JobGone where a job, or what it wrote, was deleted meanwhile; else as `Transcriber` does.
        """
        try:
            heard = await self._in_some_form(task, audio, original, report, used)
        except NothingSaid:
            heard = Heard(words=(), labels=(), speech=(), language=None)
        return await asyncio.to_thread(transcript_of, heard, duration=audio.duration, one_voice=task.speakers == 1)

    async def _in_some_form(
        self, task: Task, audio: Audio, original: Media | None, report: Report, used: list[str]
    ) -> Heard:
        key = original.key if original and task.settings.chunk is None else None
        if original and key and await self._lies_ready(original, audio):
            part = whole(audio.duration)[0]
            used.append(task.job(0, part, "as-is"))
            try:
                return await self._part(task, part, used[-1], lambda: _given(key), Shares(report, [1]).of(0))
            except Unsuitable as error:
                _log.info("the recording is taken only as FLAC", job=used[-1], reason=str(error))
        try:
            return await self._as_flac(task, Path(audio.path), report, used)
        except Unsuitable as error:
            raise unheard(str(error)) from error

    async def _lies_ready(self, media: Media, audio: Audio) -> bool:
        """Whether the service can hear the file itself, with the times that the decoded sound has."""
        if audio.damaged or audio.duration > self._longest or not 0 < media.size <= _LARGEST:
            return False
        claimed = audio.duration if audio.header_duration is None else audio.header_duration
        if abs(claimed - audio.duration) > max(_DIFFERENCE, _DIFFERENCE_SHARE * audio.duration):
            return False
        try:
            return is_accepted(await self._blobs.head(str(media.key), _HEAD))
        except BlobMissing:  # recordings are kept somewhere else
            return False

    async def _as_flac(self, task: Task, path: Path, report: Report, used: list[str]) -> Heard:
        longest = min(task.settings.chunk or self._longest, self._longest)
        overlap = min(_OVERLAP, _OVERLAP_SHARE * longest)
        parts = await asyncio.to_thread(lambda: split(Sound(path), longest=longest, overlap=overlap))
        names = [task.job(number, part, "flac") for number, part in enumerate(parts)]
        used += names
        shares = Shares(report, [part.seconds for part in parts])

        def packing(name: str, part: Part) -> Callable[[], Awaitable[str]]:
            return lambda: self._packed(f"{task.room(name)}/sound.flac", path, part)

        documents = await _together(
            self._part(task, part, name, packing(name, part), shares.of(number))
            for number, (name, part) in enumerate(zip(names, parts, strict=True))
        )
        return await asyncio.to_thread(stitch, parts, documents)

    async def _part(
        self, task: Task, part: Part, job: str, media: Callable[[], Awaitable[str]], told: Callable[[float], None]
    ) -> Heard:
        return await hear_part(self._jobs, self._blobs, task, part, job=job, media=media, told=told)

    async def _packed(self, key: str, path: Path, part: Part) -> str:
        async with self._packing, self._scratch.folder() as folder:
            await make_flac(path, folder / "sound.flac", start=part.start, end=part.end)
            await self._blobs.put(key, folder / "sound.flac")
        return key

    async def clear(self, task: Task, used: Iterable[str]) -> None:
        """Delete those jobs, what they wrote and the sound that was made for them. What fails is left to retention."""
        for job in used:
            try:
                await self._jobs.delete(job)
                await self._blobs.delete(task.room(job))
            except EarshotError as error:
                _log.warning("a finished transcription job is not cleared away", job=job, error=str(error))


async def _given(key: str) -> str:
    return key


async def _together(works: Iterable[Coroutine[None, None, Heard]]) -> list[Heard]:
    """All results; the first error ends the others and is raised as it is."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
