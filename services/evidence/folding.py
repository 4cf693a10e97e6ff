"""Text in one form for comparing: nothing that cannot be seen, and no letter that only looks like another."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_BLANKS = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0"
"""Characters of other categories that show nothing: soft hyphen, fillers of Hangul, the empty Braille cell, ..."""
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455", "aeopcyxijs", strict=True)),
        **dict(zip("\u043a\u043c\u0442\u043d\u0432\u04bb\u051b\u0501\u0261\u0131", "kmthbhqdgi", strict=True)),
        **dict(zip("\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03b5\u03b7", "aopviktuen", strict=True)),
    }
)
"""Cyrillic and Greek small letters (after case folding), and two others, that are drawn like a Latin one."""
_WORD = re.compile(r"\w+")
_SEEN = re.compile(
    "[\n\t\x20-\x7e\xa0-\xac\xae-\u024f\u0391-\u03a1\u03a3-\u03c9\u0400-\u0481\u048a-\u052f\u2010-\u201f\u2026"
    "\u3001-\u3020\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3]*"
)
"""Text of which all can be seen at a glance: nearly all text, and hours of it are looked at."""


def strip_invisible(text: str) -> str:
    """The text without control, format, tag and filler characters; new lines and tabs stay.

    Joiners stay between letters of scripts that spell with them (Persian, Hindi) and in emoji.
    """
    if _SEEN.fullmatch(text):
        return text
    kept = [
        character
        for index, character in enumerate(text)
        if character in "\n\t" or not _hidden(character) or (character in _JOINERS and _spells(text, index))
    ]
    return "".join(kept)


def fold(text: str) -> str:
    """The form in which two texts are compared: visible, NFKC, caseless, straight apostrophes, one script a word."""
    plain = unicodedata.normalize("NFKC", strip_invisible(text)).casefold().replace("\u2019", "'")
    return _WORD.sub(lambda match: _one_script(match[0]), plain)


def _hidden(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs")
        or character in _BLANKS
        or "\ufe00" <= character <= "\ufe0e"
        or "\U000e0000" <= character <= "\U000e0fff"
    )


def _spells(text: str, index: int) -> bool:
    """Whether a joiner stands between two characters that are joined by it."""
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(around) > 1 and all(character > "\u0600" and not _hidden(character) for character in around)


def _one_script(word: str) -> str:
    """A word that mixes Latin letters with look-alikes, in Latin only; a word of another script as it is."""
    if word.isascii() or not any(character.isascii() and character.isalpha() for character in word):
        return word
    return word.translate(_LOOKALIKES)


def unmask(text: str) -> str:
    """The text as it may be shown: nothing hidden, and words that mix scripts to look Latin in Latin letters."""
    plain = unicodedata.normalize("NFC", strip_invisible(text))
    return _WORD.sub(lambda match: _latin(match[0]), plain)


def _latin(word: str) -> str:
    if word.isascii() or not any(character.isascii() and character.isalpha() for character in word):
        return word
    return "".join(_cased(character) for character in word)


def _cased(character: str) -> str:
    small = character.casefold().translate(_LOOKALIKES)
    if small == character.casefold() or len(small) != 1:
        return character
    return small.upper() if character.isupper() else small
