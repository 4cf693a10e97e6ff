"""One spelling for the characters of a path or query (RFC 3986, sections 5.2.4 and 6.2.2)."""

from __future__ import annotations

import re
import string
from urllib.parse import quote

_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
# What may stand unencoded beside the unreserved ones. Braces are not among them: patterns with `{seconds}` are made
# of these addresses.
_PATH_MARKS = "/:@!$&'()*+,;="
QUERY_MARKS = f"{_PATH_MARKS}?"
"""The reserved characters that a query may hold as they are."""

_PIECE = re.compile(r"%([0-9A-Fa-f]{2})|([^%]+|%)")


def spelled(text: str, marks: str) -> str:
    """The text with exactly the characters percent-encoded that have to be; applying it twice changes nothing."""

    def piece(found: re.Match[str]) -> str:
        if found[1] is None:
            return quote(found[2], safe=marks)
        character = chr(int(found[1], 16))
        return character if character in _UNRESERVED else found[0].upper()

    return _PIECE.sub(piece, text)


def normal_path(path: str) -> str:
    """The path, encoded, beginning with '/', its '.' and '..' resolved; it never climbs above its root."""
    kept: list[str] = []
    parts = spelled(path, _PATH_MARKS).removeprefix("/").split("/")
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
