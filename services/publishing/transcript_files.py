"""The recap and the whole transcript as files to keep: Markdown, SubRip and WebVTT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.publishing.captions import srt, vtt
from services.publishing.message import Upload
from services.publishing.mrkdwn import one_line
from services.publishing.naming import file_name, language_name, media_title
from services.publishing.paragraphs import paragraphs
from services.publishing.times import clock, due_of, span
from services.vocabulary.recap import Point, Recap

_MARKS = re.compile(r"([\\`*_\[\]<>|~#])")
# What would make a list or a heading of a line that begins with it.
_AT_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")


def transcript_files(recap: Recap) -> tuple[Upload, ...]:
    """The three files; none where nobody spoke, because Slack takes no empty file."""
    if not recap.transcript.segments:
        return ()
    title = media_title(recap.media)
    contents = {
        ".md": transcript_markdown(recap),
        ".srt": srt(recap.transcript),
        ".vtt": vtt(recap.transcript),
    }
    return tuple(
        Upload(name=file_name(title, suffix), title=file_name(title, suffix), content=text.encode())
        for suffix, text in contents.items()
    )


def transcript_markdown(recap: Recap) -> str:
    """All that the recap says and every word of the recording, with times. Words are shown, never read as Markdown."""
    return "\n\n".join([*_head(recap), *_summary(recap), "## Transcript", *_transcript(recap)]) + "\n"


def tame(text: str) -> str:
    """Text that Markdown shows letter by letter, as one line."""
    return _AT_START.sub(r"\1\\", _MARKS.sub(r"\\\1", one_line(text)))


def _head(recap: Recap) -> Iterator[str]:
    transcript = recap.transcript
    yield f"# {tame(media_title(recap.media))}"
    yield f"{span(transcript.duration)}, {tame(language_name(transcript.language))}"
    if recap.summary.gist:
        yield f"> {tame(recap.summary.gist.text)}"


def _summary(recap: Recap) -> Iterator[str]:
    summary, labels = recap.summary, _labels(recap)
    tasks = []
    for item in summary.action_items:
        owner = f"**{labels[item.owner]}**: " if item.owner in labels else ""
        due = due_of(item)
        when = f" ({tame(due)})" if due else ""
        tasks.append(f"- [ ] {owner}{tame(item.text)}{when}{_at(item.citations[0].start) if item.citations else ''}")
    parts = {
        "Key points": [_point(point) for point in summary.points],
        "To do": tasks,
        "Decided": [_point(point) for point in summary.decisions],
        "Chapters": [f"- {clock(chapter.start)} {tame(chapter.title)}" for chapter in summary.chapters],
        "Speakers": [f"- {labels[each.id]}: {each.share:.0%} of the talk" for each in recap.transcript.speakers],
        "Topics": [f"- {tame(topic.name)}" for topic in summary.topics],
    }
    for heading, lines in parts.items():
        if lines:
            yield f"## {heading}"
            yield "\n".join(lines)


def _point(point: Point) -> str:
    return f"- {tame(point.text)}{_at(point.citations[0].start) if point.citations else ''}"


def _at(seconds: float) -> str:
    return f" ({clock(seconds)})"


def _transcript(recap: Recap) -> Iterator[str]:
    labels = _labels(recap)
    titles = {chapter.first: chapter for chapter in recap.summary.chapters}
    for paragraph in paragraphs(recap.transcript.segments, titles):
        first = paragraph[0]
        if first.id in titles:
            yield f"### {clock(titles[first.id].start)} {tame(titles[first.id].title)}"
        who, when = labels.get(first.speaker), clock(first.start)
        yield f"**{who}** {when}" if who else f"**{when}**"
        yield tame(" ".join(segment.text for segment in paragraph))


def _labels(recap: Recap) -> dict[int, str]:
    return {speaker.id: tame(speaker.label) for speaker in recap.transcript.speakers}
