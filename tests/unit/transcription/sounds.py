"""Sounds in which nobody speaks, and files of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from services.transcription.sound import RATE

Signal = npt.NDArray[np.float64]


def write(path: Path, signal: Signal) -> Path:
    """The signal, -1 to 1, as the file of an `Audio`."""
    (np.clip(signal, -1, 1) * 32_767).astype("<i2").tofile(path)
    return path


def silence(seconds: float) -> Signal:
    return np.zeros(int(seconds * RATE))


def noise(seconds: float, level: float = 0.1) -> Signal:
    return np.random.default_rng(1).standard_normal(int(seconds * RATE)) * level


def hum(seconds: float) -> Signal:
    time = np.arange(int(seconds * RATE)) / RATE
    return np.asarray(0.1 * sum(np.sin(2 * np.pi * 50 * partial * time) / partial for partial in (1, 2, 3, 5)))


def music(seconds: float) -> Signal:
    """Struck chords with a melody over them and a noise on each beat."""
    random = np.random.default_rng(2)
    signal = silence(seconds)
    for beat in range(int(seconds / 0.4)):
        first = int(beat * 0.4 * RATE)
        root = 220 * 2 ** (int(random.integers(12)) / 12)
        pitches = [root, root * 1.26, root * 1.5, 2 * root * 2 ** (int(random.integers(12)) / 12)]
        time = np.arange(min(RATE, len(signal) - first)) / RATE
        chord = sum(np.sin(2 * np.pi * pitch * part * time) / part for pitch in pitches for part in range(1, 9))
        struck = random.standard_normal(len(time)) * np.exp(-60 * time)
        signal[first : first + len(time)] += 0.05 * np.exp(-4 * time) * chord + 0.1 * struck
    return signal


def clicks(seconds: float) -> Signal:
    """Typing."""
    random = np.random.default_rng(3)
    signal = silence(seconds)
    for first in random.integers(0, len(signal) - 400, int(6 * seconds)):
        signal[first : first + 400] += 0.3 * random.standard_normal(400) * np.exp(-np.arange(400) / 60)
    return signal
