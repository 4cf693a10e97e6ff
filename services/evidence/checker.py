# ruff: noqa: RUF001 - punctuation of many scripts is the subject
"""The deterministic check that a statement rests on the words it cites.

What can be read off is read off: the ids exist, and quotes, numbers, dates, names and addresses of the statement stand
in the cited words. It cannot know whether a paraphrase is fair; it knows that nothing of that kind was invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from services.evidence.citations import cited_segments
from services.evidence.folding import fold, strip_invisible
from services.evidence.numerals import numbers, spoken_numbers
from services.evidence.stopwords import is_stop_word
from services.evidence.tidying import tidy
from services.vocabulary.base import Value
from services.vocabulary.recap import Citation
from services.vocabulary.transcript import Transcript

_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|「([^」]+)」|『([^』]+)』')
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>|\"')\]]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOUN_CAPITALS = ("de", "lb")
_CALENDAR = """january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday tomorrow yesterday tonight
    januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
    janvier février avril juin juillet août septembre octobre novembre décembre
    lundi mardi mercredi jeudi vendredi samedi dimanche
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    lunes martes miércoles jueves viernes sábado domingo"""


class Verdict(Value):
    """Whether a statement passed, and the reason where it did not."""

    passed: bool
    reason: str = ""


class Checker:
    """Checks statements against one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript

    def check(self, statement: str, citations: Sequence[Citation]) -> Verdict:
        """Whether the statement is traced by its citations. The reason names what is missing, for the log."""
        if not citations:
            return Verdict(passed=False, reason="cites nothing")
        if any(not self._exists(citation) for citation in citations):
            return Verdict(passed=False, reason="cites segments that do not exist")
        cited, said_by = self._evidence(citations)
        statement = strip_invisible(statement)
        for what, missing in self._missing(statement, cited, said_by):
            return Verdict(passed=False, reason=f"{what} not in the cited words: {missing}")
        return Verdict(passed=True)

    def _exists(self, citation: Citation) -> bool:
        return 0 <= citation.first <= citation.last < len(self._transcript.segments)

    def _evidence(self, citations: Sequence[Citation]) -> tuple[str, str]:
        """The cited words, as the transcript has them, and the labels of who said them."""
        segments = [s for c in citations for s in cited_segments(self._transcript, c.first, c.last)]
        speakers = {segment.speaker for segment in segments}
        labels = [speaker.label for speaker in self._transcript.speakers if speaker.id in speakers]
        return " ".join(segment.text for segment in segments), " ".join(labels)

    def _missing(self, statement: str, cited: str, said_by: str) -> Iterator[tuple[str, str]]:
        words = _words(f"{cited} {said_by}")
        known = {*words, *(word.removesuffix("'s") for word in words)}
        yield from (("address", address) for address in _ADDRESS.findall(statement) if fold(address) not in fold(cited))
        yield from (("quote", quote) for quote in _quotes(statement) if not self._is_said(quote, cited))
        yield from (("number", f"{min(n):g}") for n in self._missing_numbers(statement, f"{cited} {said_by}"))
        yield from (("date", w) for w in _words(statement) if w in _CALENDAR.split() and w not in known)
        yield from (("name", name) for name in self._names(statement) if not known & set(_words(name)))

    def _is_said(self, quote: str, cited: str) -> bool:
        """Whether the words stand there in a row, as they were said or as they read without fillers."""
        words = f" {' '.join(_words(quote))} "
        return any(words in f" {' '.join(_words(text))} " for text in (cited, tidy(cited, self._transcript.language)))

    def _missing_numbers(self, statement: str, evidence: str) -> list[frozenset[float]]:
        language = self._transcript.language
        known = spoken_numbers(fold(evidence), language) | spoken_numbers(fold(tidy(evidence, language)), language)
        return [values for values in numbers(fold(_QUOTED.sub(" ", statement)), language) if not values & known]

    def _names(self, statement: str) -> Iterator[str]:
        """Words that are written as names are: capitals inside a sentence, and names that the recording knows."""
        for sentence in re.split(r"(?<=[.!?:;…])\s+|[\"“”«»\n]", statement):
            for index, word in enumerate(_WORD.findall(sentence)):
                plain = word.removesuffix("'s").removesuffix("’s")
                if plain in self._speaker_names:
                    yield plain
                elif plain[0].isupper() and not is_stop_word(fold(plain), self._transcript.language):
                    if self._transcript.language in _NOUN_CAPITALS:
                        continue
                    if index or plain in self._known_names:
                        yield plain

    @cached_property
    def _speaker_names(self) -> frozenset[str]:
        return frozenset(word for s in self._transcript.speakers if s.name for word in _WORD.findall(s.name))

    @cached_property
    def _known_names(self) -> frozenset[str]:
        """Words that the recording writes with a capital inside a sentence and never without one."""
        inside: set[str] = set()
        small: set[str] = set()
        for segment in self._transcript.segments:
            words = _WORD.findall(segment.text)
            small.update(word for word in words if word[0].islower())
            inside.update(word for word in words[1:] if word[0].isupper())
        return frozenset(word for word in inside if word.casefold() not in small)


def check(statement: str, citations: Sequence[Citation], transcript: Transcript) -> Verdict:
    """`Checker.check` for a single statement."""
    return Checker(transcript).check(statement, citations)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).replace("-", " "))


def _quotes(statement: str) -> Iterator[str]:
    for groups in _QUOTED.findall(statement):
        yield next(group for group in groups if group)
