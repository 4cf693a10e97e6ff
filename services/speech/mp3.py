"""Sound to mp3."""

from __future__ import annotations

import os
from pathlib import Path

import av
import numpy as np

from services.speech.loudness import Samples

_BITS_PER_SECOND = 64_000
# At this rate LAME turns the sound down to 95 % before it codes it (measured: -0.45 dB over the whole spectrum).
_LAME_GAIN = 0.95


def write_mp3(path: Path, samples: Samples, rate: int) -> None:
    """Write mono sound in -1..1 as mp3 of 64 kbit/s; `path` is replaced when the file is whole."""
    partial = path.with_name(f"{path.name}.part")
    with av.open(str(partial), "w", format="mp3") as output:
        stream = output.add_stream("libmp3lame", rate=rate, bit_rate=_BITS_PER_SECOND, layout="mono", format="s16p")
        sound = np.clip(samples * (32768 / _LAME_GAIN), -32768, 32767).astype(np.int16)
        for start in range(0, len(sound), rate):
            part = sound[np.newaxis, start : start + rate]
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), format="s16p", layout="mono")
            frame.sample_rate, frame.pts = rate, start
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    os.replace(partial, path)  # noqa: PTH105 - the one that replaces what is there on every system
