"""Apple Podcasts: shows and their episodes."""

from __future__ import annotations

import re

from services.media.links.address import Address
from services.media.links.lists import ListLink
from services.media.links.moments import seconds_of
from services.vocabulary.source import Link

_SITES = frozenset({"podcasts.apple.com", "embed.podcasts.apple.com", "itunes.apple.com"})
# The country decides in which shop the show is looked for; the title in the address is for people.
_SHOW = re.compile(r"(?P<country>/[a-z]{2})?/podcast(?:/[^/]+)?/id(?P<show>\d{3,15})/?", re.IGNORECASE)
_EPISODE = re.compile(r"\d{5,20}", re.ASCII)


def link(address: Address) -> Link | None:
    """The episode; for a show, its newest one. None for other sites and Apple's other pages."""
    found = _show(address)
    if found is None:
        return None
    show, url = found
    episode = address.value("i") or ""
    if not _EPISODE.fullmatch(episode):
        return Link(identity=f"apple:{show}", url=url, certain=True)
    return Link(
        identity=f"apple:{show}:{episode}",
        url=f"{url}?i={episode}",
        start=seconds_of(address.value("t") or address.fragment_value("t")),
        certain=True,
    )


def listing(address: Address) -> ListLink | None:
    """The show, where the address names no episode of it."""
    found = _show(address)
    if found is None or _EPISODE.fullmatch(address.value("i") or ""):
        return None
    show, url = found
    return ListLink(identity=f"apple:{show}", url=url)


def _show(address: Address) -> tuple[str, str] | None:
    found = _SHOW.fullmatch(address.path) if address.is_at(_SITES) else None
    if found is None:
        return None
    country = (found["country"] or "").lower()
    return found["show"], f"https://podcasts.apple.com{country}/podcast/id{found['show']}"
