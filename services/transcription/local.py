"""Transcriber on this machine: Whisper for the words, CAM++ for the voices, in worker processes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from services.processes import ChildDied, Limits, Pool
from services.transcription.local_job import Engines, Task
from services.vocabulary.errors import RetryableError
from services.vocabulary.media import Audio, Media
from services.vocabulary.progress import Progress, Report, Stage
from services.vocabulary.transcript import Transcript
from services.weights import MODELS, ensure

_ENTRY = "services.transcription.local_job:serve"
_SHORT_NAMES = {"base": "whisper-base", "tiny.en": "whisper-tiny.en"}

# A large model on a slow machine takes several times the duration; a worker that is stuck takes for ever.
_WALL_BASE, _WALL_PER_SECOND = 600.0, 20.0
_LONGEST = 12 * 3600.0


class LocalTranscriber:
    """Speech recognition and diarization by local models; see the Protocol for what it promises.

    `model` is 'base' (any language) or 'tiny.en' (English, faster), which are fetched into the cache on first use, a
    directory with a faster-whisper model, or any other name, which faster-whisper loads from its hub.
    `threads` bounds the processors of one recording, `beam` is the width of the search (1: greedy), `size` is how many
    recordings are heard at once, and `idle` the seconds after which unused models leave the memory.
    `environment` is passed on to the workers (the hub's settings, proxies).
    """

    def __init__(
        self,
        *,
        cache: Path,
        model: str = "base",
        threads: int = 2,
        beam: int = 1,
        size: int = 1,
        idle: float = 120.0,
        environment: dict[str, str] | None = None,
    ) -> None:
        self._cache = cache
        self._model = model
        self._threads = threads
        self._beam = beam
        limits = Limits(wall=_WALL_BASE + _WALL_PER_SECOND * _LONGEST)
        self._pool = Pool(_ENTRY, limits, size=size, idle=idle, environment=environment)

    @property
    def engine(self) -> str:
        """The model and the search, and the number of the recipe around them."""
        return f"whisper {self._model} beam {self._beam} recipe 1"

    async def transcribe(
        self,
        audio: Audio,
        *,
        report: Report,
        language: str | None = None,
        speakers: int | None = None,
        original: Media | None = None,  # noqa: ARG002 - the decoded sound is nearer
    ) -> Transcript:
        """Hear the audio out and say who said what, when."""
        engines = await self._engines(report)
        task = Task(engines=engines, path=audio.path, language=language, speakers=speakers)
        try:
            async with asyncio.timeout(_WALL_BASE + _WALL_PER_SECOND * audio.duration):
                found = await self._pool.call(
                    task.model_dump(mode="json"),
                    lambda state: report(Progress(stage=Stage.TRANSCRIBE, fraction=state["fraction"])),
                )
        except TimeoutError as error:
            raise RetryableError("Listening took far longer than it should, so it was stopped") from error
        except ChildDied as error:
            raise RetryableError(f"The speech recognition ended before its time: {error}") from error
        return Transcript.model_validate(found).model_copy(update={"engine": self.engine})

    async def _engines(self, report: Report) -> Engines:
        """Where the models are, fetched first where they are missing."""
        loop = asyncio.get_running_loop()

        def fetched(name: str, fraction: float) -> None:
            detail = f"fetching the model {name}, {fraction:.0%}"
            loop.call_soon_threadsafe(report, Progress(stage=Stage.TRANSCRIBE, detail=detail))

        model = _SHORT_NAMES.get(self._model, self._model)
        if model in MODELS:
            model = str(await asyncio.to_thread(ensure, model, self._cache, fetched))
        voices = await asyncio.to_thread(ensure, "campplus", self._cache, fetched)
        return Engines(
            model=model,
            hub_cache=str(self._cache / "hub"),
            voices=str(voices / "campplus.onnx"),
            threads=self._threads,
            beam=self._beam,
        )

    async def close(self) -> None:
        """End the workers."""
        await self._pool.close()
