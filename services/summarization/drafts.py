"""What a model wrote, made into what may be shown: each statement checked, in order of time, none twice."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.evidence.folding import fold, unmask
from services.evidence.splitting import split_text, word_count
from services.evidence.statements import Statements
from services.evidence.terms import tokens
from services.evidence.tidying import tidy
from services.summarization.owners import Owners, urgency
from services.summarization.replies import Beginning, NotesReply, Said, Subject, Todo
from services.vocabulary.recap import ActionItem, Chapter, Point, Topic
from services.vocabulary.transcript import Transcript

_TOPICS, _LONGEST_TOPIC = 8, 60
_LONGEST_TITLE, _TITLE_WORDS = 120, 6
_ALIKE = 0.75
_CHAPTER_SPAN, _MOST_CHAPTERS = 250, 16
Told = TypeVar("Told", Point, ActionItem)


@dataclass(frozen=True)
class Draft:
    """The checked parts of a summary or of notes on a chunk."""

    points: tuple[Point, ...] = ()
    decisions: tuple[Point, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    topics: tuple[Topic, ...] = ()


class Drafting:
    """Checks replies about one transcript in one language. Its work takes time: use it in a thread."""

    def __init__(self, transcript: Transcript, language: str) -> None:
        self.language = language
        self._transcript = transcript
        self._translated = language != transcript.language
        self._owners = Owners(transcript)
        self.statements = Statements(transcript, language)

    @property
    def translated(self) -> bool:
        """Whether the language written is another than the one spoken."""
        return self._translated

    def draft(self, reply: NotesReply) -> Draft:
        """All of a reply that is proved."""
        return Draft(
            points=distinct(self._points(reply.points)),
            decisions=distinct(self._points(reply.decisions)),
            action_items=distinct(self._items(reply.action_items)),
            topics=self._topics(reply.topics),
        )

    def point(self, said: Said | None) -> Point | None:
        """One statement, where it is proved."""
        return self.statements.point(said.text, said.segments) if said else None

    def chapters(self, proposed: Iterable[Beginning]) -> tuple[Chapter, ...]:
        """Chapters that cover all segments; a title that is not proved gives way to the chapter's own first words."""
        segments = self._transcript.segments
        if not segments:
            return ()
        starts = {max(0, b.first): b.title for b in sorted(proposed, key=lambda b: -b.first) if b.first < len(segments)}
        firsts = _spread(sorted(starts), most_chapters(self._transcript)) or [0]
        titles = [starts.get(first, "") for first in firsts]
        firsts[0] = 0
        lasts = [*(first - 1 for first in firsts[1:]), len(segments) - 1]
        return tuple(
            self._chapter(title, first, last) for title, first, last in zip(titles, firsts, lasts, strict=True)
        )

    def _chapter(self, title: str, first: int, last: int) -> Chapter:
        segments = self._transcript.segments[first : last + 1]
        proved = self.statements.phrase(title, range(first, last + 1), shared=True) if title else None
        return Chapter(
            title=(proved or self._opening(first, last))[:_LONGEST_TITLE],
            start=segments[0].start,
            end=max(segment.end for segment in segments),
            first=first,
            last=last,
        )

    def _opening(self, first: int, last: int) -> str:
        """The first words said there that are more than fillers."""
        language = self._transcript.language
        for segment in self._transcript.segments[first : last + 1]:
            said = next(iter(split_text(tidy(segment.text, language))), "")
            words = said.split()
            if words:
                return said.rstrip(".") if len(words) <= _TITLE_WORDS else " ".join(words[:_TITLE_WORDS]) + " …"
        return "…"

    def _points(self, proposed: Iterable[Said]) -> list[Point]:
        return [point for said in proposed if (point := self.point(said))]

    def _items(self, proposed: Iterable[Todo]) -> list[ActionItem]:
        return [item for todo in proposed if (item := self._item(todo))]

    def _item(self, todo: Todo) -> ActionItem | None:
        point = self.point(todo)
        if point is None:
            return None
        due = " ".join(unmask(todo.due or "").split())
        return ActionItem(
            text=point.text,
            citations=point.citations,
            owner=self._owners.owner(todo.owner, point.text, point.citations, translated=self._translated),
            due=due if due and self._owners.is_due(due, point.citations) else None,
            urgency=urgency(todo.urgency, point.citations),
        )

    def _topics(self, proposed: Iterable[Subject]) -> tuple[Topic, ...]:
        found: dict[str, Topic] = {}
        known = len(self._transcript.segments)
        for subject in proposed:
            segments = tuple(sorted({s for s in subject.segments if 0 <= s < known}))
            name = self.statements.phrase(subject.name, segments, shared=True)
            if name and len(name) <= _LONGEST_TOPIC:
                found.setdefault(fold(name), Topic(name=name, segments=segments))
        return tuple(found.values())[:_TOPICS]


def most_chapters(transcript: Transcript) -> int:
    """How many chapters at most: as many as the extractive summarizer makes, give or take."""
    words = sum(word_count(segment.text) for segment in transcript.segments)
    return max(1, min(_MOST_CHAPTERS, round(1.5 * math.sqrt(words / _CHAPTER_SPAN))))


def _spread(firsts: list[int], most: int) -> list[int]:
    """At most so many of them, evenly taken."""
    if len(firsts) <= most:
        return firsts
    return [firsts[index * len(firsts) // most] for index in range(most)]


def distinct(told: Sequence[Told]) -> tuple[Told, ...]:
    """In order of time, of statements in almost the same words only the first, one with an owner before one without."""
    kept: list[Told] = []
    for each in sorted(told, key=lambda each: isinstance(each, ActionItem) and each.owner is None):
        words = set(tokens(each.text))
        if not any(_alike(words, set(tokens(other.text))) for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: (each.citations[0].start, each.citations[0].first)))


def _alike(words: set[str], others: set[str]) -> bool:
    """Whether nearly all words are the same, and all figures."""
    figures = any(character.isdigit() for word in words ^ others for character in word)
    return not figures and len(words & others) >= _ALIKE * max(1, len(words | others))
