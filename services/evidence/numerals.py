"""Numbers as they are said and written: '12,500', 'twelve thousand five hundred', 'two point five million'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from services.evidence import number_words

_ENGLISH = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_LETTERS = {"k": 1e3, "m": 1e6, "bn": 1e9}
"""Scales that may be units as well, so that both readings count: '5 m' is five or five million."""
_TWO_DIGITS = range(10, 100)
_ORDINALS = {
    "first": "one",
    "second": "two",
    "third": "three",
    "fifth": "five",
    "eighth": "eight",
    "ninth": "nine",
    "twelfth": "twelve",
}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def numbers(text: str, language: str = "en") -> list[frozenset[float]]:
    """Every number of a folded text, in order, each as the values that it may mean ('12,500': 12500 or 12.5).

    The word 'one' is none, nor are ordinals as words: they are said without counting anything.
    """
    found = [
        v for v, words in _parsed(text, language) if words != ["one"] and not number_words.is_article("".join(words))
    ]
    return [*found, *(frozenset({value}) for value in sorted(number_words.han_numbers(text)))]


def spoken_numbers(text: str, language: str = "en") -> frozenset[float]:
    """All values that the numbers of a folded text may mean: also 'one' and 'twenty second', and two as one: 1984."""
    english = re.sub(r"[a-z]+", lambda match: _cardinal(match[0]), text)
    counted = number_words.cardinals(text, language) if language in number_words.LANGUAGES else english
    found = [[values for values, _ in _parsed(each, language)] for each in (text, counted)]
    pairs = [(a, b) for readings in found for left, right in pairwise(readings) for a in left for b in right]
    years = {a * 100 + b for a, b in pairs if a in _TWO_DIGITS and b in _TWO_DIGITS}
    prices = {a + b / 100 for a, b in pairs if b in _TWO_DIGITS}
    said = {value for readings in found for values in readings for value in values}
    return frozenset(said | years | prices | number_words.han_numbers(text))


def _cardinal(word: str) -> str:
    """'second' as 'two', 'ninth' as 'nine', 'twentieth' as 'twenty'; any other word as it is."""
    if word in _ORDINALS:
        return _ORDINALS[word]
    root = re.sub(r"ieth$", "y", word) if word.endswith("ieth") else word.removesuffix("th")
    return root if word.endswith("th") and root in f"{_ENGLISH} {_TENS}".split() else word


def _parsed(text: str, language: str) -> Iterator[tuple[frozenset[float], list[str]]]:
    """Each number as its values and the words that say it."""
    words = _TOKEN.findall(_ORDINAL.sub("", number_words.western(text)))
    index = 0
    while index < len(words):
        start = index
        values, index = _amount(words, index, language)
        if values:
            yield frozenset(values), words[start:index]
        index = max(index, start + 1)


def _amount(words: list[str], index: int, language: str) -> tuple[set[float], int]:
    """The number that begins at a word, and where it ends; nothing and the same place where none does."""
    units = _units()
    if words[index][0].isdigit():
        values = _readings(words[index])
        index += 1
    elif language in number_words.LANGUAGES:
        other, index = number_words.worded(words, index, language)
        values = set() if other is None else {other}
    elif words[index] in units or (
        words[index] == "a" and words[index + 1 : index + 2] and words[index + 1] in _SCALES
    ):
        value, index = _worded(words, index, units)
        values = {value}
    else:
        return set(), index
    while values and index < len(words) and (scale := _SCALES.get(words[index]) or number_words.scale(words[index])):
        values = {value * scale for value in values}
        index += 1
    if values and index < len(words) and words[index] in _LETTERS:
        values |= {value * _LETTERS[words[index]] for value in values}
        index += 1
    return values, index


def _worded(words: list[str], index: int, units: dict[str, float]) -> tuple[float, int]:
    """'two hundred and fifty thousand' and 'two point five' as values."""
    total = part = 0.0
    smallest = float("inf")
    while index < len(words):
        word = words[index]
        if word in _SCALES:
            part = (part or 1) * _SCALES[word]
            if _SCALES[word] > 100:  # noqa: PLR2004 - 'hundred' goes on, 'thousand' closes a group
                total, part = total + part, 0.0
            smallest = float("inf")
        elif word in units and _fits(units[word], smallest):
            part += units[word]
            smallest = units[word]
        elif word == "a" and part == total == 0:
            part = 1.0
        elif word == "point" and index + 1 < len(words) and words[index + 1] in units:
            return _decimals(words, index + 1, total + part, units)
        elif not (
            word == "and" and smallest == float("inf") and words[index + 1 : index + 2] and words[index + 1] in units
        ):
            break
        index += 1
    return total + part, index


def _fits(value: float, smallest: float) -> bool:
    """'twenty' may be followed by 'five', and 'hundred' by anything; 'five' by nothing."""
    return smallest == float("inf") or (smallest >= 20 and smallest % 10 == 0 and 0 < value < 10)  # noqa: PLR2004 - tens


def _decimals(words: list[str], index: int, whole: float, units: dict[str, float]) -> tuple[float, int]:
    digits = ""
    while index < len(words) and words[index] in units:
        digits += str(int(units[words[index]]))
        index += 1
    return whole + float(f"0.{digits}"), index


def _readings(digits: str) -> set[float]:
    """'12,500' is 12500 in English and 12.5 elsewhere; '1.250,75' has one reading only."""
    marks = re.findall(r"[.,]", digits)
    plain = float(re.sub(r"[.,]", "", digits))
    if not marks:
        return {plain}
    whole, mark, fraction = re.match(r"(.*)([.,])(.*)", digits).groups()  # type: ignore[union-attr] # there is a mark
    decimal = float(re.sub(r"[.,]", "", whole) + "." + fraction)
    if marks.count(mark) > 1:
        return {plain}
    return {decimal, plain} if len(fraction) == 3 and len(marks) == 1 else {decimal}  # noqa: PLR2004 - a group of three


@lru_cache(maxsize=1)
def _units() -> dict[str, float]:
    tens = {word: 20.0 + 10 * index for index, word in enumerate(_TENS.split())}
    return {word: float(index) for index, word in enumerate(_ENGLISH.split())} | tens
