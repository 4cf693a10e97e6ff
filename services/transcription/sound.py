"""Samples of a recording, read from the disk stretch by stretch, so that hours of sound never lie in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 16_000
"""Samples per second of `Audio`."""

Samples = npt.NDArray[np.float32]
Span = tuple[float, float]
"""Start and end in seconds."""

_FULL_SCALE = 32_768.0


class Sound:
    """The file of an `Audio` (16 kHz mono, signed 16-bit little-endian), as float32 samples from -1 to 1."""

    def __init__(self, path: Path) -> None:
        whole = path.stat().st_size // 2
        self._data = np.memmap(path, dtype="<i2", mode="r", shape=(whole,)) if whole else np.zeros(0, "<i2")

    def __len__(self) -> int:
        return len(self._data)

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self._data) / RATE

    def samples(self, first: int, last: int) -> Samples:
        """The samples from `first` up to `last`, as far as there are any."""
        return self._data[max(0, first) : max(0, last)].astype(np.float32) / np.float32(_FULL_SCALE)

    def between(self, start: float, end: float) -> Samples:
        """The samples between two times in seconds, as far as there are any."""
        return self.samples(round(start * RATE), round(end * RATE))
