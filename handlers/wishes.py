"""What a person asks for beside the link: a language, a length, how many of a list; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from handlers.links import links_in, without_links
from handlers.wish_words import (
    BEFORE_LANGUAGE,
    BY_NAME,
    CODES,
    LENGTHS,
    LISTED,
    NUMBERS,
    ORDINARY,
    POLITE,
    RECAPS,
)
from services.vocabulary.base import Value
from services.vocabulary.recap import Length

_EDGES = "\"'`.,;:!?()[]{}*_\u2026\u201c\u201d\u2018\u2019\u00ab\u00bb"
_COUNT = re.compile(r"[1-9]\d?", re.ASCII)
_REGIONAL = re.compile(r"([a-z]{2})[-_](?:[a-z]{2}|[a-z]{4}|\d{3})", re.ASCII)
# 'in de' is German, but 'in it' is not Italian.
_PLAIN_AFTER_IN = frozenset({"de", "es"})


class Wish(Value):
    """What was asked for. `language` is ISO 639-1; `first` is how many of a list; `rest` is what was not understood."""

    urls: tuple[str, ...] = ()
    language: str | None = None
    length: Length | None = None
    first: int | None = None
    rest: str = ""


class _Found(NamedTuple):
    """A wish that begins with the word at `at`. `sure`: it holds whatever else the text says."""

    kind: str
    value: str | int
    at: int
    words: int
    sure: bool


def wish_of(text: str, *, command: bool) -> Wish:
    """The wish in a command's words or in those after a mention, in any order.

    'German' and 'short' may mean anything in a text that says more, so there only 'in German', 'short summary' and
    'first 3 videos' count; the same holds for everything but what is polite. A two-letter code counts only in a
    command and as a word of its own.
    """
    words = without_links(text).split()
    plain = [word.strip(_EDGES).lstrip("-").lower() for word in words]
    found = _read(plain, codes=command)
    left = _uncovered(plain, found)
    if command and not any(wish.kind == "language" for wish in found):
        found += _ordinary_code(plain, left, opens=bool(words) and text.lstrip().startswith(words[0]))
        left = _uncovered(plain, found)
    if any(plain[at] and plain[at] not in POLITE for at in left):
        found = [wish for wish in found if wish.sure]
        left = _uncovered(plain, found)
        rest = " ".join(words[at] for at in left)
    else:
        rest = ""
    return Wish.model_validate({"urls": links_in(text), "rest": rest} | {wish.kind: wish.value for wish in found})


def _read(plain: Sequence[str], *, codes: bool) -> list[_Found]:
    """The wishes in order, the first of each kind."""
    taken: dict[str, _Found] = {}
    at = 0
    while at < len(plain):
        found = next((wish for read in _READERS if (wish := read(plain, at, codes))), None)
        new = found if found and found.kind not in taken else None
        if new:
            taken[new.kind] = new
        at += new.words if new else 1
    return list(taken.values())


def _uncovered(plain: Sequence[str], found: Sequence[_Found]) -> list[int]:
    covered = {wish.at + n for wish in found for n in range(wish.words)}
    return [at for at in range(len(plain)) if at not in covered]


def _ordinary_code(plain: Sequence[str], left: Sequence[int], *, opens: bool) -> list[_Found]:
    """'de' is German where it is the one word that nothing else explains.

    'it', which is polite company, is Italian only where it stands alone and does not open the command.
    """
    alone = [at for at in left if plain[at] not in POLITE] or [at for at in left if not (opens and at == 0)]
    if len(alone) != 1 or plain[alone[0]] not in ORDINARY or (plain[alone[0]] in POLITE and len(left) > 1):
        return []
    word = plain[alone[0]]
    return [_Found("language", BY_NAME.get(word, word), alone[0], 1, sure=True)]


def _first(plain: Sequence[str], at: int, codes: bool) -> _Found | None:  # noqa: ARG001, FBT001 - one shape for readers
    word, number, after = [*plain[at : at + 3], "", ""][:3]
    count = NUMBERS.get(number) or (int(number) if _COUNT.fullmatch(number) else None)
    if word != "first" or count is None:
        return None
    listed = after in LISTED
    return _Found("first", count, at, 3 if listed else 2, sure=listed)


def _language(plain: Sequence[str], at: int, codes: bool) -> _Found | None:  # noqa: FBT001 - the same
    word, after = [*plain[at : at + 2], ""][:2]
    if word in BEFORE_LANGUAGE and (code := BY_NAME.get(after) or (_code(after) if codes else None)):
        return _Found("language", code, at, 2, sure=True)
    code = None if word in ORDINARY else BY_NAME.get(word) or (_code(word) if codes else None)
    return _Found("language", code, at, 1, sure=False) if code else None


def _length(plain: Sequence[str], at: int, codes: bool) -> _Found | None:  # noqa: ARG001, FBT001 - the same
    word, after = [*plain[at : at + 2], ""][:2]
    named = after in RECAPS
    return _Found("length", LENGTHS[word], at, 2 if named else 1, sure=named) if word in LENGTHS else None


_READERS: tuple[Callable[[Sequence[str], int, bool], _Found | None], ...] = (_first, _language, _length)


def _code(word: str) -> str | None:
    regional = _REGIONAL.fullmatch(word)
    code = regional[1] if regional else word
    return code if code in CODES and (word not in ORDINARY or word in _PLAIN_AFTER_IN) else None
