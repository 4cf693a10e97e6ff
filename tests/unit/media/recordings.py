"""Recordings made on the spot: speech-like sound in every container that people share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

RATE = 48_000

Sound = npt.NDArray[np.float32]

CONTAINERS: dict[str, dict[str, Any]] = {
    "mp3": {"codec": "libmp3lame"},
    "m4a": {"codec": "aac", "format": "ipod"},
    "mp4": {"codec": "aac", "video": "libx264"},
    "mov": {"codec": "aac", "video": "libx264"},
    "webm": {"codec": "libopus", "video": "libvpx"},
    "ogg": {"codec": "libopus"},
    "opus": {"codec": "libopus", "layout": "mono"},
    "flac": {"codec": "flac"},
    "wav": {"codec": "pcm_s16le"},
    "aac": {"codec": "aac", "format": "adts"},
    "avi": {"codec": "libmp3lame", "video": "mpeg4"},
    "mkv": {"codec": "flac", "format": "matroska", "layout": "5.1", "video": "libx264"},
    "ts": {"codec": "aac", "format": "mpegts", "video": "libx264"},
    "aiff": {"codec": "pcm_s16be"},
    "amr": {"codec": "libopencore_amrnb", "layout": "mono", "rate": 8_000},
    "caf": {"codec": "pcm_s16le"},
    "3gp": {"codec": "aac", "layout": "mono", "rate": 44_100},
    "flv": {"codec": "aac", "rate": 44_100},
}
"""What each kind of file is made with."""

CENC = {
    "encryption_scheme": "cenc-aes-ctr",
    "encryption_key": "00112233445566778899aabbccddeeff",
    "encryption_kid": "ffeeddccbbaa99887766554433221100",
}
"""Options of the mp4 muxer that make a file of common encryption."""


def speech(seconds: float, rate: int = RATE) -> Sound:
    """A voice of a kind: harmonics of 140 Hz in four syllables a second, over a little noise; peaks under 0.6."""
    time = np.arange(round(seconds * rate)) / rate
    syllables = 0.5 + 0.5 * np.sin(2 * np.pi * 4 * time)
    voice = sum(np.sin(2 * np.pi * 140 * harmonic * time) / harmonic for harmonic in range(1, 6))
    noise = np.random.default_rng(1).standard_normal(time.size)
    return np.asarray(0.2 * syllables * voice + 0.005 * noise, np.float32)


def record(
    path: Path,
    samples: Sound | None = None,
    *,
    codec: str,
    rate: int = RATE,
    layout: str = "stereo",
    format: str | None = None,  # noqa: A002 - FFmpeg's word
    video: str | None = None,
    options: dict[str, str] | None = None,
    seconds: float = 4.0,
    pictures: int | None = None,
) -> Path:
    """Write a recording; `samples` has the shape (channels, samples), or one channel that is copied to all.

    With `video` there are ten `pictures` a second, as many as the sound lasts unless a number is given.
    """
    sound = np.atleast_2d(speech(seconds, rate) if samples is None else samples)
    with av.open(str(path), "w", format=format, options=options or {}) as output:
        screen: Any = output.add_stream(video, rate=10) if video else None
        stream: Any = output.add_stream(codec, rate=rate)
        stream.layout = layout
        channels = len(stream.layout.channels)
        if sound.shape[0] == 1:
            sound = np.tile(sound, (channels, 1))
        if screen:
            screen.width, screen.height, screen.pix_fmt = 64, 64, "yuv420p"
        _mux_sound(output, stream, sound, rate, layout)
        if screen:
            for shade in range(pictures or int(sound.shape[1] / rate * 10)):
                picture = np.full((64, 64, 3), shade % 255, np.uint8)
                output.mux(screen.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            output.mux(screen.encode(None))
    return path


def _mux_sound(output: Any, stream: Any, sound: Sound, rate: int, layout: str) -> None:
    resampler = av.AudioResampler(
        format=stream.format, layout=layout, rate=rate, frame_size=stream.codec_context.frame_size or None
    )
    for start in range(0, sound.shape[1], rate // 10):
        part = np.ascontiguousarray(sound[:, start : start + rate // 10], np.float32)
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=layout)
        frame.sample_rate, frame.pts = rate, start
        for piece in resampler.resample(frame):
            output.mux(stream.encode(piece))
    for piece in resampler.resample(None):
        output.mux(stream.encode(piece))
    output.mux(stream.encode(None))


def example(folder: Path, kind: str, **changes: Any) -> Path:
    """A recording of one of the `CONTAINERS`."""
    return record(folder / f"recording.{kind}", **(CONTAINERS[kind] | changes))
