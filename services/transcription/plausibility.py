"""Whether words were said: a model that hears nothing still writes something, and one that is lost skips or repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.transcription.sound import Span
from services.transcription.voice_activity import FRAME, Probabilities
from services.vocabulary.transcript import Word

# Whisper's own bounds for a failed stretch are -1.0, 0.6 and 2.4. Tones, hum and noise that it was made to hear came
# out at -1.2 and below, and pure silence at -0.7 with 0.8.
_UNSURE, _HOPELESS, _SILENT = -0.7, -1.2, 0.6
_LOOPING = 2.4
_FAINT = 0.15  # probability of speech
_TOLERANCE = 0.3  # seconds by which the aligner errs
_MISSED = 1.2  # seconds of speech without a word
_SLOWEST = 2.0  # seconds that a word may take


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model made of one window of sound.

    `confidence` is the mean log probability of its tokens, `silence` the probability that nobody speaks, and
    `compression` how many times shorter the text is when compressed.
    """

    window: Span
    words: tuple[Word, ...]
    confidence: float
    silence: float
    compression: float

    @property
    def loops(self) -> bool:
        """Whether the text repeats itself as speech does not."""
        return self.compression > _LOOPING

    @property
    def credible(self) -> bool:
        """Whether somebody is likely to have spoken at all."""
        return self.confidence > (_UNSURE if self.silence > _SILENT else _HOPELESS)


def voiced(words: Sequence[Word], probabilities: Probabilities) -> list[Word]:
    """The words during which the detector of speech heard at least something, none longer than a word is."""
    return [
        word.model_copy(update={"end": min(word.end, word.start + _SLOWEST)})
        for word in words
        if _loudest(probabilities, word) >= _FAINT
    ]


def _loudest(probabilities: Probabilities, word: Word) -> float:
    first = max(0, int((word.start - _TOLERANCE) / FRAME))
    return float(probabilities[first : int((word.end + _TOLERANCE) / FRAME) + 1].max(initial=0.0))


def skipped(window: Span, words: Sequence[Word], speech: Sequence[Span]) -> list[Span]:
    """Stretches of the window with clear speech enough for several words that got none.

    The aligner stretches a word over a passage that the model skipped, so such a word is part of the stretch.
    """
    starts = [window[0], *(word.start if word.end - word.start > _SLOWEST else word.end for word in words)]
    ends = [*(word.start for word in words), window[1]]
    gaps = [(start, end) for start, end in zip(starts, ends, strict=True) if end - start >= _MISSED]
    return [gap for gap in gaps if _within(gap, speech) >= _MISSED]


def _within(gap: Span, speech: Sequence[Span]) -> float:
    """Seconds of speech inside the gap."""
    return sum(max(0.0, min(end, gap[1]) - max(start, gap[0])) for start, end in speech)


def unrepeated(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with each phrase that follows itself more than twice said once only."""
    kept: list[Word] = []
    texts = [word.text.strip().casefold() for word in words]
    at = 0
    while at < len(words):
        length = _loop(texts, at)
        if not length:
            kept.append(words[at])
            at += 1
            continue
        phrase = texts[at : at + length]
        kept += words[at : at + length]
        while texts[at : at + length] == phrase:
            at += length
    return tuple(kept)


def _loop(texts: Sequence[str], at: int) -> int:
    """The length in words of a phrase that stands here at least three times in a row, 0 where none does."""
    for length in range(1, min(20, (len(texts) - at) // 3) + 1):
        phrase = texts[at : at + length]
        if phrase == texts[at + length : at + 2 * length] == texts[at + 2 * length : at + 3 * length]:
            return length
    return 0
