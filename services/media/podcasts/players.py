"""Players of known sites, embedded in other pages."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from services.media.links import identify
from services.vocabulary.errors import UserError

_WEB = "web:"


def player(address: str | None) -> str | None:
    """The address of the recording at its own site, where `address` is such a site's page or player; else None."""
    for spelling in (address, _inner(address)):
        if spelling and (found := _known(spelling)):
            return found
    return None


def _known(address: str) -> str | None:
    try:
        link = identify(address)
    except UserError:
        return None  # a playlist, a protected stream: nothing that could be heard
    return None if link.identity.startswith(_WEB) else link.url


def _inner(address: str | None) -> str | None:
    """Players that carry the recording's address as a parameter (SoundCloud, Embedly)."""
    try:
        carried = parse_qs(urlsplit(address or "").query, max_num_fields=50)
    except ValueError:
        return None
    return next(iter(carried.get("url", []) + carried.get("src", [])), None)
