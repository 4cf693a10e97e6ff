# ruff: noqa: RUF001 - letters of other scripts are the subject
"""Names of Cyrillic and Greek script in Latin letters, near enough to tell that 'Иван' is 'Ivan'."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_LETTERS = {
    **dict(zip("абвгдезийклмнопрстуфыэґіїє", "abvgdeziiklmnoprstufyegiie", strict=True)),
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    **dict(zip("αβγδεζηικλμνοπρσςτυφωάέήίόύώ", "avgdeziiklmnoprsstyfoaeiioyo", strict=True)),
    "θ": "th",
    "ξ": "x",
    "χ": "ch",
    "ψ": "ps",
}
_TABLE = str.maketrans(_LETTERS)
_NEAR = 0.7


def is_other_script(word: str) -> bool:
    """Whether a folded word has letters that `sounds_like` can turn."""
    return any(character in _LETTERS for character in word)


def sounds_like(name: str, words: Iterable[str]) -> bool:
    """Whether one of the folded words may be that folded name, written in the other script."""
    turned = name.translate(_TABLE)
    crosses = is_other_script(name)
    return any(
        turned[:1] == said.translate(_TABLE)[:1]
        and SequenceMatcher(None, turned, said.translate(_TABLE)).ratio() >= _NEAR
        for said in words
        if crosses != is_other_script(said)
    )
