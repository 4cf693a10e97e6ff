# ruff: noqa: RUF001 - punctuation of many scripts is the subject
"""Spoken words made readable: what a careful typist leaves out, and nothing else.

Fillers, stutters, repeated phrases and openers without content go; a capital and a full stop come. No word is added,
replaced or moved, so that what is shown is still what was said.
"""

from __future__ import annotations

import re

_FILLERS = {
    "": "uh uhm uhh umm erm hmm hm mm mmm mhm mm-hmm mm-mm uh-huh",
    "en": "um er ah",
    "de": "äh ähm öh öhm ehm",
    "fr": "euh heu hein",
    "es": "eh em ehm",
    "it": "ehm eh",
    "pt": "ahn hã éh",
    "nl": "eh ehm",
    "ru": "э эм э-э ммм",
    "ja": "えーと えっと ええと えー あのー",
    "zh": "嗯 呃 嗯嗯",
    "ko": "음 어 저기",
}
_ASIDES = {
    "en": r"you know|I mean|you see|like|sort of|kind of",
    "de": r"sag ich mal|weißt du|halt",
    "fr": r"tu sais|vous savez|enfin",
    "es": r"o sea|sabes|este",
}
_OPENERS = {
    "en": r"(?:okay|ok|well|right|alright|all right|yeah|so|and|but|now|oh|anyway|I mean|you know|basically|actually)",
    "de": r"(?:also|ja|genau|okay|gut|und)",
    "fr": r"(?:bon|alors|donc|ben|okay|et)",
    "es": r"(?:bueno|pues|entonces|vale|y)",
}
_REPEATABLE = frozenset(
    """very really no many much had that so bye far more long ha blah yes again wait never
    sehr viele ganz très muy più mais bien tak muito""".split()  # noqa: SIM905 - reads better than a list of quotes
)
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_PHRASE = re.compile(rf"\b((?:{_WORD}[,]?\s+){{0,3}}{_WORD}),?\s+\1(?![\w'’-])", re.IGNORECASE)
_STUMP = re.compile(r"(?<![\w'’-])([^\W\d_]{1,6})[-–—]+,?\s+(?=\1)", re.IGNORECASE)
_LETTER = re.compile(r"(?<![\w'’-])([bcdfghjklmnpqrstvwxz]{1,2})\s+(?=\1[^\W\d_])")
_FEW = 3
"""Words that an opener must leave behind: 'Well, yes' stays as it is."""
_STOPS = ".!?…。！？｡؟।॥۔"
_ENDS = {"ja": "。", "zh": "。", "hi": "।", "ur": "۔"}


def tidy(text: str, language: str = "en") -> str:
    """The text fit to be read, in the language it was said in; empty where nothing but fillers was said.

    The language matters: 'um' is a noise in English and a word in German and Portuguese.
    """
    text = " ".join(text.split())
    text = _without_fillers(text, language)
    text = _without_stutters(text)
    text = _without_openers(text, language)
    return _punctuated(text, language)


def _without_fillers(text: str, language: str) -> str:
    words = sorted(f"{_FILLERS['']} {_FILLERS.get(language, '')}".split(), key=len, reverse=True)
    sound = "|".join(map(re.escape, words))
    text = re.sub(rf"(?<![\w'’-])(?:{sound})(?![\w'’-])[.,…、，]*", " ", text, flags=re.IGNORECASE)
    if aside := _ASIDES.get(language):
        text = re.sub(rf",\s*(?:{aside})\s*(?=,)", "", text, flags=re.IGNORECASE)
    return _spaced(text)


def _without_stutters(text: str) -> str:
    """'the the', 'I think I think', 'wha- what', 'w we'; emphasis, numbers and names said twice stay."""
    text = _LETTER.sub("", _STUMP.sub("", text))
    while (shorter := _PHRASE.sub(_once, text)) != text:
        text = shorter
    return text


def _once(match: re.Match[str]) -> str:
    phrase = match[1]
    if phrase.casefold() in _REPEATABLE or (phrase[0].isupper() and match.start() and not re.match(r"I\b", phrase)):
        return match[0].replace(" ", "\u00a0")
    return phrase


def _without_openers(text: str, language: str) -> str:
    """Without 'Okay, so, well,' at the start, where enough is left to be a sentence and it is still one."""
    text = text.replace("\u00a0", " ")
    opener = _OPENERS.get(language)
    if not opener:
        return text
    pattern = re.compile(rf"{opener}(?:,|\.|…|(?=\s+{opener}\b))\s*", re.IGNORECASE)
    while (match := pattern.match(text)) and len(text[match.end() :].split()) > _FEW:
        text = text[match.end() :]
    return text


def _spaced(text: str) -> str:
    text = re.sub(r"\s+([,.;:!?…])", r"\1", " ".join(text.split()))
    return re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text).lstrip(" ,;:.…、，").strip()


def _punctuated(text: str, language: str) -> str:
    text = _spaced(text)
    text = re.sub(r"[\s,;:、，–—-]+$", "", text)
    if not re.search(r"\w", text):
        return ""
    if text.rstrip("\"'”’»)」』")[-1:] not in _STOPS:
        text += _ENDS.get(language, ".")
    return text[0].upper() + text[1:]
