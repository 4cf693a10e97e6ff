"""Where the page lets a browser play what is not held here."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from services.player import Playable
from services.player.embeds import playback_of
from services.vocabulary.media import Media
from services.vocabulary.recap import Recap
from services.vocabulary.source import Playback
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import player_site

CDN = "https://cdn.harbour.example"
URL = f"{CDN}/audio/tides.mp3?sig=a%2Fb"


def media_of(url: str, *origins: str, identity: str = "web:x") -> Media:
    return Media(
        id="cd" * 32, key=None, name="x", size=0, identity=identity, playback=Playback(url=url, origins=origins)
    )


def recap_of(media: Media) -> Recap:
    return sample_recap().model_copy(update={"media": media, "narration": None})


def policy_of(answer: aiohttp.ClientResponse) -> dict[str, list[str]]:
    rules = (rule.split() for rule in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in rules}


def test_an_https_address_on_its_own_origins_is_played() -> None:
    assert playback_of(media_of(URL, CDN))
    assert playback_of(media_of(URL, CDN, "https://a.media-1.example:8443"))
    assert playback_of(media_of("https://cdn.harbour.example:8443/x.mp3", "https://cdn.harbour.example:8443"))


@pytest.mark.parametrize(
    ("url", "origins"),
    [
        ("javascript:alert(1)", ("javascript:alert(1)",)),
        ("http://cdn.harbour.example/x.mp3", ("http://cdn.harbour.example",)),
        ("data:audio/mpeg;base64,AA==", (CDN,)),
        ("https://cdn.harbour.example@evil.example/x.mp3", (CDN,)),
        ("https://cdn.harbour.example.evil.example/x.mp3", (CDN,)),
        (URL, ()),
        (URL, ("https://other.example",)),
        (URL, (CDN, "http://plain.example")),
        (URL, (CDN, "https://a.example; script-src *")),
        (URL, (CDN, "https://a.example 'unsafe-inline'")),
        (URL, (CDN, "https://*.example")),
        (URL, (CDN, "https:")),
        (URL, (CDN, "https://10.0.0.1")),
        (URL, (CDN, "https://localhost")),
        (URL, (CDN, "https://a.example\n")),
    ],
)
def test_everything_else_is_not(url: str, origins: tuple[str, ...]) -> None:
    assert playback_of(media_of(url, *origins)) is None


async def test_the_policy_names_these_origins_on_that_page_alone() -> None:
    async with player_site() as site, aiohttp.ClientSession() as http:
        async with http.get(site.page) as answer:
            assert policy_of(answer)["media-src"] == ["'self'"]
        site.shelf.held = recap_of(media_of(URL, CDN, "https://edge.example"))
        async with http.get(site.page) as answer:
            policy = policy_of(answer)
        assert policy["media-src"] == ["'self'", CDN, "https://edge.example"]
        assert policy["default-src"] == ["'none'"]
        assert policy["script-src"] == policy["connect-src"] == ["'self'"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        async with http.get(f"{site.page}/recap.json") as answer:
            playback = (await answer.json())["playback"]
            assert policy_of(answer)["media-src"] == ["'self'"]
    assert playback == {"url": URL, "kind": "audio", "name": "cdn.harbour.example"}


async def test_what_is_held_here_plays_from_here(tmp_path: Path) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"sound")
    async with player_site() as site, aiohttp.ClientSession() as http:
        site.shelf.held = recap_of(media_of(URL, CDN))
        site.shelf.playable = Playable(path=path, content_type="audio/mpeg")
        async with http.get(site.page) as answer:
            assert policy_of(answer)["media-src"] == ["'self'"]
        async with http.get(f"{site.page}/recap.json") as answer:
            assert (await answer.json())["playback"] is None


async def test_a_video_plays_in_the_frame_of_its_site() -> None:
    media = media_of(URL, CDN, identity="youtube:abcdefghijk")
    assert playback_of(media) is None
