"""A summary as running text."""

from __future__ import annotations

from services.evidence.splitting import word_count
from services.vocabulary.recap import Summary


def summary_text(summary: Summary, *, words: int = 110) -> str:
    """Gist and points in the order in which they are shown, at most that many words; the longest points give way.

    The gist is kept whole whatever its length; empty where nothing was said.
    """
    if summary.gist is None:
        return ""
    points = list(summary.points)
    left = words - word_count(summary.gist.text)
    while points and sum(word_count(point.text) for point in points) > left:
        points.remove(max(points, key=lambda point: word_count(point.text)))
    return " ".join([summary.gist.text, *(point.text for point in points)])
