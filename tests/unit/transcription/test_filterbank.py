"""The features that the network for voices expects."""

from __future__ import annotations

import numpy as np

from services.transcription.filterbank import BANDS, FilterBank
from services.transcription.sound import RATE


def test_a_tone_is_loudest_in_the_band_of_its_pitch() -> None:
    time = np.arange(RATE) / RATE
    filters = FilterBank()
    loudest = [
        int(filters.energies(np.sin(2 * np.pi * pitch * time).astype("f4")).mean(axis=0).argmax())
        for pitch in (100, 400, 1000, 3000, 7000)
    ]
    mel = [1127 * np.log(1 + pitch / 700) for pitch in (100, 400, 1000, 3000, 7000)]
    low, high = 1127 * np.log(1 + 20 / 700), 1127 * np.log(1 + 8000 / 700)
    assert np.allclose(loudest, [(pitch - low) / (high - low) * (BANDS + 1) - 1 for pitch in mel], atol=1)


def test_there_is_a_frame_every_ten_milliseconds_and_at_least_one() -> None:
    filters = FilterBank()
    assert filters.energies(np.zeros(RATE, "f4")).shape == (98, BANDS)
    assert filters.energies(np.zeros(10, "f4")).shape == (1, BANDS)


def test_twice_the_level_is_four_times_the_energy() -> None:
    filters = FilterBank()
    noise = np.random.default_rng(0).standard_normal(RATE).astype(np.float32) * np.float32(0.1)
    assert np.allclose(filters.energies(2 * noise) - filters.energies(noise), np.log(4), atol=1e-3)


def test_silence_is_finite() -> None:
    assert np.isfinite(FilterBank().energies(np.zeros(RATE, "f4"))).all()
