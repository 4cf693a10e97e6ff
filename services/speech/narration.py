"""What is said aloud about a recording, chosen from its summary: a pure function."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from services.evidence.splitting import split_text, word_count
from services.speech.normalize import normalize
from services.vocabulary.base import Value
from services.vocabulary.recap import ActionItem, Point, Summary
from services.vocabulary.transcript import Transcript

WORDS_PER_SECOND = 2.6
"""How fast it is spoken, about."""

SHORTEST, LONGEST = 15.0, 120.0
"""Seconds; between them a narration takes a tenth of its recording."""

# Short words are said faster: the voice was measured at 2.6 to 3.2 words a second.
_FASTEST = 3.2
_SHARE, _LARGEST_SHARE = 0.1, 0.5
_CLOSING_SHARE = 0.4
_ENDS = ".!?\u2026\"'\u201d\u2019)\u3002\uff01\uff1f\u061f\u0964"
_WORD = re.compile(r"\w+")


class _Phrases(Value):
    """The fixed words between what the summary says; empty where a language has none yet."""

    gist: str = ""
    points: str = ""
    chapters: tuple[str, str, str] = ("", "", "")
    said: str = ":"
    decisions: str = ""
    action_items: str = ""
    due: str = ""


_PHRASES = {
    "en": _Phrases(
        gist="In short:",
        points="The main points.",
        chapters=("First:", "Next:", "Finally:"),
        said=" said:",
        decisions="What was decided.",
        action_items="What is to be done.",
        due="Due:",
    )
}


@dataclass
class _Room:
    """How many words may still be said, and how many should be at least; counted as they are said in the language."""

    words: float
    least: float
    language: str
    spent: int = 0

    def take(self, text: str) -> bool:
        """Whether the text fits as a whole; if so, its words are spent. Up to the least, one may go beyond the room."""
        cost = len(normalize(text).split()) if self.language == "en" else word_count(text)
        fits = 0 < cost <= (max(self.words, self.least) if self.spent < self.least else self.words)
        if fits:
            self.words -= cost
            self.spent += cost
        return fits


def narration_script(summary: Summary, transcript: Transcript, duration: float) -> str:
    """Prose for a voice: the gist, points in the order of the chapters with who said them, decisions, action items.

    It takes about a tenth of `duration` (seconds), at least 15 and at most 120 seconds; less where the summary holds
    less, and of a recording under half a minute about half. Sentences are whole and the summary's own; between them
    stand a few fixed phrases. Paragraphs are separated by blank lines. Empty where the summary has no gist.
    """
    if summary.gist is None:
        return ""
    least = min(SHORTEST, duration * _LARGEST_SHARE)
    seconds = min(LONGEST, max(least, duration * _SHARE))
    narrator = _Narrator(summary, transcript, seconds * WORDS_PER_SECOND, least * _FASTEST)
    gist, closing = narrator.gist(summary.gist.text), narrator.closing()
    return "\n\n".join(paragraph for paragraph in (gist, *narrator.chapters(), *closing) if paragraph)


class _Narrator:
    """Takes whole sentences while there is room: the gist, then decisions and action items, then points."""

    def __init__(self, summary: Summary, transcript: Transcript, words: float, least: float) -> None:
        self._summary = summary
        self._transcript = transcript
        self._phrases = _PHRASES.get(summary.language, _Phrases())
        self._total = words
        self._room = _Room(words, least, summary.language)
        self._said: set[str] = set()

    def gist(self, text: str) -> str:
        """The gist; only where it alone is longer than a narration may ever be, its first sentences."""
        whole = _sentence(f"{self._phrases.gist} {text}")
        self._said.add(_fold(text))
        if self._room.take(whole):
            return whole
        room = _Room(LONGEST * WORDS_PER_SECOND, 0, self._room.language)
        self._room.words = self._room.least = 0
        return " ".join(sentence for sentence in split_text(whole, longest=10_000) if room.take(sentence))

    def closing(self) -> list[str]:
        """Decisions and action items, in at most two fifths of the words."""
        spare = max(0.0, self._room.words - _CLOSING_SHARE * self._total)
        self._room.words -= spare
        decisions = {point.text: self._told(point) for point in self._summary.decisions}
        action_items = {item.text: self._task(item) for item in self._summary.action_items}
        paragraphs = [
            self._section(self._phrases.decisions, decisions),
            self._section(self._phrases.action_items, action_items),
        ]
        self._room.words += spare
        return paragraphs

    def chapters(self) -> list[str]:
        """A paragraph for each chapter with points that fit; no chapter gets a second one before all have a first."""
        groups = self._grouped()
        chosen: list[list[Point]] = [[] for _ in groups]
        for row in zip_longest(*groups):
            for index, point in enumerate(row):
                if point and self._new(
                    point.text, f"{'' if chosen[index] else self._title(index)} {self._told(point)}"
                ):
                    chosen[index].append(point)
        told = [index for index, points in enumerate(chosen) if points]
        return [f"{self._opening(index, told)} {self._paragraph(chosen[index])}".strip() for index in told]

    def _grouped(self) -> list[list[Point]]:
        """Points by chapter, in order of time; a point outside all chapters comes with the first."""
        groups: list[list[Point]] = [[] for _ in self._summary.chapters or (None,)]
        for point in self._summary.points:
            at = point.citations[0].first if point.citations else -1
            inside = (i for i, chapter in enumerate(self._summary.chapters) if chapter.first <= at <= chapter.last)
            groups[next(inside, 0)].append(point)
        return [sorted(group, key=lambda point: [citation.start for citation in point.citations]) for group in groups]

    def _new(self, key: str, text: str) -> bool:
        """Whether it was not said yet and fits; then it counts as said."""
        if _fold(key) in self._said or not self._room.take(text):
            return False
        self._said.add(_fold(key))
        return True

    def _section(self, opening: str, texts: dict[str, str]) -> str:
        kept: list[str] = []
        for key, text in texts.items():
            if self._new(key, text if kept else f"{opening} {text}"):
                kept.append(text)
        return " ".join([opening, *kept]).strip() if kept else ""

    def _title(self, index: int) -> str:
        chapters = self._summary.chapters
        return _sentence(f"{self._phrases.chapters[1]} {chapters[index].title}") if len(chapters) > 1 else ""

    def _opening(self, index: int, told: list[int]) -> str:
        if len(told) == 1:
            return self._phrases.points
        place = 0 if index == told[0] else -1 if index == told[-1] else 1
        return _sentence(f"{self._phrases.chapters[place]} {self._summary.chapters[index].title}")

    def _paragraph(self, points: list[Point]) -> str:
        """The points' sentences; who said them is told where the voice changes."""
        sentences, speaker = [], None
        for point in points:
            now = self._speaker(point)
            sentences.append(_sentence(point.text) if now is not None and now == speaker else self._told(point))
            speaker = now
        return " ".join(sentences)

    def _told(self, point: Point) -> str:
        speaker = self._speaker(point)
        text = _sentence(point.text)
        return text if speaker is None else f"{self._transcript.label(speaker)}{self._phrases.said} {text}"

    def _speaker(self, point: Point) -> int | None:
        """Who said it, where several speak and the point is in their own words; None for a retelling or unknown."""
        if len(self._transcript.speakers) < 2 or not point.citations:  # noqa: PLR2004 - a dialogue
            return None
        spoken = iter(_fold(" ".join(citation.text for citation in point.citations)).split())
        is_quote = all(word in spoken for word in _fold(point.text).split())
        speaker = point.citations[0].speaker
        return speaker if is_quote and self._transcript.label(speaker) else None

    def _task(self, item: ActionItem) -> str:
        due = "" if not item.due or _fold(item.due) in _fold(item.text) else f" {self._phrases.due} {item.due}."
        owner = self._transcript.label(item.owner)
        return f"{f'{owner}: ' if owner else ''}{_sentence(item.text)}{due}"


def _sentence(text: str) -> str:
    """The text on one line with an end to it."""
    text = " ".join(text.split()).rstrip(" ,;:-\u2013\u2014")
    return text if not text or text[-1] in _ENDS else f"{text}."


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
