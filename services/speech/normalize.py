"""Text as it is written to text as it is said, in English: numbers, dates, times, money, units, symbols.

The rules run in order, each on what the ones before it left; what no rule knows is left to the voice.
"""

# ruff: noqa: RUF001 - the signs of print are the subject
from __future__ import annotations

import re
from collections.abc import Callable

from services.speech import spelling
from services.speech.lexicon import CLOSING, CURRENCIES, FRACTIONS, MONTHS, SCALES, SYMBOLS, UNITS, WRITTEN
from services.speech.markup import plain

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_MONTH = "|".join(rf"{month[:3]}(?:\.|{month[3:]})?" if month[3:] else month for month in MONTHS)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def normalize(text: str) -> str:
    """English prose with nothing in it but words and punctuation; paragraphs stay apart by a blank line."""
    paragraphs = (" ".join(_spoken(part).split()) for part in re.split(r"\n\s*\n", plain(text)))
    return "\n\n".join(part for part in paragraphs if any(character.isalnum() for character in part))


def _spoken(text: str) -> str:
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    return text


def _abbreviation(match: re.Match[str]) -> str:
    """Its words, and the full stop too where it also ended the sentence."""
    ends = match[0] in CLOSING and re.match(r"\s+[A-Z]|\s*$", match.string[match.end() :])
    return WRITTEN[match[0]] + ("." if ends else "")


def _month(name: str) -> str:
    return next(month for month in MONTHS if month.startswith(name[:3]))


def _iso_date(match: re.Match[str]) -> str:
    month, day = int(match[2]), int(match[3])
    return f"{MONTHS[month - 1]} {spelling.ordinal(day)}, {spelling.year(int(match[1]))}"


def _month_day(match: re.Match[str]) -> str:
    said = f"{_month(match[1])} {spelling.ordinal(int(match[2]))}"
    return f"{said}, {spelling.year(int(match[3]))}" if match[3] else said


def _day_month(match: re.Match[str]) -> str:
    said = f"the {spelling.ordinal(int(match[1]))} of {_month(match[2])}"
    return f"{said}, {spelling.year(int(match[3]))}" if match[3] else said


def _slashed_date(match: re.Match[str]) -> str:
    """Number by number: which one is the month is not ours to guess."""
    first, second, last = (int(match[index]) for index in (1, 2, 3))
    return f"{spelling.cardinal(first)}, {spelling.cardinal(second)}, {spelling.year(last)}"


def _long_time(match: re.Match[str]) -> str:
    units = zip((int(match[index]) for index in (1, 2, 3)), ("hour", "minute", "second"), strict=True)
    return ", ".join(_counted(count, unit) for count, unit in units if count) or "zero seconds"


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    half = f" {match[3][0].upper()} M" if match[3] else ""
    if minute:
        return f"{spelling.cardinal(hour)} {'oh ' if minute < 10 else ''}{spelling.cardinal(minute)}{half}"  # noqa: PLR2004
    noon = 12
    return spelling.cardinal(hour) + (half or (" o'clock" if 0 < hour <= noon else " hundred hours"))


def _money(match: re.Match[str]) -> str:
    unit, cent = CURRENCIES[match[1]]
    whole, _, fraction = match[2].replace(",", "").partition(".")
    if scale := match[3]:
        return f"{spelling.decimal(match[2])} {SCALES.get(scale.lower(), scale)} {_many(unit)}"
    if len(fraction) == 2 and cent:  # noqa: PLR2004 - cents have two digits
        parts = [_counted(count, name) for count, name in ((int(whole), unit), (int(fraction), cent)) if count]
        return " and ".join(parts) or f"zero {_many(unit)}"
    return _counted(int(whole), unit) if not fraction else f"{spelling.decimal(match[2])} {_many(unit)}"


def _counted(count: int, unit: str) -> str:
    return f"{spelling.cardinal(count)} {unit if count == 1 else _many(unit)}"


def _many(unit: str) -> str:
    return {"penny": "pence", "yen": "yen"}.get(unit, f"{unit}s")


