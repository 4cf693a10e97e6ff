"""Who speaks when: windows of speech are grouped by voice, then every 10 ms takes the voice it sounds most like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from services.transcription.bandwidth import is_narrow
from services.transcription.clustering import Labels, centroids, cut, linkage
from services.transcription.sound import Sound, Span
from services.transcription.voice_activity import Probabilities, Thresholds, speech_spans
from services.transcription.voices import Vectors, Voices
from services.vocabulary.base import Value
from services.vocabulary.transcript import Turn

# Speech that is missed here has no speaker, so the thresholds are low; the default 0.5 misses 14 % of a meeting.
SPEECH = Thresholds(on=0.2, off=0.1, join=0.5, shortest=0.15, pad=0.2)

_WINDOW, _HOP, _SHORTEST = 1.5, 0.75, 0.5
_STEP = 0.01
_ROUNDS = 3
_LEAST, _MOST, _RELATIVE, _SMALL = 4.0, 10.0, 0.06, 0.01
_CLUSTERED = 4_000  # windows that are clustered, 50 minutes of speech; more are thinned out first


class _Bounds(Value):
    """`apart` is the cosine distance at which groups are no longer one voice.

    `alike` is the cosine of two groups' centroids from which they are one voice after all.
    """

    apart: float
    alike: float


_WIDE = _Bounds(apart=0.65, alike=0.6)
_NARROW = _Bounds(apart=0.55, alike=0.7)


def diarize(
    sound: Sound,
    probabilities: Probabilities,
    voices: Voices,
    report: Callable[[float], None],
    speakers: int | None = None,
) -> list[Turn]:
    """The turns of the recording in order, apart from each other; speakers are numbered by first appearance."""
    spans = speech_spans(probabilities, sound.duration, SPEECH)
    windows = [window for span in spans for window in _windows(span)]
    if not windows:
        return []
    vectors = voices.vectors(sound, [_context(window, sound.duration) for window in windows], report)
    bounds = _NARROW if is_narrow(sound, probabilities) else _WIDE
    labels = _group(vectors, np.array([end - start for start, end in windows]), bounds, speakers)
    return _turns(spans, windows, centroids(vectors, labels) @ vectors.T, sound.duration)


def _windows(span: Span) -> list[Span]:
    """Windows over a stretch of speech; the last one ends where the speech does."""
    start, end = span
    if end - start <= _WINDOW:
        return [span]
    count = int(np.ceil((end - start - _WINDOW) / _HOP - 1e-6)) + 1
    starts = [min(start + index * _HOP, end - _WINDOW) for index in range(count)]
    return [(first, first + _WINDOW) for first in starts]


def _context(window: Span, duration: float) -> Span:
    """What the network hears of a window: a very short one with what surrounds it."""
    start, end = window
    if end - start >= _SHORTEST:
        return window
    start = max(0.0, min((start + end - _SHORTEST) / 2, duration - _SHORTEST))
    return start, start + _SHORTEST


def _group(vectors: Vectors, lengths: npt.NDArray[np.float64], bounds: _Bounds, speakers: int | None) -> Labels:
    """A speaker for each window."""
    total = float(lengths.sum())
    needed = max(_LEAST, min(_MOST, _RELATIVE * total), _SMALL * total)
    chosen = np.linspace(0, len(vectors) - 1, min(len(vectors), _CLUSTERED)).astype(np.int64)
    merges = linkage(vectors[chosen])
    if speakers:
        part = _known(merges, lengths[chosen], speakers, needed * len(chosen) / len(vectors))
    else:
        part = cut(merges, distance=bounds.apart)
    labels = _nearest(vectors, centroids(vectors[chosen], part)) if len(chosen) < len(vectors) else part
    if speakers:
        return _keep(vectors, labels, _largest(labels, lengths, speakers))
    labels = _keep(vectors, labels, _substantial(labels, lengths, needed))
    for _ in range(_ROUNDS):
        labels = _nearest(vectors, centroids(vectors, labels))
    labels = _merge(vectors, labels, bounds.alike)
    return _keep(vectors, labels, _substantial(labels, lengths, needed))


def _nearest(vectors: Vectors, centres: Vectors) -> Labels:
    return np.unique((vectors @ centres.T).argmax(axis=1), return_inverse=True)[1]


def _seconds(labels: Labels, lengths: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.bincount(labels, weights=lengths).astype(np.float64)


def _substantial(labels: Labels, lengths: npt.NDArray[np.float64], needed: float) -> npt.NDArray[np.int64]:
    """The groups with enough speech to be a speaker; the largest where none has."""
    amounts = _seconds(labels, lengths)
    enough = np.flatnonzero(amounts >= needed)
    return enough if len(enough) else np.array([amounts.argmax()])


def _largest(labels: Labels, lengths: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.int64]:
    return np.sort(_seconds(labels, lengths).argsort()[::-1][:count])


def _keep(vectors: Vectors, labels: Labels, kept: npt.NDArray[np.int64]) -> Labels:
    """Only the kept groups; what was in others goes to the kept group that it sounds most like."""
    lost = ~np.isin(labels, kept)
    centres = centroids(vectors, labels)[kept]
    labels = labels.copy()
    labels[lost] = kept[(vectors[lost] @ centres.T).argmax(axis=1)]
    return np.unique(labels, return_inverse=True)[1]


def _merge(vectors: Vectors, labels: Labels, alike: float) -> Labels:
    """Join the two groups that sound most alike, as long as they sound like one voice."""
    while labels.max() > 0:
        centres = centroids(vectors, labels)
        likeness = centres @ centres.T - 2 * np.eye(len(centres), dtype=np.float32)
        first, second = np.unravel_index(likeness.argmax(), likeness.shape)
        if likeness[first, second] < alike:
            break
        labels = np.unique(np.where(labels == second, first, labels), return_inverse=True)[1]
    return labels


def _known(
    merges: list[tuple[int, int, float]], lengths: npt.NDArray[np.float64], speakers: int, needed: float
) -> Labels:
    """The fewest groups of which as many as there are speakers have enough speech; else simply that many groups."""
    for groups in range(speakers, min(len(lengths), 4 * speakers + 8) + 1):
        labels = cut(merges, groups=groups)
        if (_seconds(labels, lengths) >= needed).sum() >= speakers:
            return labels
    return cut(merges, groups=speakers)


def _turns(spans: Sequence[Span], windows: Sequence[Span], likeness: Vectors, duration: float) -> list[Turn]:
    """The voice of every 10 ms of speech: the mean over the windows around it, the nearer the weightier."""
    steps = round(duration / _STEP)
    scores = np.zeros((len(likeness), steps), np.float32)
    for index, (start, end) in enumerate(windows):
        first, last = round(start / _STEP), min(steps, round(end / _STEP))
        weights = (1.01 - np.abs(np.linspace(-1, 1, max(0, last - first), dtype=np.float32))) ** 2
        scores[:, first:last] += likeness[:, index : index + 1] * weights
    voice = np.full(steps, -1)
    for start, end in spans:
        first, last = round(start / _STEP), min(steps, round(end / _STEP))
        voice[first:last] = scores[:, first:last].argmax(axis=0)
    edges = [0, *(np.flatnonzero(np.diff(voice)) + 1).tolist(), steps]
    numbers: dict[int, int] = {}
    return [
        Turn(start=first * _STEP, end=last * _STEP, speaker=numbers.setdefault(int(voice[first]), len(numbers)))
        for first, last in pairwise(edges)
        if first < last and voice[first] >= 0
    ]
