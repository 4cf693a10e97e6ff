"""Recordings as files of several kinds, made on the spot."""

from __future__ import annotations

import io
from typing import cast

import av
import numpy as np

_CONTAINERS = {
    "wav": ("wav", "pcm_s16le"),
    "flac": ("flac", "flac"),
    "mp3": ("mp3", "libmp3lame"),
    "m4a": ("ipod", "aac"),
}
_CONTAINERS |= {"aiff": ("aiff", "pcm_s16be"), "ogg": ("ogg", "libopus")}


def sound(kind: str, seconds: float = 1.0, *, rate: int = 16_000, layout: str = "mono") -> bytes:
    """Silence."""
    container, codec = _CONTAINERS[kind]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        stream = cast("av.AudioStream", target.add_stream(codec, rate=rate, layout=layout))
        channels = len(stream.layout.channels)
        samples = np.zeros((1, round(seconds * rate) * channels), np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        for part in av.AudioResampler(format=stream.format, layout=layout, rate=rate, frame_size=1024).resample(frame):
            target.mux(stream.encode(part))
        target.mux(stream.encode(None))
    return out.getvalue()
