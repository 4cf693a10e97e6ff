"""The recap as JSON for programs: the published form that `recap --json` prints (docs/recap.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable

from services.vocabulary.base import Strict
from services.vocabulary.recap import ActionItem, Citation, Point, Recap
from services.vocabulary.transcript import Transcript


class CitedWords(Strict):
    """What a statement rests on; times in seconds, the speaker by label, null where it is not known who speaks."""

    start: float
    end: float
    speaker: str | None
    text: str


class Statement(Strict):
    """A sentence with its proof."""

    text: str
    citations: tuple[CitedWords, ...]


class Task(Statement):
    """Something to do. `owner` is a speaker's label, only where the words say so."""

    owner: str | None
    due: str | None


class SpeakerReport(Strict):
    """A voice. `share` is of all talk, 0 to 1; `evidence` holds the words that proved the name."""

    label: str
    name: str | None
    evidence: tuple[CitedWords, ...]
    share: float


class TopicReport(Strict):
    """A keyphrase with the words around it."""

    name: str
    citations: tuple[CitedWords, ...]


class ChapterReport(Strict):
    """A stretch of the recording, in seconds."""

    title: str
    start: float
    end: float


class NarrationReport(Strict):
    """The spoken summary; `file` is where the mp3 was written, None with a `reason` where there is none."""

    text: str
    language: str
    duration: float
    file: str | None
    reason: str | None


class CoverageReport(Strict):
    """Seconds of speech heard, and how many of them have words."""

    speech: float
    covered: float


class RecapReport(Strict):
    """All that `recap` knows about one recording. Times are seconds from its start."""

    title: str
    language: str
    duration: float
    coverage: CoverageReport
    speakers: tuple[SpeakerReport, ...]
    gist: Statement | None
    points: tuple[Statement, ...]
    topics: tuple[TopicReport, ...]
    chapters: tuple[ChapterReport, ...]
    action_items: tuple[Task, ...]
    decisions: tuple[Statement, ...]
    transcript: tuple[CitedWords, ...]
    narration: NarrationReport | None


def report_of(recap: Recap, narration_file: str | None = None) -> RecapReport:
    """The published form of a recap."""
    transcript, summary, narration = recap.transcript, recap.summary, recap.narration
    return RecapReport(
        title=recap.media.name,
        language=transcript.language,
        duration=transcript.duration,
        coverage=CoverageReport(speech=transcript.speech, covered=transcript.covered),
        speakers=tuple(
            SpeakerReport(
                label=each.label, name=each.name, evidence=_words(transcript, each.evidence), share=each.share
            )
            for each in transcript.speakers
        ),
        gist=_statement(transcript, summary.gist) if summary.gist else None,
        points=tuple(_statement(transcript, point) for point in summary.points),
        topics=tuple(
            TopicReport(name=topic.name, citations=_words(transcript, topic.segments)) for topic in summary.topics
        ),
        chapters=tuple(ChapterReport(title=c.title, start=c.start, end=c.end) for c in summary.chapters),
        action_items=tuple(_task(transcript, item) for item in summary.action_items),
        decisions=tuple(_statement(transcript, point) for point in summary.decisions),
        transcript=_words(transcript, range(len(transcript.segments))),
        narration=narration
        and NarrationReport(
            text=narration.text,
            language=narration.language,
            duration=narration.duration,
            file=narration_file,
            reason=narration.reason,
        ),
    )


def _words(transcript: Transcript, segments: Iterable[int]) -> tuple[CitedWords, ...]:
    chosen = (transcript.segments[index] for index in segments)
    return tuple(CitedWords(start=s.start, end=s.end, speaker=transcript.label(s.speaker), text=s.text) for s in chosen)


def _cited(transcript: Transcript, citations: Iterable[Citation]) -> tuple[CitedWords, ...]:
    return tuple(
        CitedWords(start=c.start, end=c.end, speaker=transcript.label(c.speaker), text=c.text) for c in citations
    )


def _statement(transcript: Transcript, point: Point) -> Statement:
    return Statement(text=point.text, citations=_cited(transcript, point.citations))


def _task(transcript: Transcript, item: ActionItem) -> Task:
    cited = _cited(transcript, item.citations)
    return Task(text=item.text, citations=cited, owner=transcript.label(item.owner), due=item.due)
