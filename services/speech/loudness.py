"""Loudness as ears judge it (ITU-R BS.1770-4, one channel), and speech brought to a given one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
_Real = npt.NDArray[np.float64]

# The two filters of 'K' weighting as analog prototypes: a shelf for the head, a high-pass for the ear.
_SHELF_HERTZ, _SHELF_Q, _SHELF_DB = 1681.974450955533, 0.7071752369554196, 3.999843853973347
_PASS_HERTZ, _PASS_Q = 38.13547087602444, 0.5003270373238773
_OFFSET = -0.691
_BLOCK, _OVERLAP = 0.4, 4
_ABSOLUTE, _RELATIVE = -70.0, -10.0

_OVERSAMPLING, _TAPS = 4, 12
_STEP = 0.001
_REACH = 5
_ROUNDS, _NEAR = 4, 0.1


def integrated_loudness(samples: Samples, rate: int) -> float:
    """The gated loudness of mono sound in LUFS; minus infinity for silence and for less than 0.4 s."""
    size, hop = round(_BLOCK * rate), round(_BLOCK * rate / _OVERLAP)
    energy = np.concatenate(([0.0], np.cumsum(np.square(_weighted(samples, rate)))))
    starts = np.arange(0, len(samples) - size + 1, hop)
    power = np.maximum(energy[starts + size] - energy[starts], 0) / size
    power = power[_lufs(power) > _ABSOLUTE]
    if power.size:
        power = power[_lufs(power) > _lufs(power.mean()) + _RELATIVE]
    return float(_lufs(power.mean())) if power.size else -np.inf


def true_peak(samples: Samples) -> float:
    """The highest absolute value between the samples too, by fourfold oversampling."""
    return float(np.abs(_oversampled(samples)).max(initial=0.0))


def at_loudness(samples: Samples, rate: int, *, lufs: float, peak_db: float) -> Samples:
    """The same sound at `lufs`, its true peaks held under `peak_db` (dBFS) by a limiter. Silence stays as it is."""
    sound = samples
    for _ in range(_ROUNDS):
        loudness = integrated_loudness(sound, rate)
        if not np.isfinite(loudness):
            break
        sound = _limited(sound * np.float32(10 ** ((lufs - loudness) / 20)), rate, 10 ** (peak_db / 20))
        if abs(lufs - loudness) < _NEAR:
            break
    return sound


def _lufs(power: _Real | float) -> _Real:
    with np.errstate(divide="ignore"):
        return np.asarray(_OFFSET + 10 * np.log10(power))


def _weighted(samples: Samples, rate: int) -> _Real:
    """The K-weighted sound, filtered in the frequency domain over a tail that is longer than the filters ring."""
    size = 1 << (len(samples) + rate).bit_length()
    turns = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = _response(_shelf(rate), turns) * _response(_high_pass(rate), turns)
    return np.fft.irfft(np.fft.rfft(samples, size) * response, size)[: len(samples)]


def _response(biquad: tuple[list[float], list[float]], turns: npt.NDArray[np.complex128]) -> npt.NDArray[np.complex128]:
    numerator, denominator = (a + turns * (b + turns * c) for a, b, c in biquad)
    return np.asarray(numerator / denominator)


def _shelf(rate: int) -> tuple[list[float], list[float]]:
    k = np.tan(np.pi * _SHELF_HERTZ / rate)
    high = 10 ** (_SHELF_DB / 20)
    band = high**0.4996667741545416
    over = 1 + k / _SHELF_Q + k * k
    numerator = [high + band * k / _SHELF_Q + k * k, 2 * (k * k - high), high - band * k / _SHELF_Q + k * k]
    return [term / over for term in numerator], [1.0, 2 * (k * k - 1) / over, (1 - k / _SHELF_Q + k * k) / over]


def _high_pass(rate: int) -> tuple[list[float], list[float]]:
    k = np.tan(np.pi * _PASS_HERTZ / rate)
    over = 1 + k / _PASS_Q + k * k
    return [1.0, -2.0, 1.0], [1.0, 2 * (k * k - 1) / over, (1 - k / _PASS_Q + k * k) / over]


def _oversampled(samples: Samples) -> Samples:
    """Per sample the values at it and at the three quarters after it, by windowed-sinc interpolation: (samples, 4)."""
    taps = np.arange(-_TAPS + 1, _TAPS + 1)
    rows = []
    for quarter in range(_OVERSAMPLING):
        shift = taps - quarter / _OVERSAMPLING
        kernel = np.sinc(shift) * np.square(np.cos(np.pi * shift / (2 * (_TAPS + 1))))
        padded = np.pad(samples, (_TAPS - 1, _TAPS))
        rows.append(np.convolve(padded, kernel[::-1].astype(np.float32), mode="valid"))
    return np.asarray(np.stack(rows, axis=1), np.float32)


def _limited(samples: Samples, rate: int, ceiling: float) -> Samples:
    """Turn down around each peak: the gain falls before it and rises after it over 5 ms, so that nothing clicks."""
    step = max(1, round(rate * _STEP))
    count = -(-len(samples) // step)
    padded = np.zeros(count * step, np.float32)
    padded[: len(samples)] = samples
    peaks = np.abs(_oversampled(padded)).reshape(count, -1).max(axis=1)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    held = _windows(needed, 2 * _REACH).min(axis=1)
    smooth = _windows(held, _REACH).mean(axis=1)
    centers = (np.arange(count) + 0.5) * step
    return np.asarray(samples * np.interp(np.arange(len(samples)), centers, smooth), np.float32)


def _windows(values: _Real, reach: int) -> _Real:
    """For each value the ones up to `reach` before and after it, as rows."""
    padded = np.pad(values, reach, mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
