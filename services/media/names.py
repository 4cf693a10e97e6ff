"""Names of files as people may see them: nothing hidden, nothing that deceives, never a path."""

from __future__ import annotations

import unicodedata

LONGEST = 100
"""Characters of a display name at most."""

_FALLBACK = "recording"
_ELLIPSIS = "\u2026"
_LONGEST_EXTENSION = 10
_MOST_MARKS = 3
_JOINERS = "\u200c\u200d"
_SEPARATORS = str.maketrans("/\\", "__")
# Letters that are drawn as nothing: Hangul fillers and the empty Braille pattern.
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800"


def display_name(raw: str) -> str:
    """The name as it may be shown: at most `LONGEST` characters, on one line, 'recording' where nothing is left.

    Direction overrides, control and invisible characters are gone, path separators are underscores, leading dots are
    dropped, stacks of combining marks are cut to three. Emoji and letters of every script stay; a long name is cut in
    the middle, so that its extension stays too. Applying it twice changes nothing.
    """
    normal = unicodedata.normalize("NFC", raw.translate(_SEPARATORS))
    words = "".join(_visible(normal)).split()
    name = " ".join(words).lstrip("._ ").rstrip(". ")
    return _shortened(name) or _FALLBACK


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category.startswith("Z") or character in "\t\n\r":
            kept.append(" ")
        elif character in _JOINERS:
            kept.extend(character if _joins(text, index) else "")
        elif not category.startswith("C") and character not in _BLANKS and marks <= _MOST_MARKS:
            kept.append(character)
    return kept


def _joins(text: str, index: int) -> bool:
    """Whether the joiner stands between two characters that it can join, as in emoji and in Indic or Persian words."""
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(around) == len("ab") and all(
        not character.isascii() and unicodedata.category(character)[0] in "LMS" for character in around
    )


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    tail = dot + extension if stem and len(extension) <= _LONGEST_EXTENSION else name[-_LONGEST_EXTENSION:]
    head = name[: LONGEST - len(tail) - len(_ELLIPSIS)].rstrip(f" .{_JOINERS}")
    return f"{head}{_ELLIPSIS}{tail}"
