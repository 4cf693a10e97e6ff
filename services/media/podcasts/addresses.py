"""Addresses as strangers write them, made absolute, refused or compared."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

LONGEST = 4000
"""Characters of an address at most; signed addresses are long."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
_TRACKING = re.compile(r"utm_|fbclid$|gclid$|ref$|mc_[ce]id$|source$", re.IGNORECASE)


def absolute(address: str | None, base: str = "") -> str | None:
    """The address resolved against `base`; None where that is no http(s) address or holds a password."""
    if not address:
        return None
    plain = _UNSEEN.sub("", address).strip().replace(" ", "%20")
    try:
        whole = urljoin(base, plain)
        parts = urlsplit(whole)
        held = bool(parts.hostname) and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return whole if held and parts.scheme in ("http", "https") and len(whole) <= LONGEST else None


def secure(address: str | None, base: str = "") -> str | None:
    """The address of a picture, if it is https."""
    whole = absolute(address, base)
    return whole if whole and whole.lower().startswith("https:") else None


def host(address: str) -> str:
    """The host as people read it, for a sentence."""
    try:
        return (urlsplit(address).hostname or address)[:100]
    except ValueError:
        return "that address"


def extension(address: str) -> str:
    """The extension of the path in small letters, with its dot; empty where there is none."""
    try:
        return posixpath.splitext(unquote(urlsplit(address).path))[1].lower()
    except ValueError:
        return ""


def folded(address: str) -> str | None:
    """What two spellings of one page have in common: no scheme, www, closing slash, fragment or tracking."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    query = sorted(pair for pair in parse_qsl(parts.query, max_num_fields=None) if not _TRACKING.match(pair[0]))
    return f"{parts.hostname.removeprefix('www.')}{unquote(parts.path).rstrip('/')}?{urlencode(query)}"
