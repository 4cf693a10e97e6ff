"""Names in running text: where one stands, and whether a word with a capital is one at all.

Apostrophes are straight ones here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from services.transcription.naming_phrases import NOT_NAMES, PARTICLES, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LONGEST = 4
_CAPITALS = 0.5  # of letters; more means that the text is written in capitals, which say nothing then


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was found in a text, and where it ends there."""

    text: str
    end: int

    def ends(self, text: str) -> bool:
        """Whether the clause ends with the name."""
        rest = text[self.end :].lstrip()
        return not rest or rest[0] in ".,!?;…"

    def listed(self, text: str) -> bool:
        """Whether another name follows, so that nobody knows whose turn it is: 'Ada and Alan', 'Ada, Alan'."""
        match = re.match(r"\s*(?:,|and|or|und|et|y|e|en)\s+", text[self.end :])
        return bool(match) and name_at(text, self.end + match.end()) is not None if match else False


class Names:
    """What a recording's own text says about words with a capital."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._within: Counter[str] = Counter()
        self._small: set[str] = set()
        letters = capitals = 0
        for sentence in sentences:
            found = _WORD.findall(sentence)
            letters += sum(character.isalpha() for character in sentence)
            capitals += sum(character.isupper() for character in sentence)
            self._within.update(word for word in found[1:] if word[0].isupper())
            self._small.update(word for word in found if word[0].islower())
        self._capitals = capitals / letters if letters else 1.0

    @property
    def trustworthy(self) -> bool:
        """Whether capitals tell names from other words here."""
        return bool(self._within) and self._capitals < _CAPITALS

    def is_name(self, name: str) -> bool:
        """Whether the name's first word has its capital in the middle of sentences too, and always."""
        first = name.split(maxsplit=1)[0]
        return first in self._within and first.casefold() not in self._small


def name_at(text: str, position: int) -> Name | None:
    """The name that begins at the position, None where none does. A possessive ('Ada's') is no name."""
    taken: list[str] = []
    end = at = position
    while len(taken) < _LONGEST and (match := _WORD.match(text, at)):
        word = match.group()
        if word[0].isupper():
            if not _can_be_part(word) and not (not taken and _is_title(word)):
                break
            taken.append(word)
            end = match.end()
        elif not (taken and word.casefold() in PARTICLES):
            break
        else:
            taken.append(word)
        at = match.end()
        if _is_title(word) and text[at : at + 1] == ".":
            at += 1
        if text[at : at + 1] != " ":
            break
        at += 1
    while taken and taken[-1][0].islower():
        taken.pop()
    if not taken or all(_is_title(word) for word in taken) or text[end : end + 1] == "'":
        return None
    return Name(text[position:end], end)


def name_before(text: str, end: int) -> Name | None:
    """The name that stands after a comma and ends at the position."""
    comma = text.rfind(",", 0, end)
    found = name_at(text, comma + 2) if comma > 0 else None
    return found if found and found.end == end else None


def is_same(first: str, second: str) -> bool:
    """Whether one name is the other or a part of it: 'Ada' and 'Ada Lovelace'."""
    words, others = (set(name.casefold().split()) - TITLES for name in (first, second))
    return words <= others or others <= words


def _is_title(word: str) -> bool:
    return word.casefold() in TITLES


def _can_be_part(word: str) -> bool:
    """Whether the word looks like a name: not a known other word, not a possessive, not an abbreviation in capitals."""
    folded = word.casefold()
    parts = re.split(r"['-]", word)
    capital = all(part[0].isupper() for part in parts[1:] if len(part) > 1)
    return folded not in NOT_NAMES and len(word) > 1 and not word.isupper() and capital and not folded.endswith("'s")
