"""SpeechSynthesizer on Amazon Polly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import structlog
from botocore.exceptions import BotoCoreError, ClientError

from services.speech import Spoken
from services.speech.loudness import Samples
from services.speech.mastering import PARAGRAPH_PAUSE, SENTENCE_PAUSE, Piece, joined, trimmed, write_spoken
from services.speech.polly_errors import Unsupported, translated
from services.speech.polly_marks import sentence_marks
from services.speech.polly_ssml import Part, parts
from services.speech.polly_voices import Choice, Voice, choices, dialects, refreshed
from services.storage.aws import Calls
from services.vocabulary.errors import EarshotError, OperatorError, RetryableError, UserError
from services.vocabulary.recap import SpeechMark

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")

# The highest rate that Polly gives uncompressed sound in; two bytes a sample. Compressed sound would reach 24,000, but
# the joints of its parts would be heard.
_RATE = 16_000
_BYTES = 2
# Neural voices take eight requests a second in a whole account.
_THREADS = 4
# Parts of narrations that could not be finished, held for the next try: up to three minutes of sound each, 12 MB.
_MOST_FINISHED = 8
_Finished = tuple[Samples, list[SpeechMark] | None]


class PollySynthesizer:
    """Amazon Polly's voices; see the Protocol for what it promises.

    `client` is a boto3 client of Polly. `table` (`read_table`) serves until the region has told its voices, at first
    use, and when it does not. `engine_preference` names the engines that may speak, the best first; `voices` the voice
    for a language (ISO 639-1 or with a region), where one was chosen. With `marks`, sentences come with their seconds,
    which Polly bills as a second reading of the text. Transcribe's language codes are understood too.

    Raises also RetryableError when Polly is busy or away, OperatorError when it refuses us.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - boto3 makes its clients at run time
        *,
        table: Sequence[Voice],
        engine_preference: Sequence[str] = ("generative", "neural", "standard"),
        voices: Mapping[str, str] | None = None,
        marks: bool = True,
    ) -> None:
        self._client = client
        self._engines = tuple(engine_preference)
        self._named = dict(voices or {})
        self._voices = tuple(table)
        self._marks = marks
        self._refreshed = False
        self._refreshing = asyncio.Lock()
        self._finished: dict[tuple[Part, Choice], _Finished] = {}
        self._calls = Calls("polly", _THREADS)

    @property
    def engine(self) -> str:
        """The engines in their order, the chosen voices, and the way the text is treated."""
        named = (f"{language}={voice}" for language, voice in sorted(self._named.items()))
        return " ".join(("polly", ",".join(self._engines), *named, "marks 1" if self._marks else "1"))

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for that language."""
        known = {
            code
            for voice in self._voices
            if set(voice.engines) & set(self._engines)
            for code in (voice.language, *voice.also)
        }
        return not known.isdisjoint(dialects(language))

    async def synthesize(self, text: str, *, language: str, path: Path) -> Spoken:
        """Speak the text into the file."""
        await self._refresh()
        requests = await asyncio.to_thread(parts, text, language)
        options = list(choices(self._voices, language, engines=self._engines, named=self._named))
        if not options:
            raise UserError(f"I have no voice for this language ({language}) yet.")
        if not requests:
            raise UserError("There is nothing in that text that can be said aloud.")
        for choice in options:
            try:
                return await self._spoken(requests, choice, path)
            except Unsupported as error:
                _log.info("voice is not to be had here", voice=choice.voice, engine=choice.engine, reason=str(error))
        raise OperatorError(f"Amazon Polly has no voice for {language} in this region; choose others, or a region")

    async def close(self) -> None:
        """Take no more work; what is being asked for ends by its own timeout."""
        self._calls.close()

    async def _spoken(self, requests: Sequence[Part], choice: Choice, path: Path) -> Spoken:
        pieces, marks = list[Piece](), list[list[SpeechMark] | None]()
        for part in requests:
            sound, times = await self._once(part, choice)
            pieces.append(Piece(sound, PARAGRAPH_PAUSE if part.closes else SENTENCE_PAUSE))
            marks.append(times)
        whole, starts = await asyncio.to_thread(joined, pieces, _RATE)
        duration = await asyncio.to_thread(write_spoken, path, whole, _RATE)
        for part in requests:
            self._finished.pop((part, choice), None)
        voice = f"{choice.voice} ({choice.engine})"
        return Spoken(path=str(path), duration=duration, voice=voice, marks=_placed(marks, starts))

    async def _once(self, part: Part, choice: Choice) -> _Finished:
        """A part's sound and marks: what was finished before a later part failed is not asked, and paid, for again."""
        if (part, choice) not in self._finished:
            sound, cut = await asyncio.to_thread(_samples, await self._call(self._sound, part=part, choice=choice))
            self._finished[part, choice] = sound, await self._marked(part, choice, cut)
        finished = self._finished[part, choice]
        while len(self._finished) > _MOST_FINISHED:
            self._finished.pop(next(iter(self._finished)))
        return finished

    async def _marked(self, part: Part, choice: Choice, cut: int) -> list[SpeechMark] | None:
        """The sentences' seconds from the part's first sound on; None where Polly does not tell: audio matters more."""
        if not self._marks:
            return None
        try:
            stream = await self._call(self._mark_lines, part=part, choice=choice)
        except (EarshotError, Unsupported, RuntimeError) as error:
            _log.warning("no speech marks", voice=choice.voice, engine=choice.engine, reason=str(error))
            return None
        return sentence_marks(stream, part.spans, shift=-cut / _RATE)

    async def _refresh(self) -> None:
        """Ask the region for its voices, once; the table goes on serving when it does not say."""
        async with self._refreshing:
            if self._refreshed:
                return
            try:
                live = await self._call(self._described)
            except (EarshotError, Unsupported, RuntimeError) as error:
                _log.warning("the table of voices serves, DescribeVoices failed", reason=str(error))
                return
            self._voices, self._refreshed = live or self._voices, True

    async def _call(self, work: Callable[..., _T], **arguments: object) -> _T:
        """Run it in a thread of ours; what the AWS library raises becomes an error of ours."""
        try:
            result: _T = await self._calls(work, **arguments)
        except (ClientError, BotoCoreError) as error:
            raise translated(error) from error
        return result

    def _described(self) -> tuple[Voice, ...]:
        pages = self._client.get_paginator("describe_voices").paginate()
        return refreshed(self._voices, (voice for page in pages for voice in page["Voices"]))

    def _sound(self, part: Part, choice: Choice) -> bytes:
        return self._asked(part, choice, OutputFormat="pcm", SampleRate=str(_RATE))

    def _mark_lines(self, part: Part, choice: Choice) -> bytes:
        return self._asked(part, choice, OutputFormat="json", SpeechMarkTypes=["sentence"])

    def _asked(self, part: Part, choice: Choice, **form: object) -> bytes:
        bilingual = {"LanguageCode": choice.language} if choice.language else {}
        answer = self._client.synthesize_speech(
            Engine=choice.engine, VoiceId=choice.voice, TextType="ssml", Text=part.ssml, **bilingual, **form
        )
        # Not `with` the stream itself: that is urllib3's, whose errors are not botocore's.
        with closing(answer["AudioStream"]) as stream:
            return bytes(stream.read())


def _placed(groups: Sequence[Sequence[SpeechMark] | None], starts: Sequence[float]) -> tuple[SpeechMark, ...]:
    """The marks of all parts at their seconds of the whole; none where a part's are missing, as they would mislead."""
    return tuple(
        mark.model_copy(update={"start": round(start + mark.start, 3)})
        for start, group in zip(starts, groups, strict=True)
        for mark in (group if group and None not in groups else ())
    )


def _samples(pcm: bytes) -> tuple[Samples, int]:
    """The sound in -1..1 without its silent ends, and how many samples went before it. Raises RetryableError."""
    whole = np.frombuffer(pcm[: len(pcm) // _BYTES * _BYTES], "<i2")
    sound, cut = trimmed(np.asarray(whole / 32768, np.float32))
    if not sound.size:
        raise RetryableError("Amazon Polly answered without any sound")
    return sound, cut
