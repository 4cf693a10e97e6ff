"""Which language a short text is in, told by its script and its commonest words."""

from __future__ import annotations

import re

from services.evidence.stopwords import stop_words
from services.evidence.terms import tokens

_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
}
_LATIN = ("en", "de", "fr", "es", "pt", "it", "nl")


def language_of(text: str) -> str | None:
    """The language as ISO 639-1; None where a text is too short or too mixed to say.

    A script that several languages write is given as the commonest of them.
    """
    for language, script in _SCRIPTS.items():
        if script.search(text):
            return language
    words = set(tokens(text))
    counts = sorted(((len(words & stop_words(language)), language) for language in _LATIN), reverse=True)
    (most, language), (second, _) = counts[:2]
    return language if most > second else None
