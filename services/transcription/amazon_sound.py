"""Decoded sound as FLAC, for Amazon Transcribe: mono, 16 kHz, without loss, about half the size of the samples.

It is made in a child process, because an hour of sound keeps a processor busy for seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np

from services.processes import ChildDied, ChildTimeout, Limits, run_once
from services.transcription.sound import RATE, Sound
from services.vocabulary.errors import RetryableError

_ENTRY = "services.transcription.amazon_sound:serve"
_BLOCK = 30.0
_MEMORY = 2 << 30
# An hour takes 3 s on the reference machine; a busy one is given a hundred times that.
_WALL_BASE, _WALL_PER_SECOND = 120.0, 0.1

_QUIET = 64 / 32_768
"""The loudest sample of what is silence: 54 dB below full scale, under the hiss of any microphone."""


async def make_flac(source: Path, target: Path, *, start: float, end: float) -> None:
    """Write the sound from `start` to `end` (seconds) of an `Audio`'s file as FLAC. Raises RetryableError."""
    wall = _WALL_BASE + _WALL_PER_SECOND * (end - start)
    request = {"source": str(source), "target": str(target), "start": start, "end": end}
    try:
        await run_once(_ENTRY, request, Limits(wall=wall, memory=_MEMORY), environment={"OPENBLAS_NUM_THREADS": "1"})
    except ChildTimeout as error:
        raise RetryableError("Packing the sound took far longer than it should, so it was stopped") from error
    except ChildDied as error:
        raise RetryableError(f"Packing the sound ended before its time: {error}") from error


def serve() -> Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], dict[str, Any]]:
    """The child's handler."""
    return lambda request, _: _write(
        Path(request["source"]), Path(request["target"]), float(request["start"]), float(request["end"])
    )


def _write(source: Path, target: Path, start: float, end: float) -> dict[str, Any]:
    sound = Sound(source)
    last = min(len(sound), round(end * RATE))
    with av.open(str(target), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        for first in range(round(start * RATE), last, int(_BLOCK * RATE)):
            block = sound.samples(first, min(last, first + int(_BLOCK * RATE)))
            samples = np.round(block * 32_768).clip(-32_768, 32_767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
            frame.sample_rate = RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return {"bytes": target.stat().st_size}


def is_silent(sound: Sound) -> bool:
    """Whether no sample is loud enough to be heard; reads the file, so call it in a thread."""
    step = int(_BLOCK * RATE)
    return all(float(np.abs(sound.samples(first, first + step)).max()) < _QUIET for first in range(0, len(sound), step))


def is_accepted(head: bytes) -> bool:
    """Whether a file that begins so is of a format that Transcribe takes: mp3 mp4 m4a wav flac ogg amr webm.

    QuickTime, 3GP and Matroska look alike but are none of them; what is in a container only the job finds out.
    """
    if head[4:8] == b"ftyp":
        return head[8:10] != b"qt" and head[8:11] not in {b"3gp", b"3g2", b"3gs"}
    if head.startswith(b"\x1aE\xdf\xa3"):
        return b"webm" in head
    if head.startswith(b"RIFF"):
        return head[8:12] == b"WAVE"
    return head.startswith((b"ID3", b"fLaC", b"OggS", b"#!AMR")) or _is_mp3(head)


def _is_mp3(head: bytes) -> bool:
    """The mark of an MPEG frame and of its layer III: AAC has the same mark with layer 0."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 == 0x02  # noqa: PLR2004 - bits
