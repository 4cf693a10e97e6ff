"""Apple Podcasts by the iTunes lookup API, which is public and says where a show's feed is.

https://developer.apple.com/library/archive/documentation/AudioVideo/Conceptual/iTuneSearchAPI/
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from services.media.podcasts.addresses import absolute, extension, secure
from services.media.podcasts.episode import Enclosure, Episode, Wanted
from services.media.podcasts.fields import day, duration, one_line
from services.vocabulary.base import Value
from services.vocabulary.errors import RetryableError
from services.vocabulary.source import Link, Publication

LOOKUP = "https://itunes.apple.com/lookup"
"""The address of the lookup API."""

LARGEST_ANSWER = 4 << 20
"""Bytes of an answer at most: 200 episodes with their descriptions are about one."""

_MOST_EPISODES = 200  # the API's own limit
_IDENTITY = re.compile(r"apple:(\d+)(?::(\d+))?")
_COUNTRY = re.compile(r"/([a-z]{2})/podcast/")


class Ids(Value):
    """What an Apple link names; without an `episode` it is the show."""

    show: str
    episode: str | None = None
    country: str | None = None


class Listing(Value):
    """What Apple says: the show's feed, what to look for in it, and the episode as Apple itself describes it."""

    feed: str | None = None
    wanted: Wanted | None = None
    episode: Episode | None = None


def ids(link: Link) -> Ids | None:
    """The ids of an Apple link; None for all others."""
    found = _IDENTITY.fullmatch(link.identity)
    country = _COUNTRY.match(urlsplit(link.url).path)
    return Ids(show=found[1], episode=found[2], country=country[1] if country else None) if found else None


def query(base: str, asked: Ids) -> str:
    """The address to ask."""
    most = _MOST_EPISODES if asked.episode else 1
    parameters = {"id": asked.show, "media": "podcast", "entity": "podcastEpisode", "limit": most}
    return f"{base}?{urlencode(parameters | ({'country': asked.country} if asked.country else {}))}"


def read(body: bytes, asked: Ids) -> Listing:
    """What the answer says; an empty Listing for a show that Apple does not list.

    `wanted` is None where the link names an episode that is not among the ones listed. Raises RetryableError for an
    answer that is none.
    """
    try:
        results = json.loads(body)["results"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RetryableError("Apple Podcasts gave an answer that could not be read.") from error
    entries = [entry for entry in results if isinstance(entry, dict)] if isinstance(results, list) else []
    feeds = (absolute(_text(entry, "feedUrl")) for entry in entries)
    meant = next((entry for entry in entries if asked.episode and str(entry.get("trackId")) == asked.episode), None)
    wanted = None if asked.episode else Wanted()
    return Listing(
        feed=next(filter(None, feeds), None),
        wanted=_wanted(meant) if meant else wanted,
        episode=_episode(meant) if meant else None,
    )


def _wanted(entry: dict[str, Any]) -> Wanted:
    title = one_line(_text(entry, "trackName"))
    return Wanted(
        guid=_text(entry, "episodeGuid"), enclosure=_text(entry, "episodeUrl"), titles=(title,) if title else ()
    )


def _episode(entry: dict[str, Any]) -> Episode | None:
    url = absolute(_text(entry, "episodeUrl"))
    if not url:
        return None
    length = entry.get("trackTimeMillis")
    kind = "video" if _text(entry, "episodeContentType") == "video" else "audio"
    return Episode(
        publication=Publication(
            title=one_line(_text(entry, "trackName")) or "Episode",
            author=one_line(_text(entry, "collectionName")),
            duration=duration(length / 1000) if isinstance(length, int) else None,
            thumbnail=secure(_text(entry, "artworkUrl600")),
            published=day(_text(entry, "releaseDate")),
        ),
        enclosure=Enclosure(url=url, type=None if extension(url) else f"{kind}/*"),
    )


def _text(entry: dict[str, Any], key: str) -> str | None:
    value = entry.get(key)
    return value if isinstance(value, str) else None
