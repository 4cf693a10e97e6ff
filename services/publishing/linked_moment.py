"""The second that the person linked: what the recording says there."""

from __future__ import annotations

from services.publishing.mrkdwn import literal
from services.publishing.times import Link, moment
from services.vocabulary.recap import Point, Recap

_TITLE = 120
_WORDS = 300
# A point further away than this says nothing about the linked second.
_NEAR = 90.0


def linked_line(recap: Recap, link: Link) -> str | None:
    """One line of mrkdwn: the chapter there, and the nearest point or else the words; None where none was linked."""
    start = recap.start
    if not start or start < 0 or start >= recap.transcript.duration:
        return None
    chapter = next((each.title for each in recap.summary.chapters if each.start <= start < each.end), None)
    where = f", in _{literal(chapter, _TITLE)}_" if chapter else ""
    said = _there(recap, start, link)
    return f"You linked *{moment(start, link)}*{where}{f': {said}' if said else ''}"


def _there(recap: Recap, start: float, link: Link) -> str:
    point = _nearest(recap.summary.points, start)
    if point is not None:
        return f"{literal(point.text, _WORDS)} ({moment(point.citations[0].start, link)})"
    heard = next((each for each in recap.transcript.segments if each.end > start), None)
    return f"“{literal(heard.text, _WORDS)}”" if heard else ""


def _nearest(points: tuple[Point, ...], start: float) -> Point | None:
    def distance(point: Point) -> float:
        return min(max(each.start - start, start - each.end, 0.0) for each in point.citations)

    near = [point for point in points if point.citations and distance(point) <= _NEAR]
    return min(near, key=distance, default=None)
