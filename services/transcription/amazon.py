"""Transcriber by Amazon Transcribe."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from services.storage import BlobMissing
from services.storage.s3 import S3Blobs
from services.storage.scratch import Scratch
from services.transcription.amazon_hearing import Hearing
from services.transcription.amazon_job import Jobs, Poll
from services.transcription.amazon_languages import languages_of
from services.transcription.amazon_reasons import JobGone
from services.transcription.amazon_sound import is_silent
from services.transcription.amazon_task import Settings, Task
from services.transcription.sound import Sound
from services.vocabulary.errors import RetryableError, UserError
from services.vocabulary.media import Audio, Media
from services.vocabulary.progress import Report
from services.vocabulary.transcript import Transcript

_SHORTEST = 0.5  # seconds: https://docs.aws.amazon.com/transcribe/latest/dg/limits-guidelines.html
_TRIES = 3


class AmazonTranscriber:
    """Speech recognition with speakers by jobs of Amazon Transcribe; see the Protocol for what it promises.

    `client` is boto3's, with few attempts of its own: this class tries again without holding a thread. `blobs` is the
    store in whose bucket the recordings lie; jobs read them there and write there, and in the same region. `languages`
    are those spoken here (none: any; one: not identified; two to five: one of these), `vocabulary` names custom
    vocabularies (see `languages_of`), `redact_pii` leaves personal data out, and `kms_key` encrypts what jobs write.
    `chunk_minutes` cuts recordings into chunks that are heard at the same time. With `queue_role` (an ARN) jobs beyond
    the account's limit wait in the service's own queue, which reads and writes with that role. `poll` is how often a
    job is looked at and `threads` how many calls run at once, for all recordings together.

    What it does once is not paid twice: a job's name is made from the recording and the settings, so work that was
    interrupted, by a crash or by canceling, goes on with the job that was started; and what was heard is kept beside
    the workspace's transcripts before the job is deleted.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - boto3 has no types
        blobs: S3Blobs,
        *,
        scratch: Scratch,
        languages: Sequence[str] = (),
        vocabulary: str | None = None,
        redact_pii: bool = False,
        kms_key: str | None = None,
        chunk_minutes: float | None = None,
        queue_role: str | None = None,
        poll: Poll = Poll(),  # noqa: B008 - a frozen value
        threads: int = 8,
    ) -> None:
        self._settings = Settings(
            languages=languages_of(languages, vocabulary),
            redact=redact_pii,
            kms_key=kms_key,
            chunk=chunk_minutes and chunk_minutes * 60,
            queue_role=queue_role,
        )
        self._blobs = blobs
        self._jobs = Jobs(client, threads=threads, poll=poll)
        self._hearing = Hearing(self._jobs, blobs, scratch)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def engine(self) -> str:
        """The service, the settings, and the number of the recipe around it."""
        return f"amazon transcribe {self._settings.fingerprint} recipe 1"

    def notify(self, job: str) -> None:
        """An event says that this job moved: look at it now. Events may be lost, doubled or of others' jobs."""
        self._jobs.notify(job)

    async def transcribe(
        self,
        audio: Audio,
        *,
        report: Report,
        language: str | None = None,
        speakers: int | None = None,
        original: Media | None = None,
    ) -> Transcript:
        """Hear the audio out and say who said what, when."""
        options = self._settings.languages.options
        wanted = language or (options[0] if len(options) == 1 else None)
        code = self._settings.languages.code(wanted) if wanted else None
        if audio.duration < _SHORTEST or await asyncio.to_thread(_silent, audio):
            return Transcript(language="und", duration=audio.duration, engine=self.engine)
        media = original.id if original else await asyncio.to_thread(_digest, audio)
        team = original.key.split("/", maxsplit=1)[0] if original and original.key else "unshared"
        task = Task(team=team, media=media, settings=self._settings, code=code, speakers=speakers)
        # The same recording shared twice is heard once: the second waits, and then finds what the first kept.
        async with self._turns.setdefault(task.name, asyncio.Lock()):
            found = await self._heard(task, audio, original, report)
        return found.model_copy(update={"engine": self.engine})

    async def _heard(self, task: Task, audio: Audio, original: Media | None, report: Report) -> Transcript:
        key = f"{task.folder}/heard.json"
        for _ in range(_TRIES):
            try:
                return await asyncio.to_thread(Transcript.model_validate_json, await self._blobs.read(key))
            except BlobMissing:
                pass
            used: list[str] = []
            try:
                transcript = await self._hearing.hear(task, audio, original, report, used)
            except JobGone:  # another process is done with it, and has kept what it heard; or a rule deleted it
                continue
            except UserError:  # the same would be said again
                await self._hearing.clear(task, used)
                raise
            await self._blobs.write(key, (await asyncio.to_thread(transcript.model_dump_json)).encode())
            await self._hearing.clear(task, used)
            return transcript
        raise RetryableError("The transcription job, or what it wrote, keeps disappearing before it is read")

    async def close(self) -> None:
        """Let the threads go; jobs under way go on, and are found again."""
        self._jobs.close()


def _silent(audio: Audio) -> bool:
    return is_silent(Sound(Path(audio.path)))


def _digest(audio: Audio) -> str:
    with Path(audio.path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
