"""What the page knows about a recap."""

from __future__ import annotations

from typing import Any

from services.player.embeds import embed_of, playback_of, site_name, web_address
from services.player.reading import spoken_words
from services.publishing.naming import language_name, media_title, words_from
from services.publishing.paragraphs import paragraphs
from services.publishing.times import due_of
from services.vocabulary.media import Media
from services.vocabulary.recap import ActionItem, Narration, Point, Recap


def page_data(recap: Recap, content_type: str | None) -> dict[str, Any]:
    """The JSON behind the page; times in seconds. `content_type` is the recording's, None where it is not held here.

    A segment's `speaker` is None where it is not known who speaks. `paragraphs` are the segments that begin one.
    """
    transcript, summary = recap.transcript, recap.summary
    return {
        "title": media_title(recap.media),
        "duration": transcript.duration,
        "language": transcript.language,
        "language_name": language_name(transcript.language),
        "words_from": words_from(transcript),
        "media": content_type.partition("/")[0] if content_type else None,
        **_source(recap.media, held=content_type is not None),
        "narration": _narration(recap.narration),
        "gist": _point(summary.gist) if summary.gist else None,
        "points": [_point(point) for point in summary.points],
        "action_items": [_action(recap, item) for item in summary.action_items],
        "decisions": [_point(point) for point in summary.decisions],
        "chapters": [{"title": each.title, "start": each.start, "end": each.end} for each in summary.chapters],
        "speakers": [{"id": each.id, "label": each.label, "share": each.share} for each in transcript.speakers],
        **_transcript(recap),
    }


def _narration(narration: Narration | None) -> dict[str, Any] | None:
    """The spoken summary, where it can be heard."""
    if narration is None or narration.key is None:
        return None
    return {"language": narration.language, "paragraphs": spoken_words(narration)}


def _source(media: Media, *, held: bool) -> dict[str, Any]:
    """Who published it, where it can be opened, and the frame that plays it where we hold nothing."""
    embed = None if held else embed_of(media)
    url = web_address(media.url) if media.identity else None
    known = embed_of(media)
    return {
        "author": media.publication.author if media.publication else None,
        "source": {"url": url, "name": known.name if known else site_name(url)} if url else None,
        "moment_url": web_address(media.moment_url),
        "embed": embed.model_dump() if embed else None,
        "playback": None if held else _playback(media),
    }


def _playback(media: Media) -> dict[str, Any] | None:
    """The publisher's own recording: its address, what it is, and whose server it is on."""
    found = playback_of(media)
    if found is None:
        return None
    return {"url": found.url, "kind": found.mimetype.partition("/")[0], "name": site_name(found.url)}


def _transcript(recap: Recap) -> dict[str, Any]:
    segments = recap.transcript.segments
    known = {speaker.id for speaker in recap.transcript.speakers}
    chapters = {chapter.first for chapter in recap.summary.chapters}
    return {
        "segments": [
            {
                "start": each.start,
                "end": each.end,
                "speaker": each.speaker if each.speaker in known else None,
                "text": each.text,
            }
            for each in segments
        ],
        "paragraphs": [paragraph[0].id for paragraph in paragraphs(segments, chapters)],
    }


def _point(point: Point | ActionItem) -> dict[str, Any]:
    return {"text": point.text, "start": point.citations[0].start if point.citations else None}


def _action(recap: Recap, item: ActionItem) -> dict[str, Any]:
    return _point(item) | {"owner": recap.transcript.label(item.owner), "due": due_of(item)}
