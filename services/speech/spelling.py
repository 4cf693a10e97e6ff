"""Numbers in English words, as they are said aloud."""

from __future__ import annotations

_TO_NINE = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_SMALL = _TO_NINE + _TEENS
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LARGEST = 10**15


def cardinal(number: int) -> str:
    """342 is 'three hundred forty-two'; numbers of sixteen digits and more are said digit by digit."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 100:  # noqa: PLR2004 - two digits
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    if number >= _LARGEST:
        return digits(str(number))
    size, name = next((size, name) for size, name in _SCALES if number >= size)
    count, rest = divmod(number, size)
    return f"{cardinal(count)} {name}" + (f" {cardinal(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """23 is 'twenty-third'."""
    head, last = _split_last(cardinal(number))
    return head + (_ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"))


def digits(text: str) -> str:
    """'007' is 'zero zero seven'; what is no digit is left out."""
    return " ".join(_SMALL[int(character)] for character in text if character.isdecimal())


def decimal(text: str) -> str:
    """'1,234.5' is 'one thousand two hundred thirty-four point five'; '007' and '0.50' keep their zeros."""
    whole, _, fraction = text.replace(",", "").partition(".")
    said = digits(whole) if len(whole) > 1 and whole.startswith("0") else cardinal(int(whole or "0"))
    return f"{said} point {digits(fraction)}" if fraction else said


def year(number: int) -> str:
    """1905 is 'nineteen oh five', 2026 'twenty twenty-six', 2000 'two thousand'; also how 1500 of a thing are said."""
    century, rest = divmod(number, 100)
    if century % 10 == 0 and rest < 10:  # noqa: PLR2004 - 2000 to 2009
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"  # noqa: PLR2004 - one digit


def plural(words: str) -> str:
    """'nineteen ninety' is 'nineteen nineties', 'two thousand' is 'two thousands'."""
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _split_last(words: str) -> tuple[str, str]:
    at = max(words.rfind(" "), words.rfind("-")) + 1
    return words[:at], words[at:]
