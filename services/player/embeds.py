"""What plays from its publisher's servers, where no bytes of it are held here: in a frame of the site, or as it is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from services.vocabulary.base import Value
from services.vocabulary.media import Media
from services.vocabulary.source import Playback

_YOUTUBE = re.compile(r"youtube:([\w-]{11})", re.ASCII)
# The second part is the key of an unlisted video.
_VIMEO = re.compile(r"vimeo:(\d+)(?::([0-9a-f]+))?", re.ASCII)
# As it stands in a policy: nothing that could end one rule and begin another.
_ORIGIN = re.compile(r"https://[a-z0-9.-]+\.[a-z][a-z0-9-]*(?::\d{1,5})?", re.ASCII)
_SCHEMES = {"http", "https"}


class Embed(Value):
    """A frame: what `kind` of player stands in it, the `origin` that it is loaded from and talks from, its address."""

    kind: str
    name: str
    origin: str
    address: str


def embed_of(media: Media) -> Embed | None:
    """The frame for a recording, by its identity; None for a site whose player we do not speak to.

    Addresses and messages are those of YouTube's IFrame API and of Vimeo's Player API. Both are asked not to track.
    """
    identity = media.identity or ""
    if found := _YOUTUBE.fullmatch(identity):
        origin = "https://www.youtube-nocookie.com"
        address = f"{origin}/embed/{found[1]}?enablejsapi=1&playsinline=1&rel=0"
        return Embed(kind="youtube", name="YouTube", origin=origin, address=address)
    if found := _VIMEO.fullmatch(identity):
        origin = "https://player.vimeo.com"
        secret = f"&h={found[2]}" if found[2] else ""
        address = f"{origin}/video/{found[1]}?dnt=1&playsinline=1{secret}"
        return Embed(kind="vimeo", name="Vimeo", origin=origin, address=address)
    return None


def playback_of(media: Media) -> Playback | None:
    """Where a browser may play the recording; None where there is no such place, or one that we do not trust."""
    playback = media.playback
    if playback is None or embed_of(media) or not playback.origins:
        return None
    own, safe = f"{playback.url}/".startswith(f"{playback.origins[0]}/"), map(_ORIGIN.fullmatch, playback.origins)
    return playback if own and all(safe) else None


def web_address(url: str | None) -> str | None:
    """The address if a browser may be sent there: http(s) and nothing else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in _SCHEMES and parts.netloc else None


def site_name(url: str) -> str:
    """What people call the site of an address: its host without the www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
