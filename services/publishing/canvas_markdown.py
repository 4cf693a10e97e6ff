"""The whole transcript as a canvas: who said what when, and each time opens that second."""

from __future__ import annotations

from collections.abc import Iterator

from services.publishing.mrkdwn import address, clip, size
from services.publishing.naming import language_name, media_title, words_from
from services.publishing.paragraphs import paragraphs
from services.publishing.times import Link, clock, span
from services.publishing.transcript_files import tame
from services.vocabulary.recap import Recap

# A canvas takes 1,048,576 characters in one call (method reference); smaller ones are taken faster.
_PART = 100_000
_WHOLE = 1_000_000
_TITLE = 150


def canvas_title(recap: Recap) -> str:
    """What the canvas is called."""
    return clip(f"Transcript of {media_title(recap.media)}", _TITLE)


def canvas_parts(recap: Recap, link: Link) -> list[str]:
    """The Markdown of it in parts, each of whole paragraphs; none where nobody spoke, or where it would be too long."""
    if not recap.transcript.segments:
        return []
    parts: list[str] = []
    held: list[str] = []
    for paragraph in _paragraphs(recap, link):
        if held and sum(map(size, held)) + 2 * len(held) + size(paragraph) > _PART:
            parts.append("\n\n".join(held))
            held = []
        held.append(paragraph)
    parts.append("\n\n".join(held))
    return parts if sum(map(size, parts)) <= _WHOLE else []


def _paragraphs(recap: Recap, link: Link) -> Iterator[str]:
    transcript = recap.transcript
    labels = {speaker.id: tame(speaker.label) for speaker in transcript.speakers}
    titles = {chapter.first: chapter.title for chapter in recap.summary.chapters}
    yield f"{span(transcript.duration)}, {tame(language_name(transcript.language))}, {words_from(transcript)}"
    for paragraph in paragraphs(transcript.segments, titles):
        first = paragraph[0]
        if first.id in titles:
            yield f"## {tame(titles[first.id])}"
        who = labels.get(first.speaker)
        said = tame(" ".join(segment.text for segment in paragraph))
        yield f"{f'**{who}** ' if who else ''}{_time(first.start, link)} {said}"


def _time(seconds: float, link: Link) -> str:
    url = address(link(seconds))
    return f"[{clock(seconds)}]({url.replace('(', '%28').replace(')', '%29')})" if url else clock(seconds)
