"""WebVTT: written by people, and as YouTube recognizes it with times inside the lines."""

from __future__ import annotations

import html
import re

from services.media.captions.blocks import Block, blocks_of
from services.media.captions.markup import TAG, visible
from services.media.captions.refusals import unreadable
from services.media.captions.shown import Line, Shown, clock_seconds, words_from

_TOKEN = re.compile(
    rf"<(?P<at>\d[\d:.,]{{3,16}})>|<v(?:\.[^\s<>]{{0,99}})?\s(?P<voice>[^<>]{{1,200}})>|(?P<out></v>)|{TAG}"
)


def read(text: str) -> list[Shown]:
    """The captions. Raises UserError for text that neither says that it is WebVTT nor has cues."""
    found = blocks_of(text)
    if not found and not text.lstrip("\ufeff \r\n\t").startswith("WEBVTT"):
        raise unreadable("WebVTT")
    return [Shown(block.start, block.end, _lines(block)) for block in found]


def _lines(block: Block) -> tuple[Line, ...]:
    """The lines; one in which the voice changes is two."""
    found: list[Line] = []
    voice: str | None = None
    for line in block.lines:
        pieces: list[tuple[float | None, str]] = []
        at: float | None = None
        position = 0
        for token in _TOKEN.finditer(line):
            pieces.append((at, line[position : token.start()]))
            position = token.end()
            if token["at"]:
                at = clock_seconds(token["at"])
            if token["voice"] or token["out"]:
                found.append(_line(block, pieces, voice))
                pieces, voice = [], visible(html.unescape(token["voice"])) if token["voice"] else None
        found.append(_line(block, [*pieces, (at, line[position:])], voice))
    return tuple(line for line in found if line.text)


def _line(block: Block, pieces: list[tuple[float | None, str]], voice: str | None) -> Line:
    """The line, with times of its words where it has times inside."""
    text = visible(html.unescape("".join(words for _, words in pieces)))
    if all(at is None for at, _ in pieces):
        return Line(text, voice=voice)
    latest, starts = block.start, []
    for at, words in pieces:
        latest = max(latest, min(at or 0.0, block.end))
        if shown := visible(html.unescape(words)):
            starts.append((latest, shown))
    return Line(text, words_from(starts, block.end), voice)
