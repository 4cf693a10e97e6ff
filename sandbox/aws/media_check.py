"""What Transcribe says to a media file before it listens: its format, rate, channels and length."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av

_FORMATS = {
    "mp3": ("mp3",),
    "mov": ("mp4", "m4a"),
    "mp4": ("mp4", "m4a"),
    "m4a": ("m4a", "mp4"),
    "wav": ("wav",),
    "flac": ("flac",),
    "ogg": ("ogg",),
    "amr": ("amr",),
    "amrnb": ("amr",),
    "amrwb": ("amr",),
    "webm": ("webm",),
}
_LOWEST, _HIGHEST, _CHANNELS = 8_000, 48_000, 2
_UNSUPPORTED = "Unsupported media format. Check the media format of your media file and try your request again."


@dataclass
class Limits:
    """The most that a job takes: seconds and bytes of media."""

    seconds: float = 4 * 3600.0
    bytes: int = 2_000_000_000


@dataclass(frozen=True)
class Probed:
    """What a file is: its format as Transcribe calls it, samples per second, seconds."""

    format: str
    rate: int
    duration: float


class MediaRefusedError(Exception):
    """The job fails; the message is its FailureReason."""


def probe(path: Path, limits: Limits, format_given: str | None, rate_given: int | None) -> Probed:
    """Look into a file. Raises MediaRefusedError with the service's own text."""
    if path.stat().st_size > limits.bytes:
        raise MediaRefusedError("Invalid file size: file size too large. Maximum file size is 2 GB.")
    try:
        with av.open(str(path)) as container:
            names = {name for known in container.format.name.split(",") for name in _FORMATS.get(known, ())}
            if "matroska" in container.format.name and not _is_webm(path):
                names -= {"webm"}
            streams = container.streams.audio
            if not names or not streams:
                raise MediaRefusedError(_UNSUPPORTED)
            rate, channels = int(streams[0].rate or 0), int(streams[0].channels or 0)
            seconds = _duration(container)
    except (av.error.FFmpegError, ValueError) as error:
        raise MediaRefusedError(_UNSUPPORTED) from error
    _judge(names, rate, channels, format_given, rate_given)
    if seconds > limits.seconds:
        hours = f"{limits.seconds / 3600:.6f}"
        raise MediaRefusedError(
            f"Invalid file size: file size too large. Maximum audio duration is {hours} hours."
            "Check the length of the file and try your request again."
        )
    return Probed(format_given or _named(path, names), rate, seconds)


def _judge(names: set[str], rate: int, channels: int, format_given: str | None, rate_given: int | None) -> None:
    if format_given and format_given not in names:
        raise MediaRefusedError(
            "The media format provided does not match the detected media format. "
            "Check the media format of your media file and correct the specified value."
        )
    if rate_given and rate_given != rate:
        raise MediaRefusedError(
            "The sample rate provided does not match the detected sample rate. "
            "Check the sample rate of your media file and correct the specified value."
        )
    if not _LOWEST <= rate <= _HIGHEST:
        raise MediaRefusedError(
            "Invalid sample rate for audio file. The sample rate must be between 8,000 and 48,000 hertz."
        )
    if channels > _CHANNELS:
        raise MediaRefusedError("Invalid number of channels: number of channels too large.")


def _named(path: Path, names: set[str]) -> str:
    """Of formats that share a container the one that the file's name says."""
    suffix = path.suffix.lstrip(".").lower()
    return suffix if suffix in names else max(names)


def _is_webm(path: Path) -> bool:
    with path.open("rb") as file:
        return b"webm" in file.read(64)


def _duration(container: av.container.InputContainer) -> float:
    """Seconds by the header, or counted where there are none."""
    if container.duration:
        return float(container.duration) / av.time_base
    stream = container.streams.audio[0]
    last = 0.0
    for packet in container.demux(stream):
        if packet.pts is not None and packet.time_base:
            last = max(last, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    return last
