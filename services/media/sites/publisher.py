"""What the publisher says, from yt-dlp's answer: untrusted text, cut to length. Only in the child."""

from __future__ import annotations

import re
from typing import Any

from services.vocabulary.source import Marker, Publication

_LONGEST_TEXT, _LONGEST_URL = 300, 1000
_MOST_CHAPTERS = 200
_MOST_SECONDS = 7 * 24 * 3600.0


def publication_of(info: dict[str, Any]) -> Publication:
    """The publication; what is missing or malformed is None."""
    author = next(
        (text for name in ("channel", "uploader", "artist", "creator", "series") if (text := _text(info.get(name)))),
        None,
    )
    return Publication(
        title=_text(info.get("title")) or "Untitled",
        author=author,
        duration=_seconds(info.get("duration")),
        language=language_code(info.get("language")),
        thumbnail=_thumbnail(info),
        published=_day(info.get("upload_date") or info.get("release_date")),
        chapters=_chapters(info.get("chapters")),
    )


def language_code(language: object) -> str | None:
    """ISO 639-1 of 'en-US' or 'en'; None for anything else."""
    found = re.match(r"([a-z]{2})(?:[-_].*)?$", language, re.IGNORECASE) if isinstance(language, str) else None
    return found[1].lower() if found else None


def _text(value: object) -> str | None:
    return " ".join(value.split())[:_LONGEST_TEXT] or None if isinstance(value, str) else None


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 < value < _MOST_SECONDS else None


def _day(value: object) -> str | None:
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", value) if isinstance(value, str) else None
    return "-".join(found.groups()) if found else None


def _thumbnail(info: dict[str, Any]) -> str | None:
    url = info.get("thumbnail")
    return url if isinstance(url, str) and url.startswith("https://") and len(url) <= _LONGEST_URL else None


def _chapters(given: object) -> tuple[Marker, ...]:
    """In order of time, each with a title; a single one says nothing."""
    if not isinstance(given, list):
        return ()
    markers = [
        Marker(title=title, start=float(start), end=_seconds(chapter.get("end_time")))
        for chapter in given[:_MOST_CHAPTERS]
        if isinstance(chapter, dict)
        and (title := _text(chapter.get("title")))
        and not title.startswith("<Untitled")
        and isinstance(start := chapter.get("start_time"), int | float)
        and 0 <= start < _MOST_SECONDS
    ]
    return tuple(sorted(markers, key=lambda marker: marker.start)) if len(markers) > 1 else ()
