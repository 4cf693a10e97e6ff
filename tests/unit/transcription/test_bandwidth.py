"""A telephone's band is told from a full one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from services.transcription.bandwidth import is_narrow
from services.transcription.sound import RATE, Sound
from services.transcription.voice_activity import FRAME
from tests.unit.transcription.sounds import Signal, write


def _talk(seconds: float) -> Signal:
    """Vowels, that are low, and every half second a hiss such as 's', that is high."""
    dice = np.random.default_rng(7)
    hiss = sosfilt(butter(4, 4500, "high", fs=RATE, output="sos"), dice.standard_normal(int(seconds * RATE)))
    vowel = sosfilt(butter(2, 900, "low", fs=RATE, output="sos"), dice.standard_normal(int(seconds * RATE)))
    hissing = (np.arange(len(hiss)) // (RATE // 10)) % 5 == 0
    return np.asarray(np.where(hissing, hiss, vowel) * 0.2)


def _telephone(signal: Signal) -> Signal:
    return np.asarray(sosfilt(butter(8, 3400, "low", fs=RATE, output="sos"), signal))


@pytest.mark.parametrize("narrow", [False, True])
def test_the_band_is_told_by_the_sharpest_sounds(tmp_path: Path, *, narrow: bool) -> None:
    signal = _telephone(_talk(40)) if narrow else _talk(40)
    sound = Sound(write(tmp_path / "sound.pcm", signal))
    speech = np.ones(len(sound) // RATE * int(1 / FRAME), np.float32)
    assert is_narrow(sound, speech) is narrow


def test_too_little_speech_tells_nothing(tmp_path: Path) -> None:
    sound = Sound(write(tmp_path / "sound.pcm", _telephone(_talk(5))))
    speech = np.ones(150, np.float32)
    assert not is_narrow(sound, speech)
