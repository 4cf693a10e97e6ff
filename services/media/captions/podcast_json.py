"""The podcast namespace's JSON transcript: segments with startTime, endTime, body and perhaps speaker."""

from __future__ import annotations

from typing import Any

from services.media.captions.json_text import loaded
from services.media.captions.markup import lines_of, visible
from services.media.captions.refusals import unreadable
from services.media.captions.shown import Line, Shown, seconds

_WHAT = "a podcast's JSON transcript"
_NAME = 80


def read(text: str) -> list[Shown]:
    """The segments; those that recognizers write (start, end, text) are read too. Raises UserError for other JSON."""
    data = loaded(text, _WHAT)
    segments = data.get("segments") if isinstance(data, dict) else None
    if not isinstance(segments, list):
        raise unreadable(_WHAT)
    return [shown for each in segments if isinstance(each, dict) and (shown := _segment(each))]


def _segment(each: dict[str, Any]) -> Shown | None:
    start = seconds(each.get("startTime", each.get("start")))
    end = seconds(each.get("endTime", each.get("end")))
    body, speaker = each.get("body", each.get("text")), each.get("speaker")
    if start is None or not isinstance(body, str):
        return None
    voice = visible(speaker[:_NAME]) if isinstance(speaker, str) else None
    lines = tuple(Line(line, voice=voice or None) for line in lines_of(body))
    return Shown(start, None if end is None else max(start, end), lines)
