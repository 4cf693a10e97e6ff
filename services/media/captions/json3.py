"""YouTube's json3: events with the times of words, in milliseconds."""

from __future__ import annotations

from typing import Any

from services.media.captions.json_text import loaded
from services.media.captions.markup import lines_of, plain
from services.media.captions.refusals import unreadable
from services.media.captions.shown import Line, Shown, clipped, seconds, words_from

_MILLI = 0.001


def read(text: str) -> list[Shown]:
    """The captions. Events that only begin a new line (`aAppend`) or open a window have no words of their own.

    Raises UserError for anything but json3.
    """
    data = loaded(text, "json3")
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list):
        raise unreadable("json3")
    found = [shown for event in events if isinstance(event, dict) and (shown := _event(event))]
    return [_timed(caption, pieces) for caption, pieces in _ended(found)]


def _event(event: dict[str, Any]) -> tuple[Shown, list[tuple[float | None, str]]] | None:
    start, segments = seconds(event.get("tStartMs", 0), _MILLI), event.get("segs")
    if start is None or not isinstance(segments, list) or event.get("aAppend"):
        return None
    pieces = [
        (seconds(segment.get("tOffsetMs"), _MILLI), words)
        for segment in segments
        if isinstance(segment, dict) and isinstance(words := segment.get("utf8"), str)
    ]
    whole = "".join(words for _, words in pieces)
    if not whole.strip():
        return None
    length = seconds(event.get("dDurationMs"), _MILLI)
    lines = tuple(Line(line) for line in lines_of(whole))
    return Shown(start, None if length is None else start + length, lines), pieces


def _ended(
    found: list[tuple[Shown, list[tuple[float | None, str]]]],
) -> list[tuple[Shown, list[tuple[float | None, str]]]]:
    ordered = sorted(found, key=lambda pair: pair[0].start)
    captions = clipped([caption for caption, _ in ordered])
    return [(caption, pieces) for caption, (_, pieces) in zip(captions, ordered, strict=True)]


def _timed(caption: Shown, pieces: list[tuple[float | None, str]]) -> Shown:
    """The caption with the times of its words, where it has any beside its own beginning."""
    if all(offset is None for offset, _ in pieces):
        return caption
    starts: list[tuple[float, str]] = []
    latest = 0.0
    for offset, words in pieces:
        latest = max(latest, offset or 0.0)
        if shown := plain(words):
            starts.append((caption.start + latest, shown))
    end = starts[-1][0] + 1 if caption.end is None else max(caption.end, starts[-1][0]) if starts else caption.start
    text = " ".join(line.text for line in caption.lines if line.text)
    return caption._replace(lines=(Line(text, words_from(starts, end)),))
