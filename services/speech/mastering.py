"""Spoken pieces put together with their pauses, and brought to the loudness that every voice here promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from services.speech.loudness import Samples, at_loudness
from services.speech.mp3 import write_mp3

PARAGRAPH_PAUSE = 0.7
"""Seconds of silence between two paragraphs."""

SENTENCE_PAUSE = 0.25
"""Seconds of silence between two sentences that were spoken apart."""

# What podcasts in one channel are brought to.
_LUFS = -16.0
# Coding to mp3 raises peaks by up to a decibel, and the promise is -1 dBFS.
_PEAK_DB = -2.0
_LEAD, _TAIL = 0.15, 0.4
# Quieter than this is the silence before and after speech: -50 dBFS.
_QUIET = 10 ** (-50 / 20)


@dataclass(frozen=True)
class Piece:
    """Sound in -1..1, and the seconds of silence that follow it when another piece does."""

    samples: Samples
    pause: float = PARAGRAPH_PAUSE


def joined(pieces: Sequence[Piece], rate: int) -> tuple[Samples, list[float]]:
    """The pieces one after the other, a breath before and after; and the second at which each begins."""
    parts, starts, length = [_silence(_LEAD, rate)], [], round(_LEAD * rate)
    for index, piece in enumerate(pieces):
        starts.append(length / rate)
        pause = _silence(_TAIL if index == len(pieces) - 1 else piece.pause, rate)
        parts += [piece.samples, pause]
        length += len(piece.samples) + len(pause)
    return np.concatenate(parts), starts


def trimmed(samples: Samples) -> tuple[Samples, int]:
    """The sound without the silence at its ends, and how many samples went at its beginning."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if not loud.size:
        return samples[:0], 0
    return samples[loud[0] : loud[-1] + 1], int(loud[0])


def write_spoken(path: Path, sound: Samples, rate: int) -> float:
    """Write speech as an mp3 of about -16 LUFS with peaks under -1 dBFS; says its seconds. `path` is replaced."""
    write_mp3(path, at_loudness(sound, rate, lufs=_LUFS, peak_db=_PEAK_DB), rate)
    return len(sound) / rate


def _silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), np.float32)
