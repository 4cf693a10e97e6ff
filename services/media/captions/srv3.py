"""YouTube's third XML: <timedtext><body><p t="0" d="1540"><s t="441">, in milliseconds."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from services.media.captions.markup import lines_of, plain
from services.media.captions.refusals import unreadable
from services.media.captions.shown import Line, Shown, clipped, seconds, words_from
from services.media.captions.xml_text import name_of, root_of

_MILLI = 0.001


def read(text: str) -> list[Shown]:
    """The captions; `a="1"` marks paragraphs that only begin a new line. Raises UserError for anything else."""
    root = root_of(text, "YouTube captions")
    if name_of(root) != "timedtext":
        raise unreadable("YouTube captions")
    paragraphs = (element for body in root if name_of(body) == "body" for element in body)
    found = [(caption, element) for element in paragraphs if (caption := _paragraph(element))]
    found.sort(key=lambda pair: pair[0].start)
    ended = clipped([caption for caption, _ in found])
    return [_timed(caption, element) for caption, (_, element) in zip(ended, found, strict=True)]


def _paragraph(element: Element) -> Shown | None:
    start, length = seconds(element.get("t", "0"), _MILLI), seconds(element.get("d"), _MILLI)
    lines = tuple(Line(line) for line in lines_of("".join(element.itertext())))
    if start is None or element.get("a") == "1" or not any(line.text for line in lines):
        return None
    return Shown(start, None if length is None else start + length, lines)


def _timed(caption: Shown, element: Element) -> Shown:
    """The caption with the times of its words, where some have any."""
    pieces = [(seconds(piece.get("t"), _MILLI), plain("".join(piece.itertext()))) for piece in element]
    if all(offset is None for offset, _ in pieces):
        return caption
    latest, starts = 0.0, []
    for offset, words in pieces:
        latest = max(latest, offset or 0.0)
        if words:
            starts.append((caption.start + latest, words))
    text = " ".join(line.text for line in caption.lines if line.text)
    if not starts or "".join(words for _, words in starts).replace(" ", "") != text.replace(" ", ""):
        return caption
    end = starts[-1][0] + 1 if caption.end is None else max(caption.end, starts[-1][0])
    return caption._replace(lines=(Line(text, words_from(starts, end)),))
