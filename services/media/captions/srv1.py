"""YouTube's first XML: <transcript><text start="0" dur="1.54">, in seconds, its words escaped twice."""

from __future__ import annotations

from services.media.captions.markup import lines_of
from services.media.captions.refusals import unreadable
from services.media.captions.shown import Line, Shown, clipped, seconds
from services.media.captions.xml_text import name_of, root_of


def read(text: str) -> list[Shown]:
    """The captions. Raises UserError for anything but this XML."""
    root = root_of(text, "YouTube captions")
    if name_of(root) != "transcript":
        raise unreadable("YouTube captions")
    found = []
    for element in root:
        start = seconds(element.get("start", "0"))
        length = seconds(element.get("dur"))
        lines = tuple(Line(line) for line in lines_of("".join(element.itertext())))
        if start is not None and any(line.text for line in lines):
            found.append(Shown(start, None if length is None else start + length, lines))
    return clipped(found)
