"""Samples from the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from services.transcription.sound import RATE, Sound


def test_samples_are_read_as_numbers_from_minus_one_to_one(tmp_path: Path) -> None:
    path = tmp_path / "sound"
    np.array([-32768, 0, 16384], "<i2").tofile(path)
    sound = Sound(path)
    assert len(sound) == 3
    assert sound.duration == 3 / RATE
    assert sound.samples(0, 3).tolist() == [-1.0, 0.0, 0.5]
    assert sound.samples(-5, 1).tolist() == [-1.0]
    assert sound.samples(2, 99).tolist() == [0.5]


def test_times_are_seconds(tmp_path: Path) -> None:
    path = tmp_path / "sound"
    np.arange(RATE, dtype="<i2").tofile(path)
    assert Sound(path).between(0.5, 0.75).tolist() == (np.arange(8000, 12000) / 32768).astype(np.float32).tolist()


def test_an_empty_file_and_half_a_sample_are_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "sound"
    path.write_bytes(b"")
    assert len(Sound(path)) == 0
    path.write_bytes(b"\x01")
    assert len(Sound(path)) == 0
