"""Loom."""

from __future__ import annotations

import re

from services.media.links.address import Address
from services.media.links.moments import first_moment
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link

_SITE = frozenset({"loom.com", "www.loom.com"})
# The title may stand before the id.
_VIDEO = re.compile(r"/(?:share|embed)/(?:[^/]*-)?(?P<id>[0-9a-f]{32})/?", re.IGNORECASE)


def link(address: Address) -> Link | None:
    """The video; None for other sites and for Loom's own pages. Raises UserError for a folder."""
    if not address.is_at(_SITE):
        return None
    if address.path.lower().startswith("/share/folder/"):
        raise UserError("That is a Loom folder and I hear one video at a time; paste the link of a video in it.")
    found = _VIDEO.fullmatch(address.path)
    if found is None:
        return None
    video = found["id"].lower()
    url = f"https://www.loom.com/share/{video}"
    return Link(
        identity=f"loom:{video}",
        url=url,
        moment_url=f"{url}?t={{seconds}}",
        start=first_moment(address.value("t"), address.fragment_value("t")),
        certain=True,
    )
