"""Text into sentence-sized pieces, in any script, without losing a character that is not white space."""

# ruff: noqa: RUF001 - punctuation of many scripts is the subject
from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 40
"""Words after which a sentence is cut at a clause: speech has sentences of 200 words, and nobody reads those."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[”’』」）]*|[؟।॥۔]+[\"”’»)]*")
_TITLES = """mr mrs ms dr prof rev hon gen col sgt capt st mt vs e.g i.e approx z.b d.h bzw ggf evtl
    mme mlle sra srta dra ud uds"""
_COUNTED = """no nos nr vol fig pp p art pág"""
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_CLAUSES = (
    re.compile(r"[;:；：—–]\s*(?=\S)"),
    re.compile(r",\s+(?=(?:and|but|so|because|which|then|or|und|aber|et|mais|donc|y|pero|e|ma|mas)\s)"),
    re.compile(r"[,،、，]\s*(?=\S)"),
    re.compile(r"\s+(?=(?:and|but|so|because|which|then|or|und|aber|et|mais|donc|y|pero|ma|mas)\s)"),
    re.compile(r"\s+"),
)


def word_count(text: str) -> int:
    """How many words; in scripts that write no spaces, two characters count as one word."""
    asian = len(_ASIAN.findall(text))
    return len(_ASIAN.sub(" ", text).split()) + (asian + 1) // 2


def split_text(text: str, *, longest: int = LONGEST) -> list[str]:
    """The sentences of a text, in order; none is empty and none has many more than `longest` words."""
    return [piece for sentence in _sentences(" ".join(text.split())) for piece in _cut(sentence, longest)]


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    text = text.rstrip()
    return any(match.end() == len(text) for match in _END.finditer(text))


def _is_abbreviation(text: str, following: str = "") -> bool:
    """Whether the full stop at the end belongs to the last word: 'Dr.', 'J.', and 'No.' before a number."""
    if not text.endswith("."):
        return False
    last = text.rsplit(maxsplit=1)[-1].rstrip(".").lstrip("\"'“‘(").casefold()
    initial = len(last) == 1 and last.isalpha() and last != "i"
    return initial or last in _TITLES.split() or (following[:1].isdigit() and last in _COUNTED.split())


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        following = text[end:].lstrip()
        if following and (following[0].islower() or _is_abbreviation(text[start:end], following)):
            continue
        if piece := text[start:end].strip():
            yield piece
        start = end
    if rest := text[start:].strip():
        yield rest


def _cut(sentence: str, longest: int) -> Iterator[str]:
    """Halve at the clause nearest to the middle until every piece is short enough."""
    if word_count(sentence) <= longest:
        yield sentence
        return
    middle, low, high = len(sentence) / 2, len(sentence) * 0.25, len(sentence) * 0.75
    for clause in _CLAUSES:
        ends = [match.end() for match in clause.finditer(sentence) if low <= match.end() <= high]
        if ends:
            at = min(ends, key=lambda end: abs(end - middle))
            yield from _cut(sentence[:at].strip(), longest)
            yield from _cut(sentence[at:].strip(), longest)
            return
    half = len(sentence) // 2
    yield from _cut(sentence[:half], longest)
    yield from _cut(sentence[half:], longest)
