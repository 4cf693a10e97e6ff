"""Names that captions put before what somebody says: 'ALICE: ...', and when such a word is no name."""

# ruff: noqa: RUF001 - punctuation of many scripts is the subject
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_MARK = re.compile(r"(?P<name>[^\W\d_][^:：\n()\[\]<>!?;\"]{0,49}?)(?:\s?\([^()]{1,40}\))?\s?(?::(?=\s|$)|：)\s*")
_PARTICLES = """de da do dos das di du del der den van von of the la le el al bin ibn and und et y e & jr
    sr"""
_LABELS = """note notes question questions answer answers q a example examples step chapter part tip tips hint warning
    caution remember disclaimer update updates spoiler source sources ps fact rule lesson point summary conclusion
    result results translator translated translation subtitles subtitle captions captioned sync transcript transcription
    title subject date time duration language website email phone address bonus quote fun important today frage antwort
    beispiel hinweis achtung tipp wichtig schritt kapitel teil fazit ergebnis untertitel nota notas pregunta respuesta
    ejemplo paso consejo atención capítulo remarque réponse exemple conseil attention étape chapitre sous-titres
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday"""
_MOST_WORDS, _LEAST_LETTERS = 4, 2
_OFTEN = 3
_UPPER = 0.8
_UNKNOWN = re.compile(r"(?:unknown|unidentified)(?:\s+(?:speaker|voice|person))?|speaker|\?+", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:speaker|spk|voice|sprecher|locuteur|hablante)[\s_#]*\d{1,3}", re.IGNORECASE)


class Mark(NamedTuple):
    """What may be a name at the beginning of some words: as it is written, and how many letters go with it.

    `opens` says that it stands where a cue begins, `explicit` that a mark for another voice stands before it.
    """

    name: str
    length: int
    opens: bool = False
    explicit: bool = False


def mark_at(text: str, *, opens: bool, explicit: bool) -> Mark | None:
    """The mark that the text begins with; None where none can be one."""
    found = _MARK.match(text)
    if found is None or not is_name(found["name"]):
        return None
    return Mark(found["name"].strip(), found.end(), opens, explicit)


def is_name(text: str) -> bool:
    """Whether it is written as names are: few words, all with a capital (where the script has them), none a label."""
    words = text.replace(",", " ").split()
    counted = [word for word in words if word not in _PARTICLES.split()]
    if not 0 < len(counted) <= _MOST_WORDS or len("".join(words)) < _LEAST_LETTERS:
        return False
    if words[0].casefold().strip(".") in _LABELS.split():
        return False
    return not words[0][0].islower() and all(
        word[0].isdigit() or not word[0].islower() or word.casefold() in _PARTICLES.split() for word in words
    )


def is_unknown(name: str) -> bool:
    """Whether it only says that nobody knows who speaks."""
    return bool(_UNKNOWN.fullmatch(name))


def is_numbered(name: str) -> bool:
    """Whether it tells a voice apart without naming it: 'Speaker 2'."""
    return bool(_NUMBERED.fullmatch(name))


def shown_name(name: str) -> str:
    """The name as people write it: capitals only where each word begins; one line of at most 60 letters."""
    name = " ".join(name.split())[:60].strip(" :：,-")
    return name.title() if name.isupper() and len(name) > 2 else name  # noqa: PLR2004 - DJ, AJ


def speakers_among(marks: Sequence[Mark], texts: Iterable[str], *, first_is_marked: bool) -> frozenset[str]:
    """The names (folded) that these captions use consistently; empty where a colon is only a colon.

    A word that the text also writes small is no name. The captions must look marked as a whole: from the beginning, or
    with marks for a change of voice, or with a name that comes back and back.
    """
    named = [mark for mark in marks if mark.opens or mark.explicit]
    counts = Counter(fold_name(mark.name) for mark in named)
    small, is_upper = _small_words(texts)
    explicit = {fold_name(mark.name) for mark in named if mark.explicit}
    plausible = {name for name in counts if name in explicit or not (_is_ordinary(name, small) or is_upper)}
    total = sum(counts[name] for name in plausible)
    repeated = sum(counts[name] > 1 for name in plausible)
    often = any(counts[name] >= _OFTEN for name in plausible)
    marked = (first_is_marked and total > 1) or repeated > 1 or often or bool(explicit)
    return frozenset(plausible) if marked else frozenset()


def fold_name(name: str) -> str:
    """The form in which two spellings of a name are the same."""
    return " ".join(name.casefold().split())


def _is_ordinary(name: str, small: frozenset[str]) -> bool:
    return all(word in small for word in name.split())


def _small_words(texts: Iterable[str]) -> tuple[frozenset[str], bool]:
    """The words that are written small somewhere, and whether nearly everything is in capitals."""
    small: set[str] = set()
    upper = lower = 0
    for text in texts:
        for word in re.findall(r"[^\W\d_][\w'’-]*", text):
            if word.islower():
                small.add(word)
                lower += 1
            elif word.isupper() and len(word) > 1:
                upper += 1
    return frozenset(small), upper > _UPPER * (upper + lower)
