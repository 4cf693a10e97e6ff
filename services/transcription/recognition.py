"""Sound into words: Whisper through faster-whisper, window by window, several windows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper import transcribe as whisper

from services.transcription.plausibility import Heard, skipped, unrepeated, voiced
from services.transcription.sound import RATE, Sound, Span
from services.transcription.voice_activity import Probabilities, Thresholds, speech_spans
from services.transcription.windows import listening_windows, split
from services.vocabulary.errors import OperatorError, UserError
from services.vocabulary.transcript import Word

_BATCH = 4
_SLOT = 30.0  # seconds that the model takes in at once
_FRAMES = 100  # of the model's features, a second
_CLEAR = Thresholds(on=0.5, off=0.35, join=0.5, shortest=0.25, pad=0.0)
_PAD = 0.3
_SAMPLED = 3  # windows that are asked for their language


class Recognizer:
    """The model, loaded once. `model` is a directory, or a name that faster-whisper loads from its hub.

    Raises OperatorError for a model that cannot be loaded.
    """

    def __init__(self, model: str, *, hub_cache: Path, threads: int, beam: int) -> None:
        try:
            self._model = WhisperModel(
                model, device="cpu", compute_type="int8", cpu_threads=threads, download_root=str(hub_cache)
            )
        except Exception as error:
            raise OperatorError(
                f"The speech model {model!r} cannot be loaded ({error}): choose 'base', the directory of a model for "
                "faster-whisper, or a name that this machine can load from the hub"
            ) from error
        self._batched = BatchedInferencePipeline(self._model)
        self._beam = beam

    def recognize(
        self, sound: Sound, probabilities: Probabilities, report: Callable[[float], None], language: str | None = None
    ) -> tuple[str, list[Word]]:
        """The language and the words in order, each with the white space before it as the model wrote it.

        `report` hears the fraction done. Raises UserError for a language that the model does not know.
        """
        if language and language not in self._model.supported_languages:
            raise UserError(f"Speech recognition does not know the language '{language}' here.")
        windows = listening_windows(probabilities, sound.duration)
        if not windows:
            return "und", []
        language = language or self._language(sound, windows)
        speech = speech_spans(probabilities, sound.duration, _CLEAR)
        words: list[Word] = []
        for portion in _portions(windows):
            words += voiced(self._listen(sound, portion, speech, probabilities, language), probabilities)
            report(portion[-1][1] / windows[-1][1])
        return language, words

    def _language(self, sound: Sound, windows: Sequence[Span]) -> str:
        """The likeliest language over windows from all parts of the recording: an intro may be in another one."""
        known = self._model.supported_languages
        if len(known) == 1:
            return str(known[0])
        parts = np.array_split(np.arange(len(windows)), min(_SAMPLED, len(windows)))
        chosen = [max((windows[index] for index in part), key=lambda window: window[1] - window[0]) for part in parts]
        likely: dict[str, float] = {}
        for window in chosen:
            for code, probability in self._model.detect_language(sound.between(*window))[2]:
                likely[code] = likely.get(code, 0.0) + probability
        return max(likely, key=lambda code: likely[code])

    def _listen(
        self, sound: Sound, windows: Sequence[Span], speech: Sequence[Span], probabilities: Probabilities, language: str
    ) -> list[Word]:
        """The words of some windows; what was lost in a loop or skipped is heard again in smaller pieces."""
        words: list[Word] = []
        again: list[Span] = []
        for heard in self._hear(sound, windows, language):
            start, end = heard.window
            if heard.loops:
                again += split(heard.window, probabilities, max(2.0, (end - start) * 0.6))
            elif heard.credible:
                words += heard.words
                again += skipped(heard.window, heard.words, speech)
        for portion in _portions(again):
            padded = [(max(0.0, start - _PAD), end + _PAD) for start, end in portion]
            for heard, span in zip(self._hear(sound, padded, language), portion, strict=True):
                found = [word for word in unrepeated(heard.words) if span[0] <= _middle(word) < span[1]]
                if heard.credible and found:
                    words = [word for word in words if not span[0] <= word.start < span[1]] + found
        return sorted(words, key=lambda word: word.start)

    def _hear(self, sound: Sound, windows: Sequence[Span], language: str) -> list[Heard]:
        """What the model makes of each window, none longer than its 30 s."""
        samples = np.zeros(round(len(windows) * _SLOT * RATE), np.float32)
        clips = []
        for slot, window in enumerate(windows):
            taken = sound.between(*window)[: round(_SLOT * RATE)]
            samples[round(slot * _SLOT * RATE) :][: len(taken)] = taken
            clips.append({"start": slot * _SLOT, "end": slot * _SLOT + len(taken) / RATE})
        segments, _ = self._batched.transcribe(
            samples,
            language=language,
            beam_size=self._beam,
            batch_size=len(windows),
            vad_filter=False,
            clip_timestamps=clips,
            word_timestamps=True,
        )
        by_slot: list[list[whisper.Segment]] = [[] for _ in windows]
        for segment in segments:
            by_slot[round(segment.seek / _FRAMES / _SLOT)].append(segment)
        return [_heard(window, slot * _SLOT, by_slot[slot]) for slot, window in enumerate(windows)]


def _heard(window: Span, offset: float, segments: Sequence[whisper.Segment]) -> Heard:
    shift = window[0] - offset
    words = [
        Word(
            text=word.word,
            start=float(word.start) + shift,
            end=float(word.end) + shift,
            probability=min(1.0, max(0.0, float(word.probability))),
        )
        for segment in segments
        for word in segment.words or ()
    ]
    return Heard(
        window=window,
        words=tuple(words),
        confidence=min((segment.avg_logprob for segment in segments), default=-np.inf),
        silence=max((segment.no_speech_prob for segment in segments), default=1.0),
        compression=max((segment.compression_ratio for segment in segments), default=0.0),
    )


def _portions(windows: Sequence[Span]) -> Iterator[Sequence[Span]]:
    for first in range(0, len(windows), _BATCH):
        yield windows[first : first + _BATCH]


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2
