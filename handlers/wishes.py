"""What a person asks for beside the link: a language, a length, how many of a list; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from handlers.links import links_in, without_links
from handlers.tongues import BY_NAME, CODES, ORDINARY
from services.vocabulary.base import Value

Length = Literal["short", "full"]

_SHORT = ("short", "brief", "quick", "tldr", "tl;dr", "kurz", "kurze", "court", "corto", "breve")
_FULL = ("full", "long", "detailed", "complete", "ausführlich", "ausführliche", "completo", "complet", "détaillé")
_LENGTHS: dict[str, Length] = {**dict.fromkeys(_SHORT, "short"), **dict.fromkeys(_FULL, "full")}
_BEFORE_LANGUAGE = frozenset("in into auf en em på na po op по на à tiếng em bahasa".split())
_RECAPS = frozenset("summary recap version overview summarization zusammenfassung resumen résumé form".split())
_LISTED = frozenset("videos episodes recordings entries items tracks".split())
_SPANS = frozenset("second seconds sec minute minutes min mins hour hours percent chapters words sentences %".split())
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_POLITE = frozenset(
    "a an and bitte can could danke do episode folgen for from give gracias hello hey hi it kindly link make me merci of "
    "only please pls podcast recap recording summarise summarize summary thank thanks that the this transcribe us "
    "video with would you".split()
)
_EDGES = "\"'`.,;:!?()[]{}*_\u2026\u201c\u201d\u2018\u2019\u00ab\u00bb"
_COUNT = re.compile(r"[1-9]\d?", re.ASCII)
_REGIONAL = re.compile(r"([a-z]{2})[-_](?:[a-z]{2}|[a-z]{4}|\d{3})", re.ASCII)


class Wish(Value):
    """What was asked for. `language` is ISO 639-1; `first` is how many of a list; `rest` is what was not understood."""

    urls: tuple[str, ...] = ()
    language: str | None = None
    length: Length | None = None
    first: int | None = None
    rest: str = ""


class _Found(NamedTuple):
    """A wish that was read from `words` words. `sure`: it holds whatever else the text says."""

    kind: str
    value: str | int
    words: int
    sure: bool


def wish_of(text: str, *, command: bool) -> Wish:
    """The wish in a command's words or in those after a mention, in any order.

    In a mention's running text 'German' and 'short' may mean anything; so without 'in German' or 'short summary' they
    count only where the text says nothing else. A two-letter code counts in a command alone, as a word of its own.
    """
    words = without_links(text).split()
    plain = [_folded(word) for word in words]
    taken, left = _sorted_out(plain, command=command)
    taken += _ordinary_codes(plain, left, leading=text.lstrip().startswith(words[0])) if command and words else []
    said = [at for at in left if plain[at] and plain[at] not in _POLITE]
    if said:
        taken = [(at, found) for at, found in taken if found.sure]
    covered = {at + n for at, found in taken for n in range(found.words)}
    rest = " ".join(word for at, word in enumerate(words) if at not in covered) if set(said) - covered else ""
    return Wish.model_validate(
        {"urls": links_in(text), "rest": rest, **{found.kind: found.value for _, found in taken}}
    )


def _sorted_out(plain: Sequence[str], *, command: bool) -> tuple[list[tuple[int, _Found]], list[int]]:
    """The wishes with their places, the first of each kind, and the places of all other words."""
    taken: list[tuple[int, _Found]] = []
    left: list[int] = []
    at = 0
    while at < len(plain):
        found = next((found for read in _READERS if (found := read(plain[at:], command))), None)
        if found and found.kind not in {earlier.kind for _, earlier in taken}:
            taken.append((at, found))
            at += found.words
        else:
            left.append(at)
            at += 1
    return taken, left


def _ordinary_codes(plain: Sequence[str], left: Sequence[int], *, leading: bool) -> list[tuple[int, _Found]]:
    """'it' is Italian only where it is the one word that nothing else explains, and does not begin the command."""
    if len(left) != 1 or plain[left[0]] not in ORDINARY or (leading and left[0] == 0):
        return []
    code = BY_NAME.get(plain[left[0]], plain[left[0]])
    return [(left[0], _Found("language", code, 1, sure=True))]


def _first(plain: Sequence[str], command: bool) -> _Found | None:  # noqa: FBT001 - one shape for all readers
    if plain[0] != "first" or len(plain) == 1:
        return None
    number = _NUMBERS.get(plain[1]) or (int(plain[1]) if _COUNT.fullmatch(plain[1]) else None)
    after = plain[2] if len(plain) > 2 else ""  # noqa: PLR2004 - the word after 'first 3'
    if number is None or after in _SPANS:
        return None
    listed = after in _LISTED
    return _Found("first", number, 3 if listed else 2, sure=command or listed)


def _language(plain: Sequence[str], command: bool) -> _Found | None:  # noqa: FBT001 - the same
    if plain[0] in _BEFORE_LANGUAGE and len(plain) > 1 and (code := _code(plain[1], command)):
        return _Found("language", code, 2, sure=True)
    if plain[0] in ORDINARY:
        return None
    code = _code(plain[0], command)
    return _Found("language", code, 1, sure=command) if code else None


def _length(plain: Sequence[str], command: bool) -> _Found | None:  # noqa: FBT001 - the same
    if plain[0] not in _LENGTHS:
        return None
    named = len(plain) > 1 and plain[1] in _RECAPS
    return _Found("length", _LENGTHS[plain[0]], 2 if named else 1, sure=command or named)


_READERS: tuple[Callable[[Sequence[str], bool], _Found | None], ...] = (_first, _language, _length)


def _code(word: str, command: bool) -> str | None:  # noqa: FBT001 - the same
    if word in BY_NAME:
        return BY_NAME[word]
    if not command:
        return None
    regional = _REGIONAL.fullmatch(word)
    code = regional[1] if regional else word
    return code if code in CODES else None


def _folded(word: str) -> str:
    return word.strip(_EDGES).lstrip("-").lower()
