"""The host of an address in one spelling. What it resolves to is not asked here."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult

import idna

from services.vocabulary.errors import UserError

_LONGEST = 253
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_BRACKETED = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d*)?")


def host_of(parts: SplitResult) -> str:
    """The host as a browser would look it up: ASCII, lower case, IPv6 in brackets. Raises UserError without one."""
    if "[" in parts.netloc or "]" in parts.netloc:
        return _bracketed(parts.netloc)
    if not parts.hostname:
        raise UserError("That link names no site; please paste the whole address, as the browser shows it.")
    host = _ascii(parts.hostname).removesuffix(".")
    if len(host) > _LONGEST or not _HOST.fullmatch(host):
        raise unreadable()
    return host


def _bracketed(netloc: str) -> str:
    """An IPv6 literal in its shortest form. One with a zone is of this machine alone, and is not accepted."""
    found = _BRACKETED.fullmatch(netloc)
    try:
        return f"[{ipaddress.IPv6Address(found[1] if found else '')}]"
    except ValueError:
        raise unreadable() from None


def _ascii(host: str) -> str:
    """IDNA 2008 after the mapping that browsers do (UTS 46), so that the name is the one that a browser opens."""
    if host.isascii():
        return host
    if len(host) > _LONGEST:
        raise unreadable()
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except UnicodeError:  # as all of idna's errors are
        raise unreadable() from None


def unreadable() -> UserError:
    """What to say where the part of an address that names its site makes no sense."""
    return UserError("I cannot read the site's name in that link; please copy it again from the browser.")
