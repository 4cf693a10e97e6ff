"""What to call a recording that is only a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from services.media.names import display_name

_LONGEST_EXTENSION = 5
_LONGEST_HEADER = 2000
_EMPTY_NAMES = re.compile(
    r"(?:index|default|download|file|stream|play|playback|master|manifest|playlist|video|audio|media|source|output)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=.*\d)[0-9a-f-]{16,}", re.IGNORECASE)


def title_from(url: str, headers: Mapping[str, str]) -> str:
    """A title for the file at `url`: its name as the server gives it (Content-Disposition), else as the address does.

    Without the extension, on one line, never a path, at most 100 characters. A name that says nothing (`stream.mp3`, a
    hash) gives way to the folder it is in, and in the end to the host.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return display_name("")
    folders = [unquote(part) for part in parts.path.split("/") if part.strip(". ")]
    for name in (_offered(headers), *reversed(folders[-3:])):
        plain = _spoken(name or "")
        if not _EMPTY_NAMES.fullmatch(plain) and not _CODE.fullmatch(plain):
            return display_name(plain)
    return display_name(parts.hostname or "")


def _offered(headers: Mapping[str, str]) -> str | None:
    """The file name of Content-Disposition, plain or encoded (RFC 6266)."""
    given = next((value for name, value in headers.items() if name.lower() == "content-disposition"), None)
    if not given:
        return None
    message = Message()
    message["Content-Disposition"] = " ".join(given[:_LONGEST_HEADER].split())
    try:
        name = message.get_filename()
    except ValueError:  # an encoded name that is not in the characters it says
        return None
    return re.split(r"[/\\]", name)[-1] if name else None


def _spoken(name: str) -> str:
    """The name without its extension, with the spaces that addresses write as other characters."""
    path = PurePosixPath(name.strip())
    known = path.suffix and len(path.suffix) <= _LONGEST_EXTENSION and not path.suffix[1:].isdigit()
    stem = path.stem if known else name.strip()
    return " ".join(re.sub(r"[_+]", " ", stem).split()) if " " not in stem else stem
