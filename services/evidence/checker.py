# ruff: noqa: RUF001 - punctuation of many scripts is the subject
"""The deterministic check that a statement rests on the words it cites.

What can be read off is read off: the ids exist, and quotes, numbers, dates, names and addresses of the statement stand
in the cited words. It cannot know whether a paraphrase is fair; it knows that nothing of that kind was invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from services.evidence.addresses import addresses, is_heard
from services.evidence.calendar import dates, without_months
from services.evidence.citations import cited_segments
from services.evidence.folding import fold, strip_invisible
from services.evidence.numerals import numbers, spoken_numbers
from services.evidence.romanized import sounds_like
from services.evidence.stopwords import is_stop_word
from services.evidence.tidying import tidy
from services.vocabulary.base import Value
from services.vocabulary.recap import Citation
from services.vocabulary.transcript import Transcript

_QUOTED = re.compile(
    r'"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|「([^」]+)」|『([^』]+)』|(?<!\w)‘([^’]+)’(?!\w)|‹([^›]+)›'
    r"|(?<!\w)'(\w[^']*\s[^']*)'(?!\w)"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOUN_CAPITALS = ("de", "lb")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|dell|nell|dall|sull|all)['\u2019](?=\w)", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_FOREIGN = re.compile(r"[^\W\d_a-z\u00aa-\u024f\u1e00-\u1eff\u02b0-\u036f'\u2019-]+")
_NOT_LATIN = """am ar be bg bn bo el fa gu he hi hy ja ka kk km kn ko lo mk ml mn mr my ne pa ps ru sa sd si sr ta te th
    ug uk ur yi yue zh"""
_LABEL = re.compile(
    r"(?:speaker|sprecher(?:in)?|intervenante?|locuteur|orador|hablante|ponente|falante|relatore|parlante|spreker|voice"
    r"|спикер|говорящий|发言人|说话人|話者|スピーカー|화자)\s*(\d+)",
    re.IGNORECASE,
)
_HONORED = re.compile(r"([\u30a0-\u30ff]+|[\u3400-\u9fff]{1,4})(?:さん|氏|様|先生|部長|社長)")
_LATIN_NAME = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9]+(?![a-z0-9])")


class Verdict(Value):
    """Whether a statement passed, and the reason where it did not."""

    passed: bool
    reason: str = ""


class Checker:
    """Checks statements against one transcript.

    `language` is the one that the statements are written in, the transcript's unless given. Across languages numbers,
    dates, names and addresses are traced as within one; a quotation must stand there as it was said.
    """

    def __init__(self, transcript: Transcript, language: str | None = None) -> None:
        self._transcript = transcript
        self._language = language or transcript.language

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
        evidence = f"{cited} {said_by}"
        yield from (("address", address) for address in addresses(statement) if not is_heard(address, cited))
        yield from (("quote", quote) for quote in _quotes(statement) if not self._is_said(quote, cited))
        yield from (("number", f"{min(n):g}") for n in self._missing_numbers(_unlabeled(statement, said_by), cited))
        if claimed := dates(fold(statement), sure=True):
            yield from (("date", date) for date in sorted(claimed - dates(fold(cited))))
        yield from (("name", name) for name in self._missing_names(statement, evidence))
        yield from (("word", word) for word in self._foreign(statement) if word not in fold(evidence))

    def _is_said(self, quote: str, cited: str) -> bool:
        """Whether the words stand there in a row, as they were said or as they read without fillers."""
        if _UNSPACED.search(quote):
            return "".join(_words(quote)) in "".join(_words(cited))
        words = f" {' '.join(_words(quote))} "
        return any(words in f" {' '.join(_words(text))} " for text in (cited, tidy(cited, self._transcript.language)))

    def _missing_numbers(self, statement: str, evidence: str) -> list[frozenset[float]]:
        claimed = numbers(without_months(fold(_QUOTED.sub(" ", statement))), self._language)
        if not claimed:
            return []
        spoken = self._transcript.language
        known = spoken_numbers(fold(evidence), spoken) | spoken_numbers(fold(tidy(evidence, spoken)), spoken)
        return [values for values in claimed if not values & known]

    def _missing_names(self, statement: str, evidence: str) -> Iterator[str]:
        names = list(self._names(statement))
        if not names:
            return
        words = _words(evidence)
        known = {*words, *(_ELIDED.sub("", word).removesuffix("'s") for word in words)}
        for name in names:
            parts = set(_words(name))
            said = known & parts or any(self._stands_unspaced(part, evidence) for part in parts)
            if not said and not any(sounds_like(part, known) for part in parts):
                yield name

    def _stands_unspaced(self, part: str, evidence: str) -> bool:
        return bool(_UNSPACED.search(evidence)) and len(part) > 1 and part in fold(evidence)

    def _names(self, statement: str) -> Iterator[str]:
        """Words that are written as names are: capitals inside a sentence, and names that the recording knows."""
        for sentence in re.split(r"(?<=[.!?:;…])\s+|[\"“”«»\n]", statement):
            for index, word in enumerate(_WORD.findall(sentence)):
                plain = _ELIDED.sub("", word).removesuffix("'s").removesuffix("’s")
                if plain in self._speaker_names:
                    yield plain
                elif plain[:1].isupper() and not self._is_common(fold(plain)):
                    tells = bool(index) and self._language not in _NOUN_CAPITALS
                    if tells or plain in self._known_names:
                        yield plain

    def _is_common(self, word: str) -> bool:
        """Whether a capital means nothing: words of grammar, and of the calendar, which are dates."""
        return is_stop_word(word, self._language) or bool(dates(word, sure=True))

    def _foreign(self, statement: str) -> Iterator[str]:
        """Words in another script than the statement's own, and people whom Japanese names with a title."""
        folded = fold(_QUOTED.sub(" ", statement))
        yield from _HONORED.findall(folded)
        yield from (_LATIN_NAME if self._language in _NOT_LATIN.split() else _FOREIGN).findall(folded)

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


def check(
    statement: str, citations: Sequence[Citation], transcript: Transcript, language: str | None = None
) -> Verdict:
    """`Checker.check` for a single statement."""
    return Checker(transcript, language).check(statement, citations)


def _unlabeled(statement: str, said_by: str) -> str:
    """The statement without 'Speaker 2', in any language, where that is who is cited: it counts nothing."""
    theirs = set(re.findall(r"\d+", said_by))
    return _LABEL.sub(lambda match: " " if match[1] in theirs else match[0], statement)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).replace("-", " "))


def _quotes(statement: str) -> Iterator[str]:
    for groups in _QUOTED.findall(statement):
        yield next(group for group in groups if group)
