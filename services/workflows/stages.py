"""What is done to a recording, stage by stage.

Each stage keeps its result under a key made from what went in, so that the same bytes are never heard twice in a
workspace, and a stage that is driven again finds what it had finished.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path

from services.language import LanguageModel
from services.media.decode import Decoder
from services.speech import SpeechSynthesizer, Spoken
from services.speech.narration import narration_script
from services.storage import Blobs
from services.storage.scratch import Scratch
from services.summarization import Summarizer
from services.summarization.published import published_chapters
from services.summarization.speakers import propose_names
from services.transcription import Transcriber
from services.transcription.naming import name_speakers
from services.vocabulary.media import Media
from services.vocabulary.progress import Progress, Report, Stage
from services.vocabulary.recap import Narration, Summary
from services.vocabulary.source import Marker
from services.vocabulary.transcript import Transcript
from services.workflows.line import Line
from services.workflows.unkept import Unkept

# Decoding an hour takes about 15 s and recognizing it minutes (reference figures), so it is the first twentieth.
_DECODING_SHARE = 0.05


def _fingerprint(*parts: str | None) -> str:
    return hashlib.sha256("\n".join(part or "" for part in parts).encode()).hexdigest()[:12]


def _media_id(key: str) -> str:
    """Whose words a key leads to: what is made from them is kept under the same id, and so deleted with them."""
    return key.split("/")[2]


class Stages:
    """The engines of one process, with the line before the scarce one.

    `scratch` holds decoded sound while it is heard; `longest` is the longest recording taken, in seconds. `places` is
    how many recordings are heard at once. `model` names speakers whom rules alone could not name. A stage's `subject`
    is the recap that it is done for: what a model costs is counted for that one, whoever else finds it done.
    """

    def __init__(
        self,
        *,
        blobs: Blobs,
        transcriber: Transcriber,
        summarizer: Summarizer,
        synthesizer: SpeechSynthesizer,
        scratch: Scratch,
        decoder: Decoder,
        longest: float,
        places: int,
        model: LanguageModel | None = None,
    ) -> None:
        self._blobs = blobs
        self._transcriber = transcriber
        self._summarizer = summarizer
        self._synthesizer = synthesizer
        self._scratch = scratch
        self._decoder = decoder
        self._longest = longest
        self._model = model
        self._line = Line(places)
        self._unkept = Unkept()

    async def hear(
        self, team: str, media: Media, *, arrived: float, report: Report, subject: str, language: str | None = None
    ) -> str:
        """The key of the transcript, with speakers named where the words prove it. Raises as `Transcriber` does."""
        key = f"{team}/transcripts/{media.id}/{_fingerprint(self._transcriber.engine, language)}.json"

        def moved(place: int) -> None:
            report(Progress(stage=Stage.QUEUED, detail=f"number {place} in line"))

        if not await self._blobs.exists(key):
            async with self._line.turn(arrived, moved):
                if not await self._blobs.exists(key):  # the same bytes may have been heard while we waited
                    async with self._unkept.held(key, lambda: self._listen(media, report, language, subject)) as made:
                        await self._keep(key, made)
        return key

    async def _listen(self, media: Media, report: Report, language: str | None, subject: str) -> Transcript:
        def decoding(fraction: float | None) -> None:
            report(Progress(stage=Stage.TRANSCRIBE, fraction=(fraction or 0.0) * _DECODING_SHARE))

        def recognizing(progress: Progress) -> None:
            done = _DECODING_SHARE + (progress.fraction or 0.0) * (1 - _DECODING_SHARE)
            report(progress.model_copy(update={"fraction": done}))

        if media.key is None:
            raise ValueError("no bytes of this recording are held")
        async with self._scratch.folder() as folder:
            async with self._blobs.local(media.key) as source:
                audio = await self._decoder.decode(
                    source, folder / "sound.pcm", name=media.name, max_seconds=self._longest, on_progress=decoding
                )
            transcript = await self._transcriber.transcribe(
                audio, report=recognizing, language=language, original=media
            )
        named = await asyncio.to_thread(name_speakers, transcript)
        return await propose_names(self._model, named, subject=subject) if self._model else named

    async def summarize(
        self,
        team: str,
        transcript_key: str,
        *,
        subject: str,
        language: str | None = None,
        published: Sequence[Marker] = (),
    ) -> str:
        """The key of the summary, with the publisher's chapters where there are any. Raises as `Summarizer` does."""
        markers = [marker.model_dump_json() for marker in published]
        made = _fingerprint(transcript_key, self._summarizer.engine, language, *markers)
        key = f"{team}/summaries/{_media_id(transcript_key)}/{made}.json"
        if not await self._blobs.exists(key):

            async def make() -> Summary:
                return await self._sum_up(await self.transcript(transcript_key), language, published, subject)

            async with self._unkept.held(key, make) as summary:
                if summary.engine != self._summarizer.engine:  # written by what stood in: next time may be better
                    key = key.removesuffix(".json") + "-meanwhile.json"
                await self._keep(key, summary)
        return key

    async def _sum_up(
        self, transcript: Transcript, language: str | None, published: Sequence[Marker], subject: str
    ) -> Summary:
        summary = await self._summarizer.summarize(transcript, language=language, subject=subject)
        chapters = published_chapters(published, transcript)
        return summary.model_copy(update={"chapters": chapters}) if chapters else summary

    async def narrate(self, team: str, transcript_key: str, summary_key: str) -> Narration:
        """The spoken summary; without audio, and with the reason, where there is no voice or it failed for good."""
        stem = f"{team}/narrations/{_media_id(summary_key)}/{_fingerprint(summary_key, self._synthesizer.engine)}"
        if await self._blobs.exists(f"{stem}.json"):
            return Narration.model_validate_json(await self._blobs.read(f"{stem}.json"))
        summary, transcript = await self.summary(summary_key), await self.transcript(transcript_key)
        text = narration_script(summary, transcript, transcript.duration)
        if not text:
            return Narration(text="", language=summary.language, reason="There is too little to say aloud.")
        if not self._synthesizer.speaks(summary.language):
            reason = f"There is no audio, because I have no voice for this language ({summary.language}) yet."
            return Narration(text=text, language=summary.language, reason=reason)
        async with self._unkept.held(stem, lambda: self._speak(text, summary.language)) as (spoken, sound):
            await self._blobs.write(f"{stem}.mp3", sound)
            narration = Narration(
                text=text,
                language=summary.language,
                key=f"{stem}.mp3",
                duration=spoken.duration,
                voice=spoken.voice,
                marks=spoken.marks,
            )
            await self._keep(f"{stem}.json", narration)
        return narration

    async def _speak(self, text: str, language: str) -> tuple[Spoken, bytes]:
        """What was said, and its mp3: two minutes at most, so that it can be held in memory."""
        async with self._scratch.folder() as folder:
            spoken = await self._synthesizer.synthesize(text, language=language, path=folder / "recap.mp3")
            return spoken, await asyncio.to_thread(Path(spoken.path).read_bytes)

    async def _keep(self, key: str, value: Transcript | Summary | Narration) -> None:
        await self._blobs.write(key, await asyncio.to_thread(lambda: value.model_dump_json().encode()))

    async def transcript(self, key: str) -> Transcript:
        """The transcript kept under that key."""
        return await asyncio.to_thread(Transcript.model_validate_json, await self._blobs.read(key))

    async def summary(self, key: str) -> Summary:
        """The summary kept under that key."""
        return await asyncio.to_thread(Summary.model_validate_json, await self._blobs.read(key))
