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
_SCRIPT_OF = {name: name for name in _SCRIPTS} | {
    **dict.fromkeys(("uk", "be", "bg", "sr", "mk", "kk", "mn"), "ru"),
    **dict.fromkeys(("fa", "ur", "ps", "ug"), "ar"),
    **dict.fromkeys(("mr", "ne"), "hi"),
    **dict.fromkeys(("yi",), "he"),
    **dict.fromkeys(("yue",), "zh"),
}
"""The script of each language that is not written in Latin letters, of those that are told apart here."""
_OTHER_SCRIPTS = "am bn bo gu hy ka km kn lo ml my pa sa sd si ta te"
_TELLING_WORDS, _TELLING_SHARE, _CLEAR = 5, 0.25, 2
"""Words from which a text tells its language, what part of them must be common words, and what lead is clear."""
_BEYOND = "\u0530"
"""Where the scripts after Latin, Greek and Cyrillic begin."""
_KANJI_ALONE = 10
"""Characters of a Japanese title that may do without kana."""
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LATIN_WORD = 4
"""Letters of Latin script that weigh as much as one of another, so that a name or two do not decide."""


_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
    "nl": "Dutch", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "ar": "Arabic",
    "he": "Hebrew", "hi": "Hindi", "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "sv": "Swedish",
    "da": "Danish", "no": "Norwegian", "fi": "Finnish", "cs": "Czech", "el": "Greek", "th": "Thai",
    "vi": "Vietnamese", "id": "Indonesian",
}  # fmt: skip


def language_label(language: str) -> str:
    """A language as a prompt names it: 'German (de)', or the code alone where its name is not known here."""
    return f"{_NAMES[language]} ({language})" if language in _NAMES else language


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


def is_written_in(text: str, language: str) -> bool:
    """Whether a text may be in that language: False only where its script or its commonest words say otherwise."""
    if language in _OTHER_SCRIPTS.split():
        return _script(text) != "latin" or any(character > _BEYOND and character.isalpha() for character in text)
    if (script := _script(text)) and (own := _SCRIPT_OF.get(language, "latin")) != script:
        return (own, script) == ("ja", "zh") and len(text) <= _KANJI_ALONE
    if language in _SCRIPT_OF:
        return True
    words = tokens(text)
    counts = {each: sum(word in stop_words(each) for word in words) for each in _LATIN}
    best = max(counts, key=lambda each: counts[each])
    if best == language or len(words) < _TELLING_WORDS:
        return True
    own_count = counts.get(language, 0)
    return counts[best] < own_count + _CLEAR or counts[best] < _TELLING_SHARE * len(words)


def _script(text: str) -> str | None:
    """The script that most of the letters are in, named by its commonest language; 'latin' for Latin, None for none."""
    counts = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    counts["ja"] += counts["zh"] if counts["ja"] else 0
    counts["zh"] = 0 if counts["ja"] else counts["zh"]
    found = max(counts, key=lambda name: counts[name])
    latin = len(_LATIN_LETTER.findall(text)) / _LATIN_WORD
    if not counts[found] and not latin:
        return None
    return found if counts[found] >= latin else "latin"
