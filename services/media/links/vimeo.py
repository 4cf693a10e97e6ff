"""Vimeo: public and unlisted videos."""

from __future__ import annotations

import re

from services.media.links.address import Address
from services.media.links.moments import first_moment
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link

_SITE = frozenset({"vimeo.com", "www.vimeo.com"})
_PLAYER = frozenset({"player.vimeo.com"})
_COLLECTIONS = frozenset({"channels", "groups", "album", "showcase", "categories", "events"})
_VIDEO = re.compile(
    r"/(?:video/|videos/|channels/[^/]+/|groups/[^/]+/videos/|(?:album|showcase)/[^/]+/video/)?"
    r"(?P<id>\d{5,15})(?:/(?P<hash>[0-9a-f]{6,32}))?/?"
)
_HASH = re.compile(r"[0-9a-f]{6,32}")


def link(address: Address) -> Link | None:
    """The video. The hash of an unlisted one is part of its identity: who lacks it may not see the video.

    None for other sites and for Vimeo's own pages. Raises UserError for lists of videos.
    """
    if not address.is_at(_SITE | _PLAYER):
        return None
    found = _VIDEO.fullmatch(address.path)
    if found is None:
        _refuse_lists(address)
        return None
    secret = found["hash"] or address.value("h") or ""
    names = (found["id"], secret) if _HASH.fullmatch(secret) else (found["id"],)
    url = f"https://vimeo.com/{'/'.join(names)}"
    return Link(
        identity=f"vimeo:{':'.join(names)}",
        url=url,
        moment_url=f"{url}#t={{seconds}}s",
        start=first_moment(address.fragment_value("t"), address.value("t")),
        certain=True,
    )


def _refuse_lists(address: Address) -> None:
    if address.parts and address.parts[0] in _COLLECTIONS:
        raise UserError("That Vimeo page lists videos and I hear one video at a time; paste the link of a video on it.")
