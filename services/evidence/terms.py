# ruff: noqa: RUF001 - characters of many scripts are the subject
"""Text as the terms that it is matched by: folded, without stop words, lightly stemmed; bigrams where no spaces are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from services.evidence.stopwords import is_stop_word

_HAN, _HIRAGANA, _KATAKANA = r"\u3005\u3400-\u9fff\uf900-\ufaff", r"\u3040-\u309f", r"\u30a0-\u30ff"
_SOUTH_ASIAN = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = f"[{_HAN}{_HIRAGANA}{_SOUTH_ASIAN}]"
"""Thai, Lao, Burmese, Khmer, hiragana and Han are written without spaces between words; katakana is a word a run."""
_SHORTEST, _ROOT = 4, 3
"""Letters of the shortest word that is stemmed, and of what must be left of it."""
_LETTER = rf"(?!{_UNSPACED}|[{_KATAKANA}])[\w\u0300-\u036f\u0900-\u0dff]"
_PARTICLES = "的了吗呢吧啊么什谁哪怎你我他她们这那"
"""Characters of Chinese that are words of grammar wherever they stand: words end before and after them."""
_TOKEN = re.compile(
    rf"(?:(?![{_PARTICLES}])[{_HAN}])+|[{_HIRAGANA}]+|[{_KATAKANA}]+|[{_SOUTH_ASIAN}]+"
    rf"|\d+(?:[.,]\d+)*|(?!\d){_LETTER}+(?:'(?!s\b){_LETTER}+)?"
)


def tokens(text: str) -> list[str]:
    """The words of a text in order, folded to one form; text without spaces comes as overlapping pairs."""
    found: list[str] = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text).casefold().replace("’", "'")):
        token = match[0]
        if len(token) > 2 and re.match(_UNSPACED, token):  # noqa: PLR2004 - a bigram is whole already
            found.extend(token[i : i + 2] for i in range(len(token) - 1))
        else:
            found.append(_unelided(token))
    return found


def _unelided(token: str) -> str:
    """'l'été' as 'été'; 'don't' as it is."""
    head, _, tail = token.partition("'")
    return tail if len(tail) > len("ll") and len(head) <= len("dell") else token


def terms(text: str, language: str = "en") -> list[str]:
    """The tokens that carry meaning, stemmed where the language is English."""
    kept = [token for token in tokens(text) if not is_stop_word(token, language)]
    return [stem(token) for token in kept] if language == "en" else kept


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """An English word without its inflection: plural, -ing, -ed, -ly. Light, so that few words fall together."""
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return word
    word = _singular(word)
    for suffix in ("ing", "edly", "ed", "ly"):
        root = word.removesuffix(suffix)
        if root != word and len(root) >= _ROOT and re.search(r"[aeiouy]", root):
            word = _undoubled(root)
            break
    return word.removesuffix("e") if len(word) >= _SHORTEST else word


def _singular(word: str) -> str:
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _SHORTEST:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


def _undoubled(root: str) -> str:
    """'plann' as 'plan' and 'studi' as 'study', but 'call' and 'pass' as they are."""
    if root.endswith("i"):
        return root[:-1] + "y"
    if len(root) >= _SHORTEST and root[-1] == root[-2] and root[-1] not in "lsz":
        return root[:-1]
    return root
