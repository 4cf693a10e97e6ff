"""The second that a link opens at, in the spellings that sites use."""

from __future__ import annotations

import re

_SECONDS = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)s?", re.ASCII)
_UNITS = re.compile(r"(?=\d)(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6}(?:\.\d{1,3})?)s?)?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)", re.ASCII)


def seconds_of(text: str | None) -> float | None:
    """Seconds of '90', '90s', '1m30s', '1h2m3s', '1:30' or '1:02:03'; None for anything else and for 0."""
    text = (text or "").strip().lower()
    if plain := _SECONDS.fullmatch(text):
        return float(plain[1]) or None
    if found := _UNITS.fullmatch(text) or _CLOCK.fullmatch(text):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds or None
    return None


def media_fragment_start(text: str | None) -> float | None:
    """Where the span of a media fragment begins: '10,20', 'npt:10', ',20' (W3C Media Fragments 1.0, section 4.2.1)."""
    return seconds_of((text or "").removeprefix("npt:").partition(",")[0])


def first_moment(*texts: str | None) -> float | None:
    """The first of these that says a second."""
    return next((seconds for text in texts if (seconds := seconds_of(text)) is not None), None)
