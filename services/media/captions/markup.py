"""Text of a caption without tags, entities and characters that cannot be seen."""

from __future__ import annotations

import html
import re

from services.evidence.folding import strip_invisible

TAG = r"</?[A-Za-z][^<>]{0,300}>|<\d[\d:.,]{3,16}>|</>"
"""A tag of HTML or WebVTT, or WebVTT's time inside a line; '<' as a sign of its own is none."""

_TAGS = re.compile(TAG)
_STYLE = re.compile(r"\{\\[^{}]{0,300}\}")
"""Styles as subtitles of films carry them: {\\an8}."""
_BREAK = re.compile(r"<[bB][rR]\s{0,3}/?>")
_LINES = re.compile(r"\r\n|\r|\n|\\[Nh](?=\S|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def lines_of(text: str) -> list[str]:
    """The lines of a caption's text, entities read and tags gone; lines that show nothing are empty."""
    unescaped = html.unescape(text) if "&" in text else text
    return [plain(line) for line in _LINES.split(_BREAK.sub("\n", unescaped))]


def plain(line: str) -> str:
    """One line, without tags, on one line, with single blanks."""
    if "<" in line:
        line = _TAGS.sub("", line)
    if "{" in line:
        line = _STYLE.sub("", line)
    return visible(line)


def visible(text: str) -> str:
    """The text without what cannot be seen, with single blanks and none around it."""
    text = _CONTROL.sub(" ", text) if text.isascii() else strip_invisible(text)
    return " ".join(text.split())
