"""Hand-written engines that are fast and predictable. They pass the contract suites of the real ones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import av
import numpy as np

from bot.bootstrap import Engines, OpenEngines
from bot.bootstrap.engines import Observe
from bot.settings import Settings
from services.answering import Say
from services.evidence.citations import cite
from services.evidence.splitting import split_text
from services.media.decode import open_decoder
from services.speech import Spoken
from services.storage.files import FileBlobs
from services.storage.scratch import Scratch
from services.vocabulary.errors import UserError
from services.vocabulary.media import Audio, Media
from services.vocabulary.progress import Progress, Report, Stage
from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Chapter, Point, SpeechMark, Summary
from services.vocabulary.transcript import Segment, Speaker, Transcript, Word
from services.workflows.stages import Stages

LINES = (
    "Good morning, this is the weekly meeting about the lighthouse.",
    "The lamp will be replaced on the third of March.",
    "I will order the new lamp tomorrow.",
    "We decided to paint the tower white.",
)


class FakeTranscriber:
    """Hears the same four lines in any sound that is not silent, in `pace` times its length. `journal` is its diary."""

    engine = "fake-transcriber-1"

    def __init__(self, *, pace: float = 0.0, journal: Path | None = None) -> None:
        self._pace = pace
        self._journal = journal

    def _note(self, what: str, audio: Audio) -> None:
        if self._journal:
            with self._journal.open("a") as journal:
                journal.write(f"{what} {audio.duration:.2f} {time.time():.3f}\n")

    async def transcribe(
        self,
        audio: Audio,
        *,
        report: Report,
        language: str | None = None,
        speakers: int | None = None,
        original: Media | None = None,
    ) -> Transcript:
        """Four lines, two speakers in turn."""
        await asyncio.to_thread(self._note, "begin", audio)
        for tenth in range(10):
            report(Progress(stage=Stage.TRANSCRIBE, fraction=tenth / 10))
            await asyncio.sleep(self._pace * audio.duration / 10)
        sound = await asyncio.to_thread(np.fromfile, audio.path, dtype=np.int16)
        await asyncio.to_thread(self._note, "end", audio)
        if not np.any(np.abs(sound) > 100):
            return Transcript(language=language or "und", duration=audio.duration, engine=self.engine)
        step = min(1.0, audio.duration / len(LINES))
        segments = tuple(_segment(index, line, step) for index, line in enumerate(LINES))
        voices = (Speaker(id=0, share=0.5), Speaker(id=1, share=0.5))
        return Transcript(
            language=language or "en",
            duration=audio.duration,
            segments=segments,
            speakers=voices,
            speech=step * len(LINES),
            covered=step * len(LINES),
            engine=self.engine,
        )


def _segment(index: int, line: str, step: float) -> Segment:
    start, words = index * step, line.split()
    each = step / len(words)
    spoken = tuple(Word(text=w, start=start + n * each, end=start + (n + 1) * each) for n, w in enumerate(words))
    return Segment(id=index, speaker=index % 2, start=start, end=start + step, text=line, words=spoken)


class FakeSummarizer:
    """The first line is the gist, every line is a point."""

    engine = "fake-summarizer-1"

    async def summarize(self, transcript: Transcript, *, language: str | None = None, subject: str = "") -> Summary:
        """Everything that was said."""
        if not transcript.segments:
            return Summary(language=transcript.language, engine=self.engine)
        points = tuple(Point(text=s.text, citations=(cite(transcript, s.id, s.id),)) for s in transcript.segments)
        last = transcript.segments[-1]
        chapter = Chapter(title="All of it", start=0, end=last.end, first=0, last=last.id)
        return Summary(
            language=transcript.language,
            gist=points[0],
            points=points,
            chapters=(chapter,),
            statements=len(points) + 1,
            traced=len(points) + 1,
            engine=self.engine,
        )


_SLOWLY = 20


class FakeAnswerer:
    """Answers with the first line that shares a long word with the question. `pause` seconds are between lines."""

    engine = "fake-answerer-1"

    def __init__(self, *, pause: float = 0.5) -> None:
        self._pause = pause

    async def answer(
        self, question: Question, transcript: Transcript, say: Say | None = None, *, subject: str = ""
    ) -> Answer:
        """One line, or nothing; all of them, one after the other, where everything is asked for, also slowly."""
        if "everything" in question.text:
            pause = self._pause * (_SLOWLY if "slowly" in question.text else 1)
            return await self._tell(transcript, say, pause)
        asked = {word.strip("?.,!").lower() for word in question.text.split() if len(word) > 3}
        for segment in transcript.segments:
            if asked & {word.strip("?.,!").lower() for word in segment.text.split()}:
                point = Point(text=segment.text, citations=(cite(transcript, segment.id, segment.id),))
                return Answer(found=True, sentences=(point,), engine=self.engine)
        return Answer(found=False, engine=self.engine)

    async def _tell(self, transcript: Transcript, say: Say | None, pause: float) -> Answer:
        said: list[Point] = []
        for segment in transcript.segments:
            said.append(Point(text=segment.text, citations=(cite(transcript, segment.id, segment.id),)))
            if say and not await say(said[-1]):
                break
            await asyncio.sleep(pause)
        return Answer(found=bool(said), sentences=tuple(said), engine=self.engine)


class FakeSynthesizer:
    """A tone as long as the text would take."""

    engine = "fake-synthesizer-1"

    def speaks(self, language: str) -> bool:
        """English only."""
        return language == "en"

    async def synthesize(self, text: str, *, language: str, path: Path) -> Spoken:
        """Write the tone as mp3."""
        if not self.speaks(language):
            raise UserError(f"There is no voice for {language}.")
        seconds = max(1.0, len(text.split()) / 2.6)
        await asyncio.to_thread(write_tone, path, seconds)
        marks, words = [], 0
        for sentence in (each for paragraph in text.split("\n\n") for each in split_text(paragraph)):
            if not any(character.isalnum() for character in sentence):
                continue
            marks.append(SpeechMark(start=words / 2.6, text=sentence))
            words += len(sentence.split())
        return Spoken(path=str(path), duration=seconds, voice="tone", marks=tuple(marks))


def write_tone(path: Path, seconds: float, *, hertz: float = 440.0, rate: int = 16_000) -> None:
    """A tone as a sound file, in the format that the name says."""
    time = np.arange(int(seconds * rate)) / rate
    samples = (np.sin(2 * np.pi * hertz * time) * 8_300).astype(np.int16)
    with av.open(str(path), "w") as container:
        codec = {".mp3": "libmp3lame", ".wav": "pcm_s16le", ".flac": "flac"}[path.suffix]
        stream = cast("av.AudioStream", container.add_stream(codec, rate=rate, layout="mono"))
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


def fake_engines(*, pace: float = 0.0, journal: Path | None = None) -> OpenEngines:
    """What `bot.bootstrap.open_parts` takes in the place of the real engines."""

    @asynccontextmanager
    async def opened(settings: Settings, _observe: Observe) -> AsyncIterator[Engines]:
        blobs = FileBlobs(settings.data_dir / "blobs")
        async with open_decoder() as decoder:
            stages = Stages(
                blobs=blobs,
                transcriber=FakeTranscriber(pace=pace, journal=journal),
                summarizer=FakeSummarizer(),
                synthesizer=FakeSynthesizer(),
                scratch=Scratch(settings.scratch_dir),
                decoder=decoder,
                longest=settings.max_hours * 3600,
                places=settings.hearing_at_once,
            )
            yield Engines(blobs=blobs, stages=stages, answerer=FakeAnswerer())

    return opened
