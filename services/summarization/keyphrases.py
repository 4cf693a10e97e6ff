"""Keyphrases: the terms of one to three words that a recording, or a part of it, is about.

Candidates are runs of words without a stop word in them; they are weighed by the C-value (frequency beyond that of the
longer phrases that hold them, times length; Frantzi, Ananiadou 1998) and by how they stand out against the rest.
Text without spaces gives its repeated stretches of characters instead.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from services.evidence.stopwords import is_stop_word
from services.evidence.terms import stem
from services.summarization.phrasing import Phrasing

_LONGEST = 3
_LONGEST_RUN = 6
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_UNSPACED = re.compile(rf"{_HAN.pattern}|[\u30a1-\u30fa\u30fc]+")
_OTHER_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u309f]+")
"""Hiragana writes the grammar of Japanese; Thai, Lao, Burmese and Khmer we cannot take apart, so they give nothing."""
_ADDRESS = ("://", "www.", "@", "<")
_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:[-'\u2019.&][^\W_]+)*|[^\s\w]|\d\S*")
_FEWEST = 2

Key = tuple[str, ...]


@dataclass
class Phrase:
    """A candidate: how often it was said, where (indices of the texts), and how it was written."""

    count: float = 0.0
    places: list[int] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def form(self) -> str:
        """The way it was written most often."""
        return max(self.forms, key=lambda form: (self.forms[form], form))


class Keyphrases:
    """The phrases of a list of texts in one language. `names` are left out: speakers are no topics."""

    def __init__(self, texts: Sequence[str], language: str, *, names: Iterable[str] = ()) -> None:
        self._language = language
        texts = [_without_addresses(text) for text in texts]
        self._size = len(texts)
        self._names = {word for name in names for word in name.casefold().split()}
        phrasing = Phrasing(texts, language, self._folded)
        phrases: dict[Key, Phrase] = defaultdict(Phrase)
        for place, text in enumerate(texts):
            for key, form in self._candidates(text):
                phrase = phrases[key]
                phrase.count += 1
                phrase.places.append(place)
                phrase.forms[form] += 1
        self._repeated = {key: phrase for key, phrase in phrases.items() if phrase.count >= _FEWEST}
        self._named = [key for key in self._repeated if phrasing.names_something(key)]

    def best(self, limit: int, *, first: int = 0, last: int | None = None, least: float = 0.0) -> list[Phrase]:
        """The phrases that say most about the texts first..last (all by default), the best first, none within another.

        Phrases of less than the share `least` of what the best is worth are left out.
        """
        last = self._size - 1 if last is None else last
        inside = {key: sum(first <= place <= last for place in phrase.places) for key, phrase in self._repeated.items()}
        share = (last - first + 1) / max(1, self._size)
        worth = {
            key: value * self._contrast(inside[key], self._repeated[key].count, share)
            for key, value in self._c_values(inside).items()
        }
        chosen: list[Key] = []
        floor = least * max(worth.values(), default=0.0)
        for key in sorted(worth, key=lambda key: (-worth[key], key)):
            if len(chosen) == limit or worth[key] <= 0 or worth[key] < floor:
                break
            if not any(_alike(key, other) for other in chosen):
                chosen.append(key)
        return [self._repeated[key] for key in chosen]

    def _contrast(self, inside: float, everywhere: float, share: float) -> float:
        """How much more frequent here than elsewhere; 1 where all is here."""
        if share >= 1:
            return 1.0
        elsewhere = (everywhere - inside + 0.5) / max(1 - share, 1e-6)
        return math.log2(1 + inside / share / elsewhere)

    def _c_values(self, counts: dict[Key, int]) -> dict[Key, float]:
        counts = {key: counts[key] for key in self._named if counts[key] >= _FEWEST}
        held: dict[Key, list[int]] = defaultdict(list)
        for key, count in counts.items():
            for size in range(1, len(key)):
                for at in range(len(key) - size + 1):
                    held[key[at : at + size]].append(count)
        return {
            key: math.log2(1 + len(key)) * (count - (sum(held[key]) / len(held[key]) if key in held else 0.0))
            for key, count in counts.items()
        }

    def _candidates(self, text: str) -> Iterator[tuple[Key, str]]:
        for run in self._runs(_OTHER_UNSPACED.sub(" . ", _UNSPACED.sub(" . ", text))):
            for size in range(1, _LONGEST + 1):
                for at in range(len(run) - size + 1):
                    words = run[at : at + size]
                    yield tuple(self._folded(word) for word in words), " ".join(words)
        for stretch in _UNSPACED.findall(text):
            yield from ((tuple(form), form) for form in self._stretches(stretch))

    def _stretches(self, stretch: str) -> Iterator[str]:
        """In Japanese what is not written in hiragana is a word; in Chinese any characters in a row may be."""
        if self._language == "ja" or not _HAN.fullmatch(stretch):
            yield from (stretch,) if len(stretch) > 1 else ()
            return
        for size in range(2, _LONGEST_RUN + 1):
            pieces = (stretch[at : at + size] for at in range(len(stretch) - size + 1))
            yield from (piece for piece in pieces if not self._holds_stop_word(piece))

    def _holds_stop_word(self, piece: str) -> bool:
        return any(is_stop_word(piece[at : at + 2], self._language) for at in range(len(piece) - 1))

    def _runs(self, text: str) -> Iterator[list[str]]:
        run: list[str] = []
        for token in [*_TOKEN.findall(text), "."]:
            folded = token.casefold().replace("\u2019", "'")
            if folded[0].isalpha() and not is_stop_word(folded, self._language) and folded not in self._names:
                run.append(token.removesuffix("'s").removesuffix("\u2019s"))
            elif run:
                yield run
                run = []

    def _folded(self, word: str) -> str:
        folded = word.casefold().replace("\u2019", "'")
        return stem(folded) if self._language == "en" else folded


def _without_addresses(text: str) -> str:
    """Links, addresses and markup are no words."""
    return " ".join("." if any(mark in word for mark in _ADDRESS) else word for word in text.split())


def _alike(key: Key, other: Key) -> bool:
    """Whether most of the shorter phrase stands in the other."""
    return 2 * len(set(key) & set(other)) > min(len(key), len(other))
