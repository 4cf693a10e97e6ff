"""Text of strangers made safe for Slack: shown letter by letter, never read as a mention, a link, an emoji or a style.

Whatever comes from a recording, a file name or a person goes through `literal` (mrkdwn) or `label` (plain text).
Slack has no escape for its style marks, so they are replaced by letters that look the same. Addresses are kept from
becoming links by `verbatim`, which `blocks.text` sets on every text.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

ELLIPSIS = "…"
# Clients fold ordinary blanks into one; an en space stays as wide as it is.
GAP = "\u2002"
# Keeps a time on the line of the word before it.
TIE = "\u00a0"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Asterisk operator, tilde operator, modifier grave accent, modifier low macron.
_STYLES = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "\u02cb"})
_LOW_LINE = "\u02cd"
# An underscore between letters is no style mark in Slack, and people copy file names.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EMOJI = re.compile(r":(?!\d+:)(?=[\w+'-]{1,100}:)")
_WORD_JOINER = "\u2060"
# Single angle quotation marks.
_ANGLES = str.maketrans({"<": "\u2039", ">": "\u203a"})
# Explicit direction marks would turn the rest of our own line around.
_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# Controls, surrogates without a partner, line and paragraph separators.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_IN_ADDRESS = re.compile(r"[\s<>|\"`\\^{}\x00-\x1f\x7f]")
_BROKEN_BAR = "\u00a6"
_LONGEST_ADDRESS = 1_000
# A cut goes back to the end of a word when there is one within this many characters.
_WORD = 24


def size(text: str) -> int:
    """The length as Slack's limits may count it at most: UTF-16 units, so an emoji counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def one_line(text: str) -> str:
    """The text without control and direction characters, each run of white space as one blank."""
    return " ".join(_DIRECTIONS.sub("", _CONTROLS.sub(" ", text)).split())


def _clipped(pieces: list[str], limit: int) -> str:
    """The pieces joined; cut where they are too long, at a word if near, never between a letter and its marks."""
    whole = "".join(pieces)
    if size(whole) <= limit:
        return whole
    room, end = limit - 1, 0
    while end < len(pieces) and room >= size(pieces[end]):
        room -= size(pieces[end])
        end += 1
    while 0 < end < len(pieces) and (_joins(pieces[end]) or pieces[end - 1] == "\u200d"):
        end -= 1
    blank = next((at for at in range(end, max(end - _WORD, 0), -1) if at < len(pieces) and pieces[at] == " "), end)
    return "".join(pieces[:blank]).rstrip() + ELLIPSIS


def _joins(char: str) -> bool:
    return (
        char == "\u200d" or unicodedata.category(char[0]) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def clip(text: str, limit: int) -> str:
    """The text as one line of at most `limit` characters."""
    return _clipped(list(one_line(text)[: limit + 1]), limit)


def literal(text: str, limit: int = 1_000) -> str:
    """Mrkdwn that shows exactly this text as one line, at most `limit` characters long as it is sent."""
    tame = _UNDERSCORE.sub(_LOW_LINE, one_line(text)[: limit + 1].translate(_STYLES))
    tame = _EMOJI.sub(f":{_WORD_JOINER}", tame)
    return _clipped([_ENTITIES.get(char, char) for char in tame], limit)


def label(text: str, limit: int) -> str:
    """The same for a plain_text object, where only angle brackets could be misread."""
    return clip(text.translate(_ANGLES), limit)


def address(url: str | None) -> str | None:
    """An address of the web with all that could end it early encoded; None where it is none for people."""
    if url is None or len(url) > _LONGEST_ADDRESS:
        return None
    tame = _IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    if size(tame.replace("&", "&amp;")) > _LONGEST_ADDRESS:
        return None  # it grew on the way
    try:
        parts = urlsplit(tame)
    except ValueError:
        return None
    return tame if parts.scheme in {"http", "https"} and parts.netloc else None


def link(url: str | None, shown: str) -> str:
    """A link around mrkdwn that is safe already; only the words where the address is none for people."""
    tame = address(url)
    return f"<{tame.replace('&', '&amp;')}|{shown.replace('|', _BROKEN_BAR)}>" if tame else shown
