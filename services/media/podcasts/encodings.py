"""Bytes of unknown encoding as text, piece by piece; what does not fit becomes a replacement character."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

# Python also knows codecs that unpack or transform (zlib, punycode, unicode_escape): strangers may not choose those.
_CHARACTER_SETS = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|iso8859-\d+|ascii|latin|cp\d+|koi8-.|mac-.*|tis-620"
    r"|shift_jis.*|euc_.*|cp949|gb.*|big5.*|iso2022_.*|hz"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_IN_HTML = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_PIECE = 1 << 20


def encoding_of(body: bytes, header: str | None) -> str:
    """The name of the encoding: the byte order mark, else what the XML says, the header, the HTML, else UTF-8."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding
    if body.startswith((b"<\0?\0", b"\0<\0?")):
        return "utf-16-le" if body[0] else "utf-16-be"
    head = body[:_HEAD]
    for name in (_declared(_IN_XML, head), header, _declared(_IN_HTML, head)):
        if known := _known(name):
            return known
    return "utf-8"


def _declared(where: re.Pattern[bytes], head: bytes) -> str | None:
    found = where.search(head)
    return found[1].decode("ascii", "replace") if found else None


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup((name or "").strip()).name
    except (LookupError, ValueError):
        return None
    if not _CHARACTER_SETS.fullmatch(found) or found.startswith(("utf-16", "utf-32")):
        return None  # a declaration that could be read as ASCII is not in UTF-16, whatever it says
    return "cp1252" if found in ("iso8859-1", "ascii") else found  # as every browser reads them


def pieces(body: bytes, encoding: str) -> Iterator[str]:
    """The text in pieces of about a mebibyte: few enough that a token over many pieces is not read again and again."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for start in range(0, len(body), _PIECE):
        yield decoder.decode(body[start : start + _PIECE], final=start + _PIECE >= len(body))
