"""SoundCloud: tracks, public ones and those shared by a secret."""

from __future__ import annotations

import re

from services.media.links.address import Address
from services.media.links.moments import first_moment
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link

_SITE = frozenset({"soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"})
_SHORT = frozenset({"on.soundcloud.com"})
_TRACK = re.compile(r"/(?P<artist>[\w-]+)/(?P<track>[\w-]+)(?:/(?P<secret>s-\w+))?/?", re.ASCII)
_LISTS = frozenset(
    {
        "tracks",
        "albums",
        "sets",
        "reposts",
        "likes",
        "popular-tracks",
        "followers",
        "following",
        "comments",
        "spotlight",
    }
)
_OWN_PAGES = frozenset({"pages", "settings", "terms-of-use", "imprint", "upload", "messages", "notifications"})
_LISTINGS = frozenset({"discover", "search", "stream", "you", "charts", "feed", "tags", "stations", "people"})


def link(address: Address) -> Link | None:
    """The track. None for other sites and SoundCloud's own pages. Raises UserError for artists, sets and searches.

    There is no `moment_url`: SoundCloud opens a track at minutes and seconds (`#t=1:30`), not at plain seconds.
    """
    if address.is_at(_SHORT) and len(address.parts) == 1:
        return Link(identity=f"web:{address.url}", url=address.url, certain=True)
    if not address.is_at(_SITE) or not address.parts or address.parts[0] in _OWN_PAGES:
        return None
    found = _TRACK.fullmatch(address.path)
    if found is None or found["track"] in _LISTS or found["artist"] in _LISTINGS:
        raise UserError("That SoundCloud page lists tracks and I hear one at a time; paste the link of a track on it.")
    name = f"{found['artist']}/{found['track']}".lower() + (f"/{found['secret']}" if found["secret"] else "")
    return Link(
        identity=f"soundcloud:{name}",
        url=f"https://soundcloud.com/{name}",
        start=first_moment(address.fragment_value("t"), address.value("t")),
        certain=True,
    )
