"""SpeechSynthesizer on this machine: the piper program with a voice from the model cache, in a worker process."""

from __future__ import annotations

import asyncio
from pathlib import Path

from services.processes import ChildDied, Limits, Pool
from services.speech import Spoken
from services.vocabulary.errors import RetryableError, UserError
from services.vocabulary.recap import SpeechMark
from services.weights import ensure

_ENTRY = "services.speech.local_job:serve"
_VOICES = {"en": "voice-en-joe"}
_ENGINE = "piper voice-en-joe 2"
# Two minutes of speech take about half a minute here; a busy machine several times that.
_LIMITS = Limits(wall=900, memory=6 << 30)


class LocalSynthesizer:
    """A neural voice for English; see the Protocol for what it promises.

    `models_dir` is the model cache, which the voice is fetched into on first use. Text is said as a person would read
    it (`normalize`). One text is spoken at a time; the worker ends after `idle` seconds without work.
    """

    def __init__(self, *, models_dir: Path, idle: float = 30.0) -> None:
        self._models_dir = models_dir
        self._pool = Pool(_ENTRY, _LIMITS, idle=idle)

    @property
    def engine(self) -> str:
        """The voice and the way it is treated."""
        return _ENGINE

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for that language."""
        return language in _VOICES

    async def synthesize(self, text: str, *, language: str, path: Path) -> Spoken:
        """Speak the text into the file."""
        if not self.speaks(language):
            raise UserError(f"I have no voice for this language ({language}) yet.")
        voice = _VOICES[language]
        folder = await asyncio.to_thread(ensure, voice, self._models_dir)
        target = await asyncio.to_thread(path.resolve)
        try:
            result = await self._pool.call(
                {"text": text, "voice": str(folder / "voice.onnx"), "path": str(target)},
            )
        except ChildDied as error:
            raise RetryableError(f"The voice ended before its time: {error}") from error
        marks = tuple(SpeechMark(start=start, text=said) for start, said in result["marks"])
        return Spoken(path=str(path), duration=result["duration"], voice=voice, marks=marks)

    async def close(self) -> None:
        """End the worker."""
        await self._pool.close()
