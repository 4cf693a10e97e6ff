"""SubRip."""

from __future__ import annotations

from services.media.captions.blocks import blocks_of
from services.media.captions.markup import lines_of
from services.media.captions.refusals import unreadable
from services.media.captions.shown import Line, Shown


def read(text: str) -> list[Shown]:
    """The captions. Raises UserError for text without a single 'from --> to'."""
    found = blocks_of(text)
    if not found:
        raise unreadable("SubRip")
    return [Shown(start, end, tuple(Line(line) for line in lines_of("\n".join(lines)))) for start, end, lines in found]
