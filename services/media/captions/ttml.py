"""TTML (also DFXP and IMSC): paragraphs with times in one of five notations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from services.media.captions.markup import lines_of, visible
from services.media.captions.refusals import unreadable
from services.media.captions.shown import LONGEST, Line, Shown, clock_seconds, seconds
from services.media.captions.xml_text import attribute, name_of, root_of

_FRAMES = re.compile(r"(\d{1,4}:\d{1,2}:\d{1,2}):(\d{1,3})(?:\.\d{1,3})?")
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)")
_DEEPEST = 20
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


def read(text: str) -> list[Shown]:
    """The captions; a paragraph's times count from those of the divisions that it stands in. Raises UserError."""
    root = root_of(text, "TTML")
    if name_of(root) != "tt":
        raise unreadable("TTML")
    rates = {"f": _rate(root, "frameRate", 30.0), "t": _rate(root, "tickRate", 1.0)}
    agents = _agents(root)
    paragraphs = _paragraphs(root, 0.0, rates)
    return [caption for each, offset in paragraphs if (caption := _paragraph(each, offset, rates, agents))]


def _paragraphs(
    root: Element, offset: float, rates: dict[str, float], depth: int = 0
) -> Iterator[tuple[Element, float]]:
    """Each paragraph with the time from which its own times count."""
    for element in root:
        if name_of(element) == "p":
            yield element, offset
        elif name_of(element) in ("body", "div") and depth < _DEEPEST:
            begin = _time(attribute(element, "begin"), rates) or 0.0
            yield from _paragraphs(element, offset + begin, rates, depth + 1)


def _paragraph(element: Element, offset: float, rates: dict[str, float], agents: dict[str, str]) -> Shown | None:
    begin, end, length = (_time(attribute(element, name), rates) for name in ("begin", "end", "dur"))
    start = offset + (begin or 0.0)
    until = offset + end if end is not None else start + length if length is not None else None
    voice = agents.get(attribute(element, "agent") or "")
    lines = tuple(Line(line, voice=voice) for line in lines_of(_text(element)))
    return Shown(start, until, lines) if start <= LONGEST and any(line.text for line in lines) else None


def _text(element: Element) -> str:
    """The words, with a new line for <br/>; white space in the file is only layout."""
    for inner in element.iter():
        inner.text = "\n" if name_of(inner) == "br" else " ".join((inner.text or "").splitlines())
        if inner is not element:
            inner.tail = " ".join((inner.tail or "").splitlines())
    return "".join(element.itertext())


def _time(text: str | None, rates: dict[str, float]) -> float | None:
    if text is None:
        return None
    text = text.strip()
    if framed := _FRAMES.fullmatch(text):
        whole = clock_seconds(framed[1])
        return None if whole is None else whole + int(framed[2]) / rates["f"]
    if offset := _OFFSET.fullmatch(text):
        unit = offset[2]
        return seconds(offset[1], _UNITS[unit] if unit in _UNITS else 1 / rates[unit])
    return clock_seconds(text)


def _rate(root: Element, name: str, usual: float) -> float:
    value = seconds(attribute(root, name))
    return value or usual


def _agents(root: Element) -> dict[str, str]:
    """The names of those who speak, by the id that paragraphs refer to."""
    found: dict[str, str] = {}
    for element in root.iter():
        if name_of(element) == "agent" and (key := attribute(element, "id")):
            name = next((inner.text for inner in element if name_of(inner) == "name"), None)
            if name and name.strip():
                found[key] = visible(name)
    return found
