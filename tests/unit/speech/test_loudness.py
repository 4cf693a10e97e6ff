from __future__ import annotations

import numpy as np
import pytest

from services.speech.loudness import Samples, at_loudness, integrated_loudness, true_peak


def tone(decibels: float, seconds: float = 3.0, *, rate: int = 48_000, hertz: float = 997.0) -> Samples:
    time = np.arange(round(seconds * rate)) / rate
    return np.asarray(10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * time), np.float32)


def voice(seconds: float, rate: int = 22_050) -> Samples:
    """Bursts of noise with a peak here and there, as spiky as speech."""
    random = np.random.default_rng(7)
    time = np.arange(round(seconds * rate)) / rate
    sound = random.standard_normal(time.size) * 0.05 * (0.2 + np.abs(np.sin(2 * np.pi * 2 * time)))
    sound[:: rate // 3] += 0.8
    return np.asarray(sound, np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("decibels", [0.0, -20.0, -23.0, -40.0])
def test_a_tone_of_997_hertz_is_3_01_lufs_under_its_peak(rate: int, decibels: float) -> None:
    """The standard's own check: full scale in one channel reads -3.01."""
    assert integrated_loudness(tone(decibels, rate=rate), rate) == pytest.approx(decibels - 3.01, abs=0.05)


@pytest.mark.parametrize(
    ("hertz", "weight"), [(25.0, -11.8), (100.0, -1.8), (500.0, -0.6), (2000.0, 2.4), (10_000.0, 3.3)]
)
def test_ears_hear_high_tones_louder_than_low_ones(hertz: float, weight: float) -> None:
    """The weighting of the standard's tables at 48 kHz, relative to 997 Hz, worked out from its coefficients."""
    found = integrated_loudness(tone(-20, hertz=hertz), 48_000) - integrated_loudness(tone(-20), 48_000)

    assert found == pytest.approx(_tabled_gain(hertz) - _tabled_gain(997.0), abs=0.05)
    assert found == pytest.approx(weight, abs=1.0)


def _tabled_gain(hertz: float) -> float:
    z = np.exp(-2j * np.pi * hertz / 48_000)
    shelf = np.polyval([1.19839281085285, -2.69169618940638, 1.53512485958697], z)
    shelf /= np.polyval([0.73248077421585, -1.69065929318241, 1.0], z)
    high_pass = np.polyval([1.0, -2.0, 1.0], z) / np.polyval([0.99007225036621, -1.99004745483398, 1.0], z)
    return float(20 * np.log10(abs(shelf * high_pass)))


def test_quiet_stretches_do_not_count() -> None:
    """As in EBU Tech 3341, case 3: quiet, loud, quiet reads as the loud part alone."""
    sound = np.concatenate([tone(-36, 10), tone(-23, 60), tone(-36, 10)])

    assert integrated_loudness(sound, 48_000) == pytest.approx(-26.0, abs=0.1)


@pytest.mark.parametrize("seconds", [0.0, 0.1, 3.0])
def test_silence_and_snippets_have_no_loudness(seconds: float) -> None:
    assert integrated_loudness(np.zeros(round(seconds * 48_000), np.float32), 48_000) == -np.inf


def test_a_peak_between_the_samples_is_found() -> None:
    """A quarter of the sampling rate at 45 degrees: every sample is 0.707, the wave reaches 1."""
    wave = np.asarray(np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4), np.float32)

    assert np.abs(wave).max() == pytest.approx(0.707, abs=0.001)
    assert true_peak(wave[100:-100]) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("before", [0.01, 0.1, 1.0])
def test_speech_comes_out_at_the_loudness_asked_for_with_its_peaks_held(before: float) -> None:
    sound = at_loudness(voice(20) * np.float32(before), 22_050, lufs=-16, peak_db=-1)

    assert integrated_loudness(sound, 22_050) == pytest.approx(-16, abs=0.5)
    assert 20 * np.log10(true_peak(sound)) <= -0.95
    assert sound.dtype == np.float32
    assert sound.size == 20 * 22_050


def test_the_limiter_leaves_alone_what_is_under_the_ceiling() -> None:
    quiet = tone(-13)

    assert np.allclose(at_loudness(quiet, 48_000, lufs=-16.01, peak_db=-1), quiet, atol=1e-3)


def test_silence_stays_silence() -> None:
    silence = np.zeros(48_000, np.float32)

    assert not at_loudness(silence, 48_000, lufs=-16, peak_db=-1).any()
