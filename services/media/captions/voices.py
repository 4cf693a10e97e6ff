"""From lines to cues: sounds dropped, marks for a change of voice and names read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.media.captions.cues import Cue
from services.media.captions.shown import Line, Shown
from services.media.captions.sounds import without_sounds
from services.media.captions.speakers import (
    Mark,
    fold_name,
    is_unknown,
    mark_at,
    shown_name,
    speakers_among,
)
from services.vocabulary.transcript import Word

_CHANGE = re.compile(
    r"(?:^|(?<=\s))>{2,4}\s*|^\s*\u00bb\s*|^\s*[-\u2010\u2013\u2014]\s*(?=[^\W\d_]|[\"'\u201c\u00bf\u00a1])"
)
"""'>>' anywhere, a dash at the beginning of a line: another voice. '-5' is a number."""
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


class _Piece(NamedTuple):
    text: str
    words: tuple[Word, ...]
    turn: bool
    voice: str | None
    mark: Mark | None


def cues_of(captions: Sequence[Shown]) -> list[Cue]:
    """The captions as cues of one voice each, in order; what has no words is gone.

    A name holds until another name or mark, unless the format itself says with every line who speaks.
    """
    read = [(caption, list(_pieces(caption))) for caption in captions if caption.lines]
    read = [(caption, pieces) for caption, pieces in read if pieces]
    declared = any(piece.voice for _, pieces in read for piece in pieces)
    names = frozenset() if declared else _names(read)
    found: list[Cue] = []
    voice: str | None = None
    for caption, pieces in read:
        named: list[_Piece] = []
        for piece in pieces:
            spoken = _named(piece, names)
            if spoken.voice or piece.turn or declared:
                voice = None if spoken.voice is None or is_unknown(spoken.voice) else shown_name(spoken.voice)
            named.append(
                spoken._replace(voice=voice, turn=piece.turn or bool(spoken.voice and is_unknown(spoken.voice)))
            )
        found += _cues(caption, list(_joined(named)))
    return found


def _names(read: Sequence[tuple[Shown, list[_Piece]]]) -> frozenset[str]:
    pieces = [piece for _, row in read for piece in row]
    marks = [piece.mark for piece in pieces if piece.mark]
    texts = (piece.text[piece.mark.length :] if piece.mark else piece.text for piece in pieces)
    return speakers_among(marks, texts, first_is_marked=bool(pieces and pieces[0].mark))


def _pieces(caption: Shown) -> Iterator[_Piece]:
    """The caption's words, divided at line ends and at marks."""
    texts = without_sounds("\n".join(line.text for line in caption.lines)).split("\n")
    first = True
    for line, text in zip(caption.lines, texts, strict=True):
        changes = [match.span() for match in _CHANGE.finditer(text)]
        edges = [(0, 0), *changes] if not changes or text[: changes[0][0]].strip() else changes
        for index, (begin, start) in enumerate(edges):
            end = edges[index + 1][0] if index + 1 < len(edges) else len(text)
            said = " ".join(text[start:end].split())
            if any(character.isalnum() for character in said):
                turn = start > begin
                mark = mark_at(said, opens=first or turn, explicit=turn and ">" in text[begin:start])
                yield _Piece(said, _within(line, text, start, end), turn, line.voice, mark)
                first = False


def _within(line: Line, text: str, start: int, end: int) -> tuple[Word, ...]:
    """The timed words of that part of the line, as they are once sounds and marks are blanked."""
    found: list[Word] = []
    at = 0
    for word in line.words:
        place = line.text.find(word.text, at)
        if place < 0:
            return ()
        at = place + len(word.text)
        kept = text[max(place, start) : min(at, end)].strip()
        if kept:
            found.append(word if kept == word.text else word.model_copy(update={"text": kept}))
    return tuple(found)


def _named(piece: _Piece, names: frozenset[str]) -> _Piece:
    """The piece with its mark read as the name of its voice, where that is one."""
    if piece.voice or piece.mark is None or fold_name(piece.mark.name) not in names:
        return piece
    text = piece.text[piece.mark.length :]
    words = list(piece.words)
    gone = len("".join(piece.text[: piece.mark.length].split()))
    while words and gone > 0:
        gone -= len("".join(words.pop(0).text.split()))
    return piece._replace(text=text, words=tuple(words), voice=piece.mark.name)


def _joined(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Lines of the same voice as one piece; a name alone on its line belongs to the next."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and not piece.turn and piece.voice == groups[-1][-1].voice:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        text = glued([piece.text for piece in group])
        words = tuple(word for piece in group for word in piece.words)
        # Times of some words only, or of other letters than those shown, would put words at wrong places.
        whole = "".join(word.text for word in words) == text.replace(" ", "")
        if text:
            yield group[0]._replace(text=text, words=words if whole else ())


def _cues(caption: Shown, pieces: Sequence[_Piece]) -> Iterator[Cue]:
    """A cue for each voice; where words have no times, voices share the time by the length of what they say."""
    end = caption.start if caption.end is None else caption.end
    letters = sum(len(piece.text) for piece in pieces)
    before = 0
    for piece in pieces:
        start, before = before, before + len(piece.text)
        times = (caption.start + (end - caption.start) * share / max(1, letters) for share in (start, before))
        first, last = (piece.words[0].start, piece.words[-1].end) if piece.words and len(pieces) > 1 else times
        yield Cue(
            start=round(first, 3),
            end=round(max(first, last), 3),
            text=piece.text,
            speaker=piece.voice,
            words=piece.words,
            turn=piece.turn,
            timed=caption.timed,
        )


def glued(texts: Sequence[str]) -> str:
    """Texts as one, with a blank between them unless the script writes none."""
    parts: list[str] = []
    for text in texts:
        unspaced = parts and text and _UNSPACED.match(parts[-1][-1]) and _UNSPACED.match(text[0])
        parts += [" "] if parts and text and not unspaced else []
        parts += [text] if text else []
    return "".join(parts)
