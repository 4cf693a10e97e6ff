"""Which of a recording's caption tracks to read."""

from __future__ import annotations

from collections.abc import Sequence

from services.media.captions.parsing import KINDS
from services.vocabulary.base import Value

_PARTIAL = ("forced", "sign", "songs", "commentary")
"""Tracks of these names hold only what is written in the picture, or talk about it."""


_OTHER = 2
"""The distance of a language that is another one."""


class Track(Value):
    """A caption track on offer. `language` is a BCP 47 tag ('en', 'pt-BR'), `kind` one of `parse`.

    `automatic` tracks were recognized by a machine, `translated` ones made from another track by one. `name` is what
    the publisher calls it.
    """

    language: str
    kind: str
    url: str
    automatic: bool
    translated: bool
    name: str = ""


def choose(tracks: Sequence[Track], *, spoken: str | None, asked: str | None) -> list[Track]:
    """The tracks worth reading, the best first, each in its richest format only; empty where none is.

    First what people wrote down in the spoken language, then what a machine heard. A recap quotes what was said, so a
    person's translation comes last, and only into the language that was asked for; a machine's never. Where the spoken
    language is not known, that of the automatic track counts as it, because a machine heard it; without one, people's
    tracks count in the language asked for, then in English, then in the publisher's order.
    """
    usable = [track for track in tracks if track.kind in KINDS and not _is_translated(track)]
    heard = next((track.language for track in usable if track.automatic), None)
    language = spoken or heard
    ranked = [(rank, track) for track in usable if (rank := _rank(track, language, asked)) is not None]
    ranked.sort(key=lambda pair: (pair[0], KINDS.index(pair[1].kind)))
    best: dict[tuple[str, bool, str], Track] = {}
    for _, track in ranked:
        best.setdefault((track.language.lower(), track.automatic, track.name), track)
    return list(best.values())


def _rank(track: Track, language: str | None, asked: str | None) -> tuple[int, int] | None:
    """Lower is better; None: not at all."""
    partial = int(any(word in track.name.lower() for word in _PARTIAL))
    near = _distance(track.language, language)
    if track.automatic:
        return 2, near
    if language is None:
        return 0, 3 * partial + (
            0 if _distance(track.language, asked) < _OTHER else 1 if _base(track.language) == "en" else 2
        )
    if near < _OTHER:
        return (1 if partial else 0), near
    return (3, partial) if _distance(track.language, asked) < _OTHER else None


def _distance(language: str, wanted: str | None) -> int:
    """0 for the same tag, 1 for the same language elsewhere, 2 for another language."""
    if wanted is None:
        return _OTHER
    if language.lower() == wanted.lower():
        return 0
    return 1 if _base(language) == _base(wanted) else _OTHER


def _base(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


def _is_translated(track: Track) -> bool:
    return track.translated or "tlang=" in track.url
