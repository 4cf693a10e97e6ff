"""All the rest of the web: media files, feeds and pages that may hold a recording."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from services.media.links.address import Address
from services.media.links.lists import ListLink
from services.media.links.moments import media_fragment_start
from services.media.recordings import is_recording
from services.vocabulary.source import Link

_STREAMS = frozenset({"m3u8", "mpd"})
# On the web '.ts' is TypeScript far more often than a transport stream.
_OTHER = frozenset({"ts"})
# What browsers play themselves, so that they heed '#t='.
_PLAYED = frozenset({"aac", "flac", "m4a", "m4v", "mov", "mp3", "mp4", "oga", "ogg", "opus", "wav", "weba", "webm"})
_FEED_SUFFIXES = frozenset({"rss", "xml"})
_FEED_NAMES = frozenset({"feed", "rss"})
_FEED_HOSTS = ("feeds.", "rss.")
_FEED_WORD = re.compile(r"(?:^|[^a-z])(?:rss|feeds?|podcasts?)(?:[^a-z]|$)")


def link(address: Address) -> Link:
    """The file, feed or page. An ordinary page is not `certain`."""
    suffix, url = _suffix(address), address.url
    return Link(
        identity=f"web:{url}",
        url=url,
        moment_url=f"{url}#t={{seconds}}" if suffix in _PLAYED else None,
        start=media_fragment_start(address.fragment_value("t")),
        certain=_is_media(suffix) or (_is_feed(address) and _says_so(address)),
    )


def listing(address: Address) -> ListLink | None:
    """The feed, told by its form alone: it may turn out to be none."""
    return ListLink(identity=f"web:{address.url}", url=address.url) if _is_feed(address) else None


def _suffix(address: Address) -> str:
    name = unquote(address.path.rpartition("/")[2]).lower()
    return PurePosixPath(name).suffix.lstrip(".")


def _is_media(suffix: str) -> bool:
    return suffix in _STREAMS or (suffix not in _OTHER and is_recording({"name": f"x.{suffix}"}))


def _is_feed(address: Address) -> bool:
    suffix, last = _suffix(address), address.parts[-1].lower() if address.parts else ""
    on_feed_host = address.host.startswith(_FEED_HOSTS) and not _is_media(suffix)
    return suffix in _FEED_SUFFIXES or last in _FEED_NAMES or on_feed_host


def _says_so(address: Address) -> bool:
    """Whether it is called a feed: other XML is data more often than a podcast."""
    return bool(_FEED_WORD.search(f"{address.host}{address.path}".lower()))