def _range(match: re.Match[str]) -> str:
    return f"{match[1]} to {match[2]}" if float(match[1]) < float(match[2]) else match[0]


def _unit(match: re.Match[str]) -> str:
    name = UNITS[match[2]]
    single = match[1] == "1" and name.endswith("s") and " " not in name
    return f"{match[1]} {name[:-1] if single else name}"


def _fraction(match: re.Match[str]) -> str:
    above, below = int(match[1]), int(match[2])
    if above < below and (name := FRACTIONS.get(below)):
        return f"{spelling.cardinal(above)} {name if above == 1 else 'halves' if below == 2 else name + 's'}"  # noqa: PLR2004
    return f"{spelling.cardinal(above)} {'' if above in (24, 50) else 'over '}{spelling.cardinal(below)}"


def _plain_number(match: re.Match[str]) -> str:
    text = match[0]
    looks_like_year = len(text) == 4 and text.isdecimal() and "1100" <= text <= "2099"  # noqa: PLR2004
    return f" {spelling.year(int(text)) if looks_like_year else spelling.decimal(text)} "


def _alternatives(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_RULES: tuple[_Rule, ...] = (
    (re.compile(rf"(?<![\w.])(?:{_alternatives(WRITTEN)})(?![\w])"), _abbreviation),
    (re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b"), _iso_date),
    (re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?\b(?!:)"), _month_day),
    (re.compile(rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b(?:,? (\d{{4}})\b)?"), _day_month),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b"), _slashed_date),
    (re.compile(r"\b(\d{1,3}):([0-5]\d):([0-5]\d)\b"), _long_time),
    (re.compile(r"\b(\d{1,3}):([0-5]\d)(?:\s?([ap])\s?m\b)?", re.IGNORECASE), _time),
    (re.compile(r"\b(\d{1,2})\s?([ap])m\b", re.IGNORECASE), lambda m: f"{m[1]} {m[2].upper()} M"),
    (
        re.compile(rf"([$€£¥])\s?({_NUMBER})(?:\s?(thousand|million|billion|trillion|bn|mn|[kmbtKMBT])\b)?"),
        _money,
    ),
    (re.compile(r"\b(\d{3})[-.](\d{4})\b"), lambda m: f"{spelling.digits(m[1])}, {spelling.digits(m[2])}"),
    (re.compile(rf"\b({_NUMBER})\s?[-–]\s?({_NUMBER})(?![\d-])"), _range),
    (re.compile(r"\b(1[1-9]\d0|20\d0)s\b"), lambda m: spelling.plural(spelling.year(int(m[1])))),
    (re.compile(r"'([2-9]0)s\b"), lambda m: spelling.plural(spelling.cardinal(int(m[1])))),
    (re.compile(rf"\b({_NUMBER})\s?({_alternatives(UNITS)})(?![\w])"), _unit),
    (re.compile(r"\b(\d{1,4})/(\d{1,4})\b"), _fraction),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"), lambda m: spelling.ordinal(int(m[1]))),
    (re.compile(r"\b\d+(?:\.\d+){2,}\b"), lambda m: " point ".join(map(spelling.decimal, m[0].split(".")))),
    (re.compile(r"#(?=\d)|\bNo\. (?=\d)"), lambda _: "number "),
    (re.compile(r"~(?=\s?\d)"), lambda _: "about "),
    (re.compile(r"(?<![\w)])[-−](?=\d)"), lambda _: "minus "),
    (re.compile(_NUMBER), _plain_number),
    (re.compile("|".join(map(re.escape, SYMBOLS))), lambda m: SYMBOLS[m[0]]),
    (re.compile(r"\s*[()\[\]{}]+\s*"), lambda m: ", " if m.end() < len(m.string) and m.start() else " "),
    (re.compile(r"[#*_|\\^~`/$€£¥%°]+"), lambda _: " "),
    (re.compile(r"\s+(?=[,.;:!?])"), lambda _: ""),
    (re.compile(r",(?=[,.;:!?])"), lambda _: ""),
    (re.compile(r"\.{2,}"), lambda _: "."),
)
