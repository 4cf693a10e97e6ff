"""The items of a document into words that are spelled and spaced as in its text.

Which words are parted by a space is not in the items, and differs by language: Japanese and Chinese have none. It is
in the text of the document, so the items are found in it, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.transcription.sound import Span
from services.vocabulary.base import Value
from services.vocabulary.transcript import Word

_UNSPACED = frozenset({"ja", "zh", "th", "km", "lo", "my"})
_TELLING, _STRAY = 4, 40
_OPENING = "¿¡([{«„“‘「『（《"  # noqa: RUF001 - marks of many scripts


class Piece(Value):
    """An item: a word with its times, or a punctuation mark without. `label` is its speaker's, empty where unknown."""

    text: str
    label: str
    times: Span | None = None
    probability: float = 1.0


def spelled(pieces: Sequence[Piece], text: str, language: str | None) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words, each with the white space before it and the marks around it, and who says each."""
    words: list[Word] = []
    labels: list[str] = []
    opening = ""  # marks that belong to the next word, as in '¿Qué?'
    for piece, gap in zip(pieces, _gaps(pieces, text, language), strict=True):
        if piece.times is not None:
            start, end = piece.times
            words.append(
                Word(
                    text=(opening or gap) + piece.text, start=start, end=max(start, end), probability=piece.probability
                )
            )
            labels.append(piece.label)
            opening = ""
        elif words and piece.text not in _OPENING:
            words[-1] = words[-1].model_copy(update={"text": words[-1].text + piece.text})
        else:
            opening += gap + piece.text
    return tuple(words), tuple(labels)


def _gaps(pieces: Sequence[Piece], text: str, language: str | None) -> list[str]:
    """The white space before each item: as the text has it, and by rule where the text has another word."""
    gaps: list[str] = []
    at = 0
    for piece in pieces:
        found = _find(piece.text, text, at)
        if found < 0:
            spaced = piece.times is not None and language not in _UNSPACED
        else:
            before = text[max(at, found - 1) : found]
            # A line of the text is a stretch of one speaker, and a new line is no space in every language.
            spaced = before.isspace() and not (before == "\n" and language in _UNSPACED)
            at = found + len(piece.text)
        gaps.append(" " if spaced and gaps else "")
    return gaps


def _find(piece: str, text: str, at: int) -> int:
    """Where the item is in the text: next, or a few characters on if it is long enough to be no accident; or -1."""
    while at < len(text) and text[at].isspace():
        at += 1
    if text.startswith(piece, at):
        return at
    return text.find(piece, at, at + len(piece) + _STRAY) if len(piece) >= _TELLING else -1
