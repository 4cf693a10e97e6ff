"""Mel filter bank energies as Kaldi computes them: what the network for voices was trained on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from services.transcription.sound import RATE, Samples

HOP = 160
"""Samples from one frame to the next: 10 ms."""
BANDS = 80

_WINDOW = 400
_FOURIER = 512
_LOWEST, _HIGHEST = 20.0, RATE / 2
_PREEMPHASIS = 0.97
_FLOOR = float(np.finfo(np.float32).eps)


def _mel(frequency: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    return np.asarray(1127.0 * np.log1p(np.asarray(frequency) / 700.0))


class FilterBank:
    """Its `energies` are log energies in 80 bands per 10 ms; Povey window of 25 ms, no dither, no padded edges."""

    def __init__(self) -> None:
        self._taper = (np.hanning(_WINDOW) ** 0.85).astype(np.float32)
        low, high = float(_mel(_LOWEST)), float(_mel(_HIGHEST))
        step = (high - low) / (BANDS + 1)
        left = low + step * np.arange(BANDS)[:, None]
        bins = _mel(np.arange(_FOURIER // 2) * RATE / _FOURIER)[None, :]
        triangles = np.maximum(0.0, np.minimum((bins - left) / step, (left + 2 * step - bins) / step))
        self._bands = np.pad(triangles, ((0, 0), (0, 1))).astype(np.float32).T

    def energies(self, samples: Samples) -> npt.NDArray[np.float32]:
        """[frames, 80] for samples from -1 to 1; at least one frame, however few samples there are."""
        samples = np.pad(samples, (0, max(0, _WINDOW - len(samples))))
        frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::HOP]
        frames = frames - frames.mean(axis=1, keepdims=True)
        before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
        spectrum = np.fft.rfft((frames - _PREEMPHASIS * before) * self._taper, _FOURIER)
        power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
        return np.asarray(np.log(np.maximum(power @ self._bands, _FLOOR)), np.float32)
