"""Prose to the requests that speak it: clean text, cut at sentences, as SSML that every engine of Polly takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate
from xml.sax.saxutils import escape

from services.evidence.splitting import split_text
from services.speech.markup import plain
from services.speech.normalize import normalize
from services.vocabulary.base import Value

BILLED = 2800
"""Characters of text in one request. SynthesizeSpeech takes 3,000 that are billed (tags are not)."""

TOTAL = 5800
"""Characters of one request with its tags and entities. SynthesizeSpeech takes 6,000."""

_PARAGRAPHS = re.compile(r"\n\s*\n")
_CLAUSE = re.compile(r"[;:,.!?\u2026\u3001\u3002\uff0c\uff1a\uff1b\u060c\u0964]\s*|\s+")
# What turns the direction of writing around says nothing aloud; the joiners of Persian and Hindi are not among it.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_JOINER = "\u200d"
_QUOTES = {'"': "&quot;", "'": "&apos;"}
_SPEAK = len("<speak></speak>")
_PARAGRAPH = len("<p></p>")
_ANY_LENGTH = 100_000


class Span(Value):
    """A sentence in an SSML text: as a person reads it, and the bytes (UTF-8) that say it with the tags before it."""

    shown: str
    first: int
    end: int


class Part(Value):
    """One request. `closes` says that a paragraph ends with it."""

    ssml: str
    spans: tuple[Span, ...]
    closes: bool


class _Sentence(Value):
    """What fits one request. `shown` is empty for the rest of a sentence that was cut; `last` in its paragraph."""

    shown: str
    said: str
    last: bool = False

    @property
    def escaped(self) -> str:
        return escape(self.said, _QUOTES)


def parts(text: str, language: str) -> list[Part]:
    """The requests that speak the text, in order; none where nothing in it can be said.

    Only `speak` and `p` are used, which standard, neural, long-form and generative voices all take in full (Amazon's
    table of supported SSML tags); the pause between paragraphs of one request is the voice's own. English is written
    out as it is said (`normalize`), other languages lose their markup only.
    """
    packs: list[list[_Sentence]] = []
    for paragraph in _PARAGRAPHS.split(_clean(text)):
        sentences = _sentences(paragraph, language)
        if sentences and not (packs and _fits([*packs[-1], *sentences])):
            packs.append([])
        for sentence in sentences:
            if not _fits([*packs[-1], sentence]):
                packs.append([])
            packs[-1].append(sentence)
    return [_part(pack) for pack in packs]


def _fits(sentences: Sequence[_Sentence]) -> bool:
    billed = sum(len(sentence.said) + 1 for sentence in sentences)
    total = sum(len(sentence.escaped) + 1 + _PARAGRAPH * sentence.last for sentence in sentences)
    return billed <= BILLED and total + _SPEAK + _PARAGRAPH <= TOTAL


def _clean(text: str) -> str:
    """The text without what XML or a voice cannot take: control characters, broken and private ones."""
    kept = (
        character
        for character in _TURNS.sub("", text)
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Co")
    )
    return "".join(kept)


def _sentences(paragraph: str, language: str) -> list[_Sentence]:
    """The sentences of one paragraph that have something to say."""
    found = []
    for shown in split_text(plain(paragraph), longest=_ANY_LENGTH):
        said = normalize(shown).replace("\n", " ") if language.partition("-")[0] == "en" else shown
        if any(character.isalnum() for character in said):
            head, *rest = _pieces(said)
            found += [_Sentence(shown=shown, said=head), *(_Sentence(shown="", said=piece) for piece in rest)]
    return [*found[:-1], found[-1].model_copy(update={"last": True})] if found else []


def _pieces(said: str) -> Iterator[str]:
    """A sentence that is too long for one request, cut at clauses, or between two characters as a person sees them."""
    while (limit := _limit(said)) < len(said):
        ends = [match.end() for match in _CLAUSE.finditer(said, limit // 2, limit)]
        at = ends[-1] if ends else limit
        while 1 < at < len(said) and not _is_apart(said[at - 1], said[at]):
            at -= 1
        yield said[:at].strip()
        said = said[at:].strip()
    yield said


def _limit(said: str) -> int:
    """How many characters of the text one request holds."""
    room = TOTAL - _SPEAK - 2 * _PARAGRAPH - 1
    lengths = accumulate(len(escape(character, _QUOTES)) for character in said)
    return min(BILLED - 1, sum(1 for length in lengths if length <= room))


def _is_apart(before: str, after: str) -> bool:
    """Whether two characters stand for themselves; marks and joiners belong to what is before them."""
    return not (unicodedata.category(after).startswith("M") or _JOINER in (before, after))


def _part(pack: Sequence[_Sentence]) -> Part:
    text, spans = "<speak><p>", list[Span]()
    end = 0
    for index, sentence in enumerate(pack):
        text += sentence.escaped
        first, end = end, len(text.encode())
        spans.append(Span(shown=sentence.shown, first=first, end=end))
        if index < len(pack) - 1:
            text += "</p><p>" if sentence.last else " "
    return Part(ssml=f"{text}</p></speak>", spans=tuple(spans), closes=pack[-1].last)
