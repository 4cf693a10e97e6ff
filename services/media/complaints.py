"""What a person is told about a recording that cannot be heard: one sentence each, with a way forward."""

from __future__ import annotations

_HOUR, _MINUTE = 3600, 60


def empty(name: str) -> str:
    """The file has no bytes."""
    return f'"{name}" is empty (0 bytes): please upload it again.'


def not_media(name: str) -> str:
    """The bytes are something else, whatever the name says."""
    return (
        f'"{name}" is not a recording that I can read: please share audio or video, for example mp3, m4a, wav, mp4, '
        "mov or webm."
    )


def broken(name: str) -> str:
    """It begins as a recording does, but what is needed to play it is missing."""
    return f'"{name}" is cut off or damaged, so it cannot be played: please upload the whole file again.'


def protected(name: str) -> str:
    """The sound is encrypted."""
    return f'"{name}" is protected against copying, so I cannot hear it: please share a version without protection.'


def no_audio_track(name: str) -> str:
    """There are pictures at most."""
    return f'"{name}" has no audio track, so there is nothing to hear: please share a recording with sound.'


def no_sound(name: str) -> str:
    """There is an audio track without a single sample."""
    return f'"{name}" has an audio track but no sound in it: please check the recording and share it again.'


def unknown_codec(name: str, codec: str) -> str:
    """The sound is coded in a way that we do not decode."""
    return (
        f'"{name}" holds sound of a kind that I cannot read ({codec}): please convert it to mp3 or m4a and share that.'
    )


def too_long(name: str, seconds: float) -> str:
    """There is more sound than is taken; `seconds` is the bound."""
    return f'"{name}" is longer than {_duration(seconds)}, the most I take at once: please share it in shorter parts.'


def too_damaged(name: str) -> str:
    """Parts can be decoded, but too few."""
    return f'"{name}" is too damaged to be understood: please upload it again or share another copy.'


def crashes(name: str) -> str:
    """The decoder died of it."""
    return f'"{name}" is built in a way that stops my decoder: please convert it to mp3 or m4a and share that.'


def too_slow(name: str) -> str:
    """The decoder did not come to an end."""
    return f'"{name}" takes too long to decode, so I stopped: please convert it to mp3 or m4a and share that.'


def _duration(seconds: float) -> str:
    for unit, length in (("hour", _HOUR), ("minute", _MINUTE), ("second", 1)):
        if seconds >= length:
            count = f"{seconds / length:.1f}".removesuffix(".0")
            return f"{count} {unit}" if count == "1" else f"{count} {unit}s"
    return "a moment"
