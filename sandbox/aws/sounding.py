"""Sound from one form into another, as Polly delivers it."""

from __future__ import annotations

import io
from typing import cast

import av

from sandbox.aws.errors import AwsError

# No encoder for Vorbis comes with PyAV.
_CODECS = {"mp3": ("mp3", "libmp3lame"), "ogg_opus": ("ogg", "libopus")}
_RAW = {"pcm": "pcm_s16le", "mulaw": "pcm_mulaw", "alaw": "pcm_alaw"}
_CONTAINERS = {"pcm": "s16le", "mulaw": "mulaw", "alaw": "alaw"}


def seconds(mp3: bytes) -> float:
    """How long a sound is."""
    with av.open(io.BytesIO(mp3), "r") as source:
        return float(sum(frame.samples / frame.sample_rate for frame in source.decode(audio=0)))


def converted(mp3: bytes, kind: str, rate: int) -> bytes:
    """The sound, mono, as one of Polly's output formats with that many samples per second.

    Raises AwsError for Vorbis, which cannot be made here.
    """
    if kind not in _RAW.keys() | _CODECS.keys():
        raise AwsError("ServiceFailureException", f"the stand-in for Polly cannot make {kind}")
    container, codec = (_CONTAINERS[kind], _RAW[kind]) if kind in _RAW else _CODECS[kind]
    out = io.BytesIO()
    with av.open(io.BytesIO(mp3), "r") as source, av.open(out, "w", format=container) as target:
        stream = cast("av.AudioStream", target.add_stream(codec, rate=rate, layout="mono"))
        resampler = av.AudioResampler(format=stream.format or "s16", layout="mono", rate=rate)
        for frame in source.decode(audio=0):
            for part in resampler.resample(frame):
                target.mux(stream.encode(part))
        for part in resampler.resample(None):
            target.mux(stream.encode(part))
        target.mux(stream.encode(None))
    return out.getvalue()
