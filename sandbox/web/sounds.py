"""Sound made on the spot, in the containers that sites serve, and the answer to a request for a part of it."""

from __future__ import annotations

import io
import math
import re
from typing import cast

import av
import numpy as np
from aiohttp import web

_RATE = 48_000
_KINDS = {
    "webm": ("webm", "libopus", "audio/webm"),
    "m4a": ("ipod", "aac", "audio/mp4"),
    "mp3": ("mp3", "libmp3lame", "audio/mpeg"),
    "ts": ("mpegts", "aac", "video/mp2t"),
}


def tone(kind: str, seconds: float, *, pitch: float = 440.0) -> tuple[bytes, str]:
    """A quiet tone as (bytes, content type) in a 'webm', 'm4a', 'mp3' or 'ts' container."""
    container, codec, content_type = _KINDS[kind]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as output:
        stream = cast("av.AudioStream", output.add_stream(codec, rate=_RATE, layout="mono", bit_rate=32_000))
        clock = np.arange(math.ceil(seconds * _RATE), dtype=np.float32) / _RATE
        wave = (np.sin(2 * np.pi * pitch * clock) * 8000).astype(np.int16)
        for start in range(0, len(wave), _RATE):
            frame = av.AudioFrame.from_ndarray(wave[np.newaxis, start : start + _RATE], format="s16", layout="mono")
            frame.sample_rate, frame.pts = _RATE, start
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return out.getvalue(), content_type


def partial(request: web.Request, body: bytes, content_type: str) -> web.Response:
    """The body, or the one range of it that was asked for."""
    headers = {"Accept-Ranges": "bytes", "Content-Type": content_type}
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("Range", ""))
    if not asked:
        return web.Response(body=body, headers=headers)
    first, last = int(asked[1]), min(int(asked[2] or len(body)), len(body) - 1)
    if first >= len(body):
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    return web.Response(status=206, body=body[first : last + 1], headers=headers)
