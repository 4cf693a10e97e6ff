"""The child that parses strangers' bytes: it opens a file, decodes its sound and says what it found.

Nothing that a header claims is believed: sizes are not allocated, durations not relied on; what is decoded counts.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging
from av.container import InputContainer
from av.stream import Discard, Disposition

from services.media import complaints
from services.media.containers import CODECS, FORMATS, counts_itself, looks_like_media
from services.media.sound import Sound, TooLong
from services.vocabulary.errors import OperatorError, UserError

_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": FORMATS, "codec_whitelist": CODECS}
# Codec tags of common encryption, of the old iTunes store and of Audible.
_PROTECTED = ("enca", "drms", "aavd")
_MOST_INTERRUPTIONS = 100
_HOPELESS = 500
_LEAST_GOOD, _LEAST_SECONDS = 0.2, 1.0
_NOTABLE_SHARE, _NOTABLE_SECONDS = 0.02, 2.0
_NEAR_THE_END = 0.9
_REPORT_EVERY = 0.5

# What PyAV raises over broken bytes, beside FFmpeg's own errors.
_BROKEN = (av.error.FFmpegError, ValueError, LookupError, ArithmeticError)

_Report = Callable[[dict[str, Any]], None]


class _Protected(Exception):  # noqa: N818 - an event, not a fault of ours
    """A packet is encrypted."""


@dataclass
class _Tally:
    """Packets that gave sound and that failed, the bytes in them, and where the last one ended in a file of `size`."""

    size: int
    good: int = 0
    bad: int = 0
    heard: int = 0
    position: int = 0


def serve() -> Callable[[dict[str, Any], _Report], dict[str, Any]]:
    """The handler of one request: source and target paths, name, max_seconds. The result is `Audio` but for its path.

    Progress is the fraction of the file's bytes that has been read.
    """
    av.logging.set_level(None)
    return _decode


def _decode(request: dict[str, Any], report: _Report) -> dict[str, Any]:
    source, name, budget = Path(request["source"]), str(request["name"]), float(request["max_seconds"])
    tally = _Tally(size=source.stat().st_size)
    with _opened(source, name) as container, Path(request["target"]).open("wb") as target:
        stream = _audio_stream(container, name)
        header = _header_duration(container, stream) if counts_itself(container.format.name, source) else None
        if header is not None and header > budget and _reaches(budget, source, name):
            raise UserError(complaints.too_long(name, budget))
        sound = Sound(target, budget=budget, origin=(container.start_time or 0) / av.time_base)
        try:
            _hear(container, stream, sound, tally, report)
        except TooLong:
            raise UserError(complaints.too_long(name, budget)) from None
        except _Protected:
            raise UserError(complaints.protected(name)) from None
        except OSError as error:
            raise OperatorError(f"Decoded sound cannot be kept in {target.name}: {error.strerror}") from error
        damaged, has_video = _damaged(container, sound, header, tally), _has_video(container)
        if not _enough(sound, tally, damaged=damaged):
            raise UserError(complaints.too_damaged(name) if looks_like_media(source) else complaints.not_media(name))
        if not sound.seconds:
            raise UserError(complaints.no_sound(name))
        return {"duration": sound.seconds, "header_duration": header, "damaged": damaged, "has_video": has_video}


def _opened(source: Path, name: str) -> InputContainer:
    try:
        return av.open(str(source), options=_OPTIONS, metadata_errors="replace")
    except _BROKEN as error:
        broken = isinstance(error, av.error.InvalidDataError | EOFError) and looks_like_media(source)
        raise UserError(complaints.broken(name) if broken else complaints.not_media(name)) from error


def _audio_stream(container: InputContainer, name: str) -> av.AudioStream:
    """The track that is marked as the default one, else the first; the others are not even read."""
    if not container.streams.audio:
        raise UserError(complaints.no_audio_track(name))
    stream = max(container.streams.audio, key=lambda track: bool(track.disposition & Disposition.default))
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all
    context = stream.codec_context
    if context is None or context.name not in CODECS.split(","):
        raise UserError(complaints.unknown_codec(name, context.name if context else "unknown"))
    if context.codec_tag in _PROTECTED:
        raise UserError(complaints.protected(name))
    return stream


def _reaches(seconds: float, source: Path, name: str) -> bool:
    """Whether there is a packet beyond that time, so that the claim of a long recording is true; spares decoding it."""
    with _opened(source, name) as container, contextlib.suppress(*_BROKEN, StopIteration):
        stream = _audio_stream(container, name)
        container.seek(int((seconds + 1) * av.time_base))
        packet = next(container.demux(stream))
        return packet.pts is not None and float(packet.pts * packet.time_base) > seconds
    return False


def _hear(container: InputContainer, stream: av.AudioStream, sound: Sound, tally: _Tally, report: _Report) -> None:
    """Decode to the end. A packet that fails is counted and left out. Raises TooLong and _Protected."""
    reported = 0.0
    for packet in _packets(container, stream, tally):
        if packet.has_sidedata("encryption_info"):
            raise _Protected
        try:
            for frame in packet.decode():
                sound.add(frame)
            tally.good += bool(packet.size)
            tally.heard += packet.size
        except _BROKEN:
            tally.bad += 1
        if tally.bad > _HOPELESS and not tally.good:
            return
        tally.position = max(tally.position, (packet.pos or 0) + packet.size)
        if time.monotonic() - reported > _REPORT_EVERY:
            reported = time.monotonic()
            report({"fraction": min(1.0, tally.position / tally.size)})
    with contextlib.suppress(*_BROKEN):
        sound.finish()


def _packets(container: InputContainer, stream: av.AudioStream, tally: _Tally) -> Iterator[av.Packet[av.AudioStream]]:
    """All packets that can be read, going on after places that cannot."""
    for _ in range(_MOST_INTERRUPTIONS):
        try:
            yield from container.demux(stream)
        except _BROKEN:
            tally.bad += 1
        else:
            return


def _enough(sound: Sound, tally: _Tally, *, damaged: bool) -> bool:
    """Whether what could be decoded is worth hearing; bytes that only resemble a recording hardly ever are."""
    return tally.good >= _LEAST_GOOD * (tally.good + tally.bad) and not (damaged and sound.seconds < _LEAST_SECONDS)


def _header_duration(container: InputContainer, stream: av.AudioStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / av.time_base


def _has_video(container: InputContainer) -> bool:
    return any(not video.disposition & Disposition.attached_pic for video in container.streams.video)


def _damaged(container: InputContainer, sound: Sound, header: float | None, tally: _Tally) -> bool:
    """Whether packets failed, the end is missing, or time is missing that had bytes: a recorder's pause has none."""
    if tally.bad > _NOTABLE_SHARE * (tally.good + tally.bad):
        return True
    if header is not None and _notable(header - sound.seconds, header):
        # Sound that ends before the picture does is in order.
        return not _has_video(container) or tally.position > _NEAR_THE_END * tally.size
    if _has_video(container) or not _notable(sound.filled, sound.seconds):
        return False
    unheard = 1 - tally.heard / tally.size
    return container.format.name == "flac" or unheard > sound.filled / sound.seconds / 2


def _notable(missing: float, whole: float) -> bool:
    return missing > max(_NOTABLE_SECONDS, _NOTABLE_SHARE * whole)
