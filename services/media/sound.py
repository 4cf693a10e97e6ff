"""Decoded frames in, one raw file of 16 kHz mono samples out, each sample at its time in the recording."""

from __future__ import annotations

from typing import BinaryIO

import av
import numpy as np

from services.media.downmix import Downmix

RATE = 16_000
"""Samples per second of the result."""

SAMPLE_BYTES = 2
"""Bytes of one sample of the result."""

# Timestamps of containers are rounded to milliseconds and frames last up to 0.1 s; more is a pause in the recording.
_GAP = 0.12
# Beyond it the timestamp is more likely wrong than the recording silent.
_LARGEST_GAP = 600.0
_SLOWEST, _FASTEST, _MOST_CHANNELS = 4_000, 768_000, 64


class TooLong(Exception):  # noqa: N818 - an event, not a fault of ours
    """More sound than the budget allows."""


class Sound:
    """Writes the frames of one audio stream to `file`.

    Where timestamps jump ahead (a recorder was paused, packets were lost) silence fills the gap, so that a second in
    the result is the same second in the recording. `origin` is the timestamp in seconds at which the recording starts.
    Raises TooLong once more than `budget` seconds would be written.
    """

    def __init__(self, file: BinaryIO, *, budget: float, origin: float) -> None:
        self._file = file
        self._left = int(budget * RATE)
        self._origin = origin
        self._written = 0
        self._filled = 0.0
        self._clock = 0.0
        self._setup: tuple[str, str, int] | None = None
        self._resampler: av.AudioResampler | None = None
        self._downmix = Downmix(["FC"])

    @property
    def seconds(self) -> float:
        """How much sound was written."""
        return self._written / RATE

    @property
    def filled(self) -> float:
        """How many of these seconds are silence that stands for nothing in the file."""
        return self._filled

    def add(self, frame: av.AudioFrame) -> None:
        """Append a frame; frames of one stream may change their rate and channels. Raises ValueError for odd ones."""
        if not (_SLOWEST <= frame.sample_rate <= _FASTEST and 0 < len(frame.layout.channels) <= _MOST_CHANNELS):
            raise ValueError("no such sound")
        self._fill(self._gap_before(frame))
        setup = (frame.format.name, frame.layout.name, frame.sample_rate)
        if setup != self._setup:
            self._flush()
            self._setup = setup
            self._downmix = Downmix([channel.name for channel in frame.layout.channels])
        if self._resampler is None:
            self._resampler = av.AudioResampler(format="flt", rate=RATE, frame_size=RATE)
        self._clock += frame.samples / frame.sample_rate
        for block in self._resampler.resample(frame):
            self._write(block)

    def finish(self) -> None:
        """Write what is still held back."""
        self._flush()

    def _gap_before(self, frame: av.AudioFrame) -> float:
        if frame.time is None:
            return 0.0
        gap = frame.time - self._origin - self._clock
        if abs(gap) <= _GAP:
            return 0.0
        if 0 < gap <= _LARGEST_GAP:
            return gap
        self._origin += gap
        return 0.0

    def _fill(self, gap: float) -> None:
        if gap:
            self._flush()
            self._clock += gap
            self._filled += gap
            self._put(np.zeros(max(0, round(self._clock * RATE) - self._written), np.int16))

    def _flush(self) -> None:
        if self._resampler is not None:
            resampler, self._resampler = self._resampler, None
            for block in resampler.resample(None):
                self._write(block)

    def _write(self, block: av.AudioFrame) -> None:
        # Packed samples, because PyAV 18 crashes on planes of eight channels and more.
        channels = block.to_ndarray().astype(np.float32).reshape(block.samples, -1).T
        mono = self._downmix(np.clip(np.nan_to_num(channels, nan=0.0), -1, 1))
        self._put((mono * 32767).astype("<i2"))

    def _put(self, samples: np.ndarray) -> None:
        self._left -= samples.size
        if self._left < 0:
            raise TooLong
        self._file.write(samples.tobytes())
        self._written += samples.size
