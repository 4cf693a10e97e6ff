"""Chapters as publishers give them: the podcast namespace's JSON, and Podlove's simple chapters in the feed itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from services.media.podcasts.fields import clock, one_line
from services.vocabulary.errors import UserError
from services.vocabulary.source import Marker

MOST_CHAPTERS = 500
"""Chapters that are taken; no listener looks for more."""

LARGEST_FILE = 2 << 20
"""Bytes of a chapters file at most: chapters with many pictures' addresses stay far below."""

_LONGEST_TITLE = 150
_UNREADABLE = "The publisher's chapters file cannot be read, so the recap has chapters of its own."


def chapters(body: bytes) -> tuple[Marker, ...]:
    """The chapters of a podcast-namespace JSON file (application/json+chapters), in the order of their times.

    Entries that are kept out of the table of contents, or that have no title or no time, are left out. It takes
    milliseconds for `LARGEST_FILE`. Raises UserError where the bytes are no such file.
    """
    try:
        listed = json.loads(body[: LARGEST_FILE + 1])["chapters"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(_UNREADABLE) from error
    if not isinstance(listed, list):
        raise UserError(_UNREADABLE)
    entries = (entry for entry in listed[: 4 * MOST_CHAPTERS] if isinstance(entry, dict))
    return _ordered(_marker(entry) for entry in entries if entry.get("toc") is not False)


def simple_chapters(elements: Iterable[Mapping[str, str]]) -> tuple[Marker, ...]:
    """The chapters of `psc:chapter` elements (start, title)."""
    return _ordered(_made(element.get("title"), clock(element.get("start")), None) for element in elements)


def _marker(entry: dict[str, Any]) -> Marker | None:
    title = entry.get("title")
    return _made(
        title if isinstance(title, str) else None, _second(entry.get("startTime")), _second(entry.get("endTime"))
    )


def _made(title: str | None, start: float | None, end: float | None) -> Marker | None:
    called = one_line(title, _LONGEST_TITLE)
    if called is None or start is None:
        return None
    return Marker(title=called, start=start, end=end if end is not None and end > start else None)


def _second(value: object) -> float | None:
    return clock(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None


def _ordered(found: Iterable[Marker | None]) -> tuple[Marker, ...]:
    """By time; of two at one time the first one stands."""
    by_time: dict[float, Marker] = {}
    for marker in found:
        if marker is not None and len(by_time) < MOST_CHAPTERS:
            by_time.setdefault(marker.start, marker)
    return tuple(by_time[start] for start in sorted(by_time))
