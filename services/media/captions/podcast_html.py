"""The podcast namespace's HTML transcript: <cite>who</cite> <time>1:42</time> <p>words</p>."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from services.media.captions import plain_text
from services.media.captions.markup import lines_of, visible
from services.media.captions.refusals import unreadable
from services.media.captions.shown import Line, Shown, clock_seconds, gathered

_WHAT = "an HTML transcript with times"
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?:[\s/][^<>]*)?>|(?P<text>[^<]+)|<")
_UNSEEN = ("script", "style", "head", "noscript", "template")
_BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote")


def read(text: str) -> list[Shown]:
    """The paragraphs. A page whose paragraphs have no times could be about anything, so it raises UserError."""
    found = _paragraphs(_parts(text))
    if not any(caption.timed for caption in found):
        lines = "\n".join(line.text for caption in found for line in caption.lines)
        found = [caption for caption in plain_text.read(lines) if caption.timed] if lines else []
    if not found:
        raise unreadable(_WHAT)
    return found


def _paragraphs(parts: Iterator[tuple[str, str]]) -> list[Shown]:
    """Each <p>, under the last <time> and <cite> before it; without a <time> of its own it goes on with the last."""
    return gathered(_read(parts))


def _read(parts: Iterator[tuple[str, str]]) -> Iterator[tuple[Shown | None, tuple[Line, ...]]]:
    voice: str | None = None
    at: float | None = None
    for name, words in parts:
        if name == "cite":
            voice = visible(html.unescape(words)).rstrip(":\uff1a").strip() or None
        elif name == "time":
            at = clock_seconds(visible(words))
        elif lines := tuple(Line(line, voice=voice) for line in lines_of(words) if line):
            yield None if at is None else Shown(at, None, ()), lines
            at = None


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The texts of <cite>, <time> and <p>, in order; a tag that is not closed ends with the next one."""
    name, unseen = "", ""
    held: list[str] = []
    for token in _TOKEN.finditer(text):
        tag = (token["name"] or "").lower()
        if unseen or tag in _UNSEEN:
            unseen = "" if token["close"] and tag == unseen else unseen or ("" if token["close"] else tag)
        elif tag in ("cite", "time", "p"):
            if name:
                yield name, "".join(held)
            name, held = "" if token["close"] else tag, []
        elif name:
            held.append("\n" if tag in _BLOCKS else token["text"] or "")
    if name:
        yield name, "".join(held)
