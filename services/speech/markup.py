"""Written text to plain prose: markdown, addresses and pictures go, the words stay."""

from __future__ import annotations

import re
import unicodedata

_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>|)\]]+", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ITEM = re.compile(r"^[ \t]*(?:[-*+\u2022]|\d{1,2}[.)]|#{1,6}|>)[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$|^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__|~~|\*|`)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_UNDERLINE = re.compile(r"(?<![\w_])_(?=\S)([^_\n]+)(?<=\S)_(?![\w_])")
_EMOJI_CODE = re.compile(r"(?<!\S):[a-z][a-z0-9_+-]*:(?!\S)")
# The joiner between two drawings; between letters, as in Hindi, it is part of how a word is written.
_SEAM = re.compile(
    "(?<=[\ufe00-\ufe0f\u2190-\u2bff\U00010000-\U0010ffff])\u200d|\u200d(?=[\u2190-\u2bff\U00010000-\U0010ffff])"
)
_ENDS = ".!?:;,"


def plain(text: str) -> str:
    """The text without markup. List items and headings become sentences, addresses are told by their host."""
    text = _FENCE.sub("", text)
    text = _ITEM.sub(lambda match: _sentence(match[1]), text)
    text = _LINK.sub(r"\1", text)
    text = _MAIL.sub(lambda match: match[0].replace("@", " at ").replace(".", " dot "), text)
    text = _ADDRESS.sub(_host, text)
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _TAG.sub(" ", text)))
    text = _SEAM.sub(" ", _EMOJI_CODE.sub(" ", _UNDERLINE.sub(r"\1", text)))
    return "".join(" " if _is_picture(character) else character for character in text)


def _sentence(item: str) -> str:
    return item if not item or item[-1] in _ENDS else f"{item}."


def _host(match: re.Match[str]) -> str:
    address = match[0]
    host = re.sub(r"^(?:https?://)?(?:[^/@\s]*@)?(?:www\.)?", "", address, flags=re.IGNORECASE)
    host = re.split(r"[/?#:]", host, maxsplit=1)[0].rstrip(".,;!")
    return host.replace(".", " dot ") + (address[-1] if address[-1] in ".,;!?" else "")


def _is_picture(character: str) -> bool:
    """Emoji and other drawings, with the signs that color and frame them; letters and common symbols are none."""
    if character.isascii():
        return False
    frames = character == "\u20e3" or "\ufe00" <= character <= "\ufe0f"
    return frames or character > "\uffff" or (unicodedata.category(character) == "So" and character != "\u00b0")
