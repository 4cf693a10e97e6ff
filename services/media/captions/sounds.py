"""What captions describe rather than quote: [Music], (applause), and the notes around a song."""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]|\([^()]{0,80}\)|\uff08[^\uff08\uff09]{0,80}\uff09|\*[^*\n]{1,40}\*")
_NOTES = re.compile("[\u2669\u266a\u266b\u266c\u266d\u266e\u266f\U0001f3b5\U0001f3b6]")
_SOUND = re.compile(
    r"""\b(?:music|musik|musique|música|musica|applau\w+|aplausos?|applaudissements|laugh\w*|chuckl\w+|giggl\w+|cheer\w*
    |lachen|gelächter|rires?|risas?|risos?|sigh\w*|cough\w*|sniff\w*|gasp\w*|silence|inaudible|unverständlich|crosstalk
    |indistinct|unintelligible|clears?\ throat|bell\ rings?|phone\ rings?|speaking\ \w+|singing|beep\w*|bleep\w*
    |foreign\ language|no\ audio|audio\ out)\b|^\W*_+\W*$|\u97f3\u697d|\u62cd\u624b|\u7b11\u3044?|\u638c\u58f0""",
    re.IGNORECASE | re.VERBOSE,
)
_EDGE = re.compile(r"[\s>:\-\u2013\u2014]*")


def without_sounds(text: str) -> str:
    """The text with blanks in the place of what is no speech; it stays as long as it was, so that places hold.

    Brackets go where they name a sound or stand alone on their line; in the middle of a sentence they stay.
    """
    text = _NOTES.sub(" ", text)
    return _BRACKETED.sub(lambda match: _blank(match) if _is_sound(match) else match[0], text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _is_sound(match: re.Match[str]) -> bool:
    text, inner = match.string, match[0][1:-1]
    if _SOUND.search(inner) or match[0][0] == "*":
        return bool(_SOUND.search(inner))
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    before, after = text[start : match.start()], text[match.end() : len(text) if end < 0 else end]
    return bool(_EDGE.fullmatch(before)) and not after.strip()
