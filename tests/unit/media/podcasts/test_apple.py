"""Apple Podcasts' links: the lookup API as it answers, and what is done where it knows too little."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from services.media.podcasts import Podcasts, apple
from services.vocabulary.errors import RetryableError, UserError
from services.vocabulary.source import Link
from tests.sites.podcast_site import ROPES, RSS, TIDES, Site, feed, page

pytestmark = pytest.mark.usefixtures("parsed_here")

SHOW = {"wrapperType": "track", "kind": "podcast", "collectionId": 77, "collectionName": "The Harbour Hour"}
EPISODE = {
    "wrapperType": "podcastEpisode",
    "trackId": 1000001,
    "trackName": "Ropes",
    "collectionName": "The Harbour Hour",
    "episodeGuid": "ep-1",
    "episodeUrl": "https://cdn.example/ropes.m4a",
    "trackTimeMillis": 1234500,
    "releaseDate": "2026-11-03T06:00:00Z",
    "artworkUrl600": "https://art.example/600.jpg",
    "episodeContentType": "audio",
}


def _answers(site: Site, *results: dict[str, Any]) -> None:
    site.put("/lookup", json.dumps({"resultCount": len(results), "results": results}), "text/javascript; charset=utf-8")


def _link(site: Site, episode: int | None = 1000001) -> Link:
    identity = "apple:77" if episode is None else f"apple:77:{episode}"
    return Link(identity=identity, url=f"{site.address}/gb/podcast/id77?i={episode}", certain=True)


async def test_an_episode_is_found_in_its_feed_by_its_guid(site: Site, podcasts: Podcasts) -> None:
    site.put("/feed", feed(TIDES, ROPES.replace("<title>Ropes", "<title>Ropes, retitled")), RSS)
    _answers(site, {**SHOW, "feedUrl": f"{site.address}/feed"}, {**EPISODE, "trackId": 5}, EPISODE)
    episode = await podcasts.find(_link(site))
    assert episode is not None
    assert episode.publication.title == "Ropes, retitled"
    asked = parse_qs(urlsplit(site.read[0]).query)
    assert asked == {
        "id": ["77"],
        "media": ["podcast"],
        "entity": ["podcastEpisode"],
        "limit": ["200"],
        "country": ["gb"],
    }


@pytest.mark.parametrize(
    "changed", [{"episodeGuid": "other"}, {"episodeGuid": "other", "episodeUrl": "https://o.example/1"}]
)
async def test_an_episode_is_found_by_its_recording_or_its_title(
    site: Site, podcasts: Podcasts, changed: dict[str, str]
) -> None:
    site.put("/feed", feed(TIDES, ROPES), RSS)
    _answers(site, {**SHOW, "feedUrl": f"{site.address}/feed"}, {**EPISODE, **changed})
    episode = await podcasts.find(_link(site))
    assert episode is not None
    assert episode.publication.published == "2026-11-03"
    assert episode.publication.author == "The Harbour Hour"
    assert episode.publication.language == "en"


async def test_a_show_is_its_newest_episode(site: Site, podcasts: Podcasts) -> None:
    site.put("/feed", feed(ROPES, TIDES), RSS)
    _answers(site, {**SHOW, "feedUrl": f"{site.address}/feed"}, EPISODE)
    episode = await podcasts.find(_link(site, None))
    assert episode is not None
    assert episode.publication.title == "Tides & tables"


async def test_an_episode_too_old_for_the_api_is_found_by_the_title_of_its_page(site: Site, podcasts: Podcasts) -> None:
    site.put("/feed", feed(TIDES, ROPES), RSS)
    site.put(
        "/gb/podcast/id77", page('<meta property="og:title" content="ROPES"><title>Ropes - Apple Podcasts</title>')
    )
    _answers(site, {**SHOW, "feedUrl": f"{site.address}/feed"}, {**EPISODE, "trackId": 5})
    episode = await podcasts.find(_link(site))
    assert episode is not None
    assert episode.publication.title == "Ropes"


async def test_where_the_feed_is_gone_what_apple_knows_is_enough(site: Site, podcasts: Podcasts) -> None:
    _answers(site, {**SHOW, "feedUrl": f"{site.address}/gone"}, EPISODE)
    episode = await podcasts.find(_link(site))
    assert episode is not None
    assert episode.enclosure is not None
    assert episode.enclosure.url == "https://cdn.example/ropes.m4a"
    assert episode.publication.duration == 1234.5
    assert episode.publication.thumbnail == "https://art.example/600.jpg"
    assert episode.publication.published == "2026-11-03"


@pytest.mark.parametrize("results", [[], [SHOW]])
async def test_what_apple_does_not_list_is_said(site: Site, podcasts: Podcasts, results: list[dict[str, Any]]) -> None:
    _answers(site, *results)
    with pytest.raises(UserError, match="does not list that episode"):
        await podcasts.find(_link(site))


async def test_an_episode_that_is_nowhere_is_never_another_one(site: Site, podcasts: Podcasts) -> None:
    site.put("/feed", feed(TIDES, ROPES), RSS)
    site.put("/gb/podcast/id77", "<p>Apple Podcasts</p>")
    _answers(site, {**SHOW, "feedUrl": f"{site.address}/feed"})
    with pytest.raises(UserError, match="does not list that episode"):
        await podcasts.find(_link(site))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"[" * 100_000, b'{"results": 7}', b'{"results": [7, null]}'])
def test_a_bad_answer_is_tried_again_or_empty(body: bytes) -> None:
    try:
        assert apple.read(body, apple.Ids(show="77", episode="1")) == apple.Listing()
    except RetryableError as error:
        assert "Apple" in str(error)  # noqa: PT017 - either is right


def test_addresses_of_other_schemes_are_dropped() -> None:
    entries = [{**SHOW, "feedUrl": "file:///feed"}, {**EPISODE, "episodeUrl": "javascript:1"}]
    listing = apple.read(json.dumps({"results": entries}).encode(), apple.Ids(show="77", episode="1000001"))
    assert listing.feed is None
    assert listing.episode is None


def test_the_real_api_is_the_default() -> None:
    assert urlsplit(apple.LOOKUP).scheme == "https"
    assert urlsplit(apple.LOOKUP).hostname == "itunes.apple.com"
