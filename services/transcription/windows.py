"""The stretches that recognition hears one at a time: as long as the model can take, cut where nobody speaks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.transcription.sound import Span
from services.transcription.voice_activity import FRAME, Probabilities, Thresholds, speech_spans

# Wide and sensitive: a stretch that is left out is lost, one that is heard in vain costs only time.
_LISTEN = Thresholds(on=0.2, off=0.1, join=0.3, shortest=0.1, pad=0.4)

_LONGEST = 29.0
_EARLIEST = 0.5  # of the longest: no forced cut before it
_SILENCE = 3.0  # a longer one is not heard


def listening_windows(probabilities: Probabilities, duration: float) -> list[Span]:
    """Windows in order, apart from each other, none longer than the model's 30 s, that hold all speech."""
    spans = [piece for span in speech_spans(probabilities, duration, _LISTEN) for piece in split(span, probabilities)]
    windows: list[Span] = []
    for start, end in spans:
        if windows and start - windows[-1][1] < _SILENCE and end - windows[-1][0] <= _LONGEST:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def split(span: Span, probabilities: Probabilities, longest: float = _LONGEST) -> Iterator[Span]:
    """The stretch in pieces of at most `longest` seconds, cut where speech is least likely."""
    start, end = span
    while end - start > longest:
        cut = _quietest(probabilities, start + _EARLIEST * longest, start + longest)
        yield start, cut
        start = cut
    yield start, end


def _quietest(probabilities: Probabilities, start: float, end: float) -> float:
    """The middle of the quietest third of a second between two times."""
    first, last = int(start / FRAME), int(end / FRAME)
    around = np.convolve(probabilities[first:last], np.ones(10), mode="same")
    return (first + int(around.argmin()) + 0.5) * FRAME
