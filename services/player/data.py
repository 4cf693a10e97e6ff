"""What the page knows about a recap."""

from __future__ import annotations

from typing import Any

from services.publishing.naming import language_name, media_title
from services.publishing.times import due_of
from services.vocabulary.recap import ActionItem, Point, Recap


def page_data(recap: Recap, content_type: str | None) -> dict[str, Any]:
    """The JSON behind the page; times in seconds. `content_type` is the recording's, None where it is gone.

    A segment's `speaker` is None where it is not known who speaks.
    """
    transcript, summary = recap.transcript, recap.summary
    known = {speaker.id for speaker in transcript.speakers}
    return {
        "title": media_title(recap.media),
        "duration": transcript.duration,
        "language": transcript.language,
        "language_name": language_name(transcript.language),
        "media": content_type.partition("/")[0] if content_type else None,
        "gist": _point(summary.gist) if summary.gist else None,
        "points": [_point(point) for point in summary.points],
        "action_items": [_action(recap, item) for item in summary.action_items],
        "decisions": [_point(point) for point in summary.decisions],
        "chapters": [{"title": each.title, "start": each.start, "end": each.end} for each in summary.chapters],
        "speakers": [{"id": each.id, "label": each.label, "share": each.share} for each in transcript.speakers],
        "segments": [
            {
                "start": each.start,
                "end": each.end,
                "speaker": each.speaker if each.speaker in known else None,
                "text": each.text,
            }
            for each in transcript.segments
        ],
    }


def _point(point: Point | ActionItem) -> dict[str, Any]:
    return {"text": point.text, "start": point.citations[0].start if point.citations else None}


def _action(recap: Recap, item: ActionItem) -> dict[str, Any]:
    owners = {speaker.id: speaker.label for speaker in recap.transcript.speakers}
    return _point(item) | {"owner": None if item.owner is None else owners.get(item.owner), "due": due_of(item)}
