"""Where a recording is cut that is too long for one job: in silences, with an overlap to know the voices again by."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from services.transcription.sound import RATE, Sound
from services.vocabulary.base import Value

_FRAME = 0.02
_PAUSE = 0.6  # seconds over which loudness is averaged: silences between sentences are longer than those in words
_REACH, _REACH_SHARE = 240.0, 0.1  # a cut is moved from its even place by so many seconds, or so much of a part


class Part(Value):
    """A stretch of the recording in seconds: `start` to `end` is heard, `first` to `last` is what is kept of it."""

    start: float
    end: float
    first: float
    last: float

    @property
    def seconds(self) -> float:
        """How long the sound of it is."""
        return self.end - self.start


def whole(duration: float) -> tuple[Part, ...]:
    """The recording in one part."""
    return (Part(start=0.0, end=duration, first=0.0, last=duration),)


def split(sound: Sound, *, longest: float, overlap: float) -> tuple[Part, ...]:
    """Parts of at most `longest` seconds, about equal; neighbours share `overlap` seconds around the cut.

    Equal sound is cut equally. It reads the sound around the cuts, so call it in a thread.
    """
    duration = sound.duration
    if duration <= longest:
        return whole(duration)
    reach = min(_REACH, _REACH_SHARE * longest)
    count = math.ceil(duration / (longest - overlap - 2 * reach))
    cuts = [_quietest(sound, duration * index / count, reach) for index in range(1, count)]
    edges = [0.0, *cuts, duration]
    return tuple(
        Part(
            start=max(0.0, edges[index] - overlap / 2) if index else 0.0,
            end=min(duration, edges[index + 1] + overlap / 2),
            first=edges[index],
            last=edges[index + 1],
        )
        for index in range(count)
    )


def _quietest(sound: Sound, place: float, reach: float) -> float:
    """The middle of the longest stretch that is about as quiet as it gets around a place."""
    start = max(0.0, place - reach)
    loudness = _loudness(sound, start, place + reach)
    if not len(loudness):
        return place
    quiet = np.concatenate([[False], loudness <= 1.5 * loudness.min() + 1e-5, [False]])
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8))).reshape(-1, 2)
    first, last = edges[(edges[:, 1] - edges[:, 0]).argmax()]
    return round(start + _PAUSE / 2 + float(first + last - 1) / 2 * _FRAME, 2)


def _loudness(sound: Sound, start: float, end: float) -> npt.NDArray[np.float64]:
    """The mean loudness of the pause's length that begins at each frame."""
    samples = sound.between(start, end)
    size = int(_FRAME * RATE)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    levels = np.sqrt(np.mean(np.square(frames, dtype=np.float32), axis=1))
    width = round(_PAUSE / _FRAME)
    if len(levels) < width:
        return np.zeros(0)
    return np.asarray(np.convolve(levels, np.full(width, 1 / width), "valid"), np.float64)
