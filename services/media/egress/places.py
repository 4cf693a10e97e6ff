"""Addresses as they are pasted and redirected to, read once and strictly."""

from __future__ import annotations

import re

import aiohttp
from yarl import URL

from services.media.egress.policy import SCHEMES
from services.vocabulary.errors import UserError

# Line breaks would make other requests of one, and programs disagree on where a host ends at a backslash.
_AMBIGUOUS = re.compile(r"[\x00-\x1f\x7f]|^[^?#]*\\")


def place_of(url: str) -> URL:
    """The address to ask. Raises UserError for one that is not plain http(s)."""
    try:
        place = URL(url.strip())
        port = place.port
    except ValueError as error:
        raise UserError("That is not an address that I can open: please check the link.") from error
    if place.scheme not in SCHEMES:
        raise UserError("I open addresses that begin with http or https only.")
    if _AMBIGUOUS.search(url.strip()) or not place.host or not port:
        raise UserError("That is not an address that I can open: please check the link.")
    if place.raw_user is not None or place.raw_password is not None:
        raise UserError("I do not open addresses with a name or password in them: please share one without.")
    return place.with_fragment(None)


def next_place(response: aiohttp.ClientResponse) -> URL:
    """Where a redirect leads. Raises UserError for nowhere, and as `place_of` does."""
    location = response.headers.get("Location", "")
    try:
        place = None if _AMBIGUOUS.search(location) else response.url.join(URL(location))
    except ValueError:
        place = None
    if place is None or not location:
        raise UserError("That address leads to one that I cannot open: please check the link.")
    return place_of(str(place))
