"""The engines of this machine behind the stand-ins: recognition, voice, and sentences that are quotes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.settings import Settings
from sandbox.aws.engines import Engines, Heard, HeardWord, Turn
from sandbox.aws.extractive import ExtractiveResponder
from services.answering.extractive import ExtractiveAnswerer
from services.media.decode import Decoder, open_decoder
from services.speech import SpeechSynthesizer
from services.speech.local import LocalSynthesizer
from services.summarization.extractive import ExtractiveSummarizer
from services.transcription import Transcriber
from services.transcription.local import LocalTranscriber
from services.vocabulary.errors import UserError
from services.vocabulary.transcript import Segment, Transcript

_OUR_LANGUAGE = "en"


class LocalEar:
    """Decodes a file in a limited child, and hears it by a `Transcriber`."""

    def __init__(self, decoder: Decoder, transcriber: Transcriber) -> None:
        self._decoder = decoder
        self._transcriber = transcriber

    async def hear(self, path: Path, *, language: str | None, speakers: int | None) -> Heard:
        """What is said in the file. Raises as `decode` and the transcriber do."""
        del speakers  # the most that there may be, which is no hint of how many there are
        audio = await self._decoder.decode(path, path.with_suffix(".pcm"), name="the recording")
        transcript = await self._transcriber.transcribe(audio, report=lambda _: None, language=language)
        return heard(transcript)


class LocalVoice:
    """Says everything with the local voice, which is an English one whatever voice was asked for."""

    def __init__(self, synthesizer: SpeechSynthesizer) -> None:
        self._synthesizer = synthesizer

    async def speak(self, text: str, *, language: str, path: Path) -> None:
        """Say the text into the file. Raises UserError for a text that it cannot say."""
        known = language if self._synthesizer.speaks(language) else _OUR_LANGUAGE
        if not self._synthesizer.speaks(known):
            raise UserError(f"There is no voice for {language} here.")
        await self._synthesizer.synthesize(text, language=known, path=path)


def heard(transcript: Transcript) -> Heard:
    """A transcript as turns: one for each segment."""
    turns = tuple(Turn(segment.speaker, segment.start, segment.end, _words(segment)) for segment in transcript.segments)
    return Heard(transcript.language, turns)


def _words(segment: Segment) -> tuple[HeardWord, ...]:
    if segment.words:
        return tuple(
            HeardWord(word.text.strip(), word.start, word.end, segment.speaker, word.probability)
            for word in segment.words
        )
    said = segment.text.split()
    step = (segment.end - segment.start) / max(1, len(said))
    return tuple(
        HeardWord(word, segment.start + index * step, segment.start + (index + 1) * step, segment.speaker)
        for index, word in enumerate(said)
    )


@asynccontextmanager
async def local() -> AsyncIterator[Engines]:
    """All of them, by the settings of the environment; their processes end on leaving."""
    settings = await asyncio.to_thread(Settings)
    async with AsyncExitStack() as stack:
        transcriber = LocalTranscriber(
            cache=settings.models_dir,
            model=settings.whisper_model,
            threads=settings.hearing_threads,
            size=settings.hearing_at_once,
        )
        synthesizer = LocalSynthesizer(models_dir=settings.models_dir)
        summarizer, answerer = ExtractiveSummarizer(), ExtractiveAnswerer()
        for part in (transcriber, synthesizer, summarizer, answerer):
            stack.push_async_callback(part.close)
        decoder = await stack.enter_async_context(open_decoder())
        responder = ExtractiveResponder(summarizer, answerer)
        yield Engines(LocalEar(decoder, transcriber), LocalVoice(synthesizer), responder)
