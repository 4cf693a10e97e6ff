"""Bytes of unknown origin as text."""

from __future__ import annotations

import codecs
import re

from services.media.captions.refusals import too_large, unreadable

MOST_BYTES = 20_000_000
"""An hour of captions with a time for every word has about 1 MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4_000
_MOST_CONTROL = 0.01


def text_of(body: bytes) -> str:
    """The text, in whichever of UTF-8, UTF-16, UTF-32 and Windows-1252 it is written; no byte makes it fail.

    Raises UserError for more than 20 MB and for bytes that are no text at all.
    """
    if len(body) > MOST_BYTES:
        raise too_large(MOST_BYTES)
    text = _decoded(body)
    head = text[:_HEAD]
    if len(_CONTROL.findall(head)) > max(1, _MOST_CONTROL * len(head)):
        raise unreadable("text")
    return text


def _decoded(body: bytes) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    head = body[:_HEAD]
    if len(head) > 1 and head.count(0) * 3 > len(head):
        return body.decode("utf-16-be" if head[0] == 0 else "utf-16-le", "replace")
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(not character.isascii() for character in text[:1_000_000]) - broken if broken else 0
    # One broken letter among many good ones is a damaged file; nothing but broken ones is another encoding.
    return body.decode("cp1252", "replace") if broken > foreign else text
