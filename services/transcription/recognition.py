"""Sound into words: Whisper through faster-whisper, window by window, several windows at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper import transcribe as whisper

from services.transcription.sound import Sound, Span
from services.transcription.voice_activity import Probabilities
from services.transcription.windows import listening_windows
from services.vocabulary.transcript import Word

_BATCH = 4


class Recognizer:
    """The model, loaded once. `model` is a directory, or a name that faster-whisper loads from its hub."""

    def __init__(self, model: str, *, hub_cache: Path, threads: int, beam: int) -> None:
        self._model = WhisperModel(
            model, device="cpu", compute_type="int8", cpu_threads=threads, download_root=str(hub_cache)
        )
        self._batched = BatchedInferencePipeline(self._model)
        self._beam = beam

    def recognize(
        self, sound: Sound, probabilities: Probabilities, report: Callable[[float], None], language: str | None = None
    ) -> tuple[str, list[Word]]:
        """The language and the words in order, each with the white space before it as the model wrote it."""
        windows = listening_windows(probabilities, sound.duration)
        if not windows:
            return "und", []
        language = language or self._language(sound, windows)
        words: list[Word] = []
        for first in range(0, len(windows), _BATCH):
            words += self._hear(sound, windows[first : first + _BATCH], language)
            report(min(1.0, (first + _BATCH) / len(windows)))
        return language, words

    def _language(self, sound: Sound, windows: Sequence[Span]) -> str:
        chosen = sorted(windows, key=lambda window: window[0] - window[1])[:3]
        totals: dict[str, float] = {}
        for window in chosen:
            *_, likely = self._model.detect_language(sound.between(*window))
            for code, probability in likely:
                totals[code] = totals.get(code, 0.0) + probability
        return max(totals, key=lambda code: totals[code])

    def _hear(self, sound: Sound, windows: Sequence[Span], language: str) -> list[Word]:
        origin = windows[0][0]
        clips = [{"start": start - origin, "end": end - origin} for start, end in windows]
        segments, _ = self._batched.transcribe(
            sound.between(origin, windows[-1][1]),
            language=language,
            beam_size=self._beam,
            batch_size=_BATCH,
            vad_filter=False,
            clip_timestamps=clips,
            word_timestamps=True,
        )
        return [_word(word, origin) for segment in segments for word in segment.words or ()]


def _word(word: whisper.Word, origin: float) -> Word:
    return Word(
        text=word.word,
        start=float(word.start) + origin,
        end=float(word.end) + origin,
        probability=float(word.probability),
    )
