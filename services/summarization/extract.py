"""The whole extractive summary, pure and synchronous: every statement is a real sentence of the recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.evidence.checker import Checker
from services.evidence.citations import cite_sentence
from services.evidence.embeddings import Embedder
from services.summarization.chapters import chapter_starts
from services.summarization.commitments import commitments
from services.summarization.decisions import decisions
from services.summarization.highlights import gists, points
from services.summarization.keyphrases import Keyphrases
from services.summarization.ranking import importance
from services.summarization.reading import Reading, read
from services.summarization.titles import title
from services.vocabulary.recap import ActionItem, Chapter, Citation, Point, Summary, Topic
from services.vocabulary.transcript import Transcript

ENGINE = "extractive-1"
_TOPICS = 8


def extract(transcript: Transcript, embedder: Embedder) -> Summary:
    """The summary of a transcript, in its language. Deterministic."""
    reading = read(transcript, embedder)
    if not reading.sentences:
        return Summary(language=transcript.language, chapters=_silent_chapter(transcript), engine=ENGINE)
    starts = chapter_starts(reading)
    scores = importance(reading, starts)
    phrases = _phrases(reading)
    checked = _Checked(transcript)
    best, gist = checked.gist(reading, gists(reading, scores))
    return Summary(
        language=transcript.language,
        gist=gist,
        points=checked.points(_point(reading, index) for index in points(reading, scores, starts, but=best)),
        topics=_topics(reading, phrases),
        chapters=_chapters(reading, starts, phrases),
        action_items=checked.action_items(_action_items(reading)),
        decisions=checked.points(_point(reading, index) for index in decisions(reading)),
        statements=checked.statements,
        traced=checked.traced,
        engine=ENGINE,
    )


class _Checked:
    """Lets through what the checker passes, and counts."""

    def __init__(self, transcript: Transcript) -> None:
        self._checker = Checker(transcript)
        self.statements = 0
        self.traced = 0

    def gist(self, reading: Reading, candidates: Sequence[int]) -> tuple[int, Point | None]:
        """The first candidate that passes, and its statement; the best without one where none does."""
        for index in candidates:
            point = _point(reading, index)
            if self._passes(point.text, point.citations):
                return index, point
        return candidates[0], None

    def points(self, candidates: Iterable[Point]) -> tuple[Point, ...]:
        return tuple(point for point in candidates if self._passes(point.text, point.citations))

    def action_items(self, candidates: Iterable[ActionItem]) -> tuple[ActionItem, ...]:
        return tuple(item for item in candidates if self._passes(item.text, item.citations))

    def _passes(self, text: str, citations: Sequence[Citation]) -> bool:
        passed = self._checker.check(text, citations).passed
        self.statements += 1
        self.traced += passed
        return passed


def _point(reading: Reading, index: int) -> Point:
    return Point(text=reading.texts[index], citations=(_citation(reading, index),))


def _citation(reading: Reading, index: int) -> Citation:
    return cite_sentence(reading.transcript, reading.sentences[index])


def _action_items(reading: Reading) -> Iterable[ActionItem]:
    for commitment in commitments(reading):
        yield ActionItem(
            text=reading.texts[commitment.sentences[0]],
            citations=tuple(_citation(reading, index) for index in commitment.sentences),
            owner=commitment.owner,
            due=commitment.due,
        )


def _phrases(reading: Reading) -> Keyphrases:
    names = [speaker.name for speaker in reading.transcript.speakers if speaker.name]
    return Keyphrases(reading.texts, reading.transcript.language, names=names)


def _topics(reading: Reading, phrases: Keyphrases) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            name=phrase.form,
            segments=tuple(dict.fromkeys(reading.sentences[place].first for place in phrase.places)),
        )
        for phrase in phrases.best(_TOPICS)
    )


def _chapters(reading: Reading, starts: Sequence[int], phrases: Keyphrases) -> tuple[Chapter, ...]:
    """The chapters from their first sentences, together all segments from the first to the last."""
    segments = reading.transcript.segments
    firsts = [0, *(reading.sentences[start].first for start in starts[1:])]
    chapters = []
    for i, start in enumerate(starts):
        last_sentence = (starts[i + 1] if i + 1 < len(starts) else len(reading.sentences)) - 1
        first, last = firsts[i], (firsts[i + 1] if i + 1 < len(firsts) else len(segments)) - 1
        chapters.append(
            Chapter(
                title=title(reading, phrases, start, last_sentence),
                start=segments[first].start,
                end=max(segment.end for segment in segments[first : last + 1]),
                first=first,
                last=last,
            )
        )
    return tuple(chapters)


def _silent_chapter(transcript: Transcript) -> tuple[Chapter, ...]:
    """Segments of nothing but fillers are a chapter all the same, for chapters cover all segments."""
    if not transcript.segments:
        return ()
    last = transcript.segments[-1]
    words = " ".join(transcript.text.split()[:3]) or "…"
    return (Chapter(title=words, start=transcript.segments[0].start, end=last.end, first=0, last=last.id),)
