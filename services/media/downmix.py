"""Many channels to one, without losing a voice on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

# The centre carries dialogue in cinema layouts; the low-frequency channel carries none.
_WEIGHTS = {"FC": 1.0, "FL": 0.7, "FR": 0.7, "LFE": 0.0, "LFE2": 0.0}
_OTHER = 0.5
# Unrelated channels add up to their summed energies. A mix 10 dB below that is not silence but cancellation.
_CANCELED = 0.1
_FADE = 320


class Downmix:
    """Mixes blocks of one stream to mono.

    Channels in opposite phase (a miswired cable, a karaoke trick) would cancel each other: a block in which that
    happens is taken from its loudest channel instead. Changes fade over 20 ms. The result never exceeds the loudest
    input, so it cannot clip.
    """

    def __init__(self, channels: Sequence[str]) -> None:
        weights = np.array([_WEIGHTS.get(name, _OTHER) for name in channels], np.float32)
        if not weights.any():
            weights[:] = 1
        self._mix: Samples = weights / weights.sum()
        self._gains: Samples = self._mix

    def __call__(self, block: Samples) -> Samples:
        """The mono of a block of shape (channels, samples), samples within -1..1."""
        before, self._gains = self._gains, self._chosen(block)
        mono: Samples = self._gains @ block
        if before is not self._gains:
            fade = np.linspace(1, 0, min(_FADE, block.shape[1]), dtype=np.float32)
            mono[: fade.size] += fade * ((before - self._gains) @ block[:, : fade.size])
        return mono

    def _chosen(self, block: Samples) -> Samples:
        energies: Samples = np.square(block).sum(axis=1) * (self._mix > 0)
        unrelated = float(np.square(self._mix) @ energies)
        if float(np.square(self._mix @ block).sum()) >= _CANCELED * unrelated:
            return self._mix
        if self._gains is not self._mix and self._gains @ energies > _CANCELED * energies.max():
            return self._gains
        loudest = np.zeros_like(self._mix)
        loudest[int(energies.argmax())] = 1
        return loudest
