from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from services.player import Playable
from services.player.data import page_data
from services.player.embeds import embed_of, site_name, web_address
from services.vocabulary.media import Media
from services.vocabulary.recap import Recap
from services.vocabulary.source import Publication
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import player_site

WATCH = "https://www.youtube.com/watch?v=abcdefghijk"


def media_of(identity: str | None, **changes: str | None) -> Media:
    fields = {"url": WATCH, "moment_url": f"{WATCH}&t={{seconds}}s"} | changes
    publication = Publication(title="How paper is made", author="The Mill")
    return Media(id="cd" * 32, key=None, name="x", size=0, identity=identity, publication=publication, **fields)


def recap_of(media: Media) -> Recap:
    return sample_recap().model_copy(update={"media": media})


@pytest.mark.parametrize(
    ("identity", "address"),
    [
        ("youtube:abc_-fghijk", "https://www.youtube-nocookie.com/embed/abc_-fghijk?enablejsapi=1&playsinline=1&rel=0"),
        ("vimeo:123456", "https://player.vimeo.com/video/123456?dnt=1&playsinline=1"),
        ("vimeo:123456:0a1b2c", "https://player.vimeo.com/video/123456?dnt=1&playsinline=1&h=0a1b2c"),
    ],
)
def test_a_video_has_the_frame_of_its_site(identity: str, address: str) -> None:
    embed = embed_of(media_of(identity))
    assert embed
    assert embed.address == address
    assert address.startswith(f"{embed.origin}/")


@pytest.mark.parametrize(
    "identity",
    [None, "", "web:https://e.example/a.mp3", "loom:x", "youtube:", "youtube:abcdefghijk?x=1", "youtube:abcdefghij'",
     "vimeo:1; script-src *", "vimeo:123456:zz", "youtube:abcdefghijk\n"],
)  # fmt: skip
def test_nothing_else_has_a_frame(identity: str | None) -> None:
    assert embed_of(media_of(identity)) is None


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "//e.example", "https://[", "ftp://e.example/a"]
)
def test_a_browser_is_sent_to_the_web_alone(url: str | None) -> None:
    assert web_address(url) is None
    data = page_data(recap_of(media_of("youtube:abcdefghijk", url=url, moment_url=url)), None)
    assert data["source"] is None
    assert data["moment_url"] is None


def test_the_page_knows_what_the_publisher_says() -> None:
    data = page_data(recap_of(media_of("youtube:abcdefghijk")), None)
    assert (data["title"], data["author"]) == ("How paper is made", "The Mill")
    assert data["source"] == {"url": WATCH, "name": "YouTube"}
    assert data["moment_url"] == f"{WATCH}&t={{seconds}}s"
    assert data["embed"]["kind"] == "youtube"
    assert data["paragraphs"][0] == 0


def test_what_is_held_here_needs_no_frame() -> None:
    assert page_data(recap_of(media_of("youtube:abcdefghijk")), "audio/mpeg")["embed"] is None


def test_a_shared_file_leads_nowhere_else() -> None:
    data = page_data(recap_of(media_of(None)), "audio/mpeg")
    assert data["source"] is None
    assert data["embed"] is None


def test_a_site_is_called_by_its_host() -> None:
    assert site_name("https://www.e.example:8443/x") == "e.example"


@pytest.mark.parametrize(
    ("identity", "origin"),
    [("youtube:abcdefghijk", "https://www.youtube-nocookie.com"), ("vimeo:123456", "https://player.vimeo.com")],
)
async def test_a_page_admits_the_frame_of_its_own_site_alone(tmp_path: Path, identity: str, origin: str) -> None:
    path = tmp_path / "media"
    path.write_bytes(b"sound")
    async with player_site() as site, aiohttp.ClientSession() as http:
        site.shelf.held = recap_of(media_of(identity))
        async with http.get(site.page) as answer:
            framed = answer.headers["Content-Security-Policy"]
        async with http.get(f"{site.page}/recap.json") as answer:
            assert "frame-src" not in answer.headers["Content-Security-Policy"]
        site.shelf.playable = Playable(path=path, content_type="audio/wav")
        async with http.get(site.page) as answer:
            held = answer.headers["Content-Security-Policy"]
    assert framed == f"{held}; frame-src {origin}"
    assert "frame-src" not in held
    assert "default-src 'none'" in held


async def test_the_spoken_summary_is_given_out_while_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "recap.mp3"
    path.write_bytes(b"spoken words")
    async with player_site() as site, aiohttp.ClientSession() as http:
        async with http.get(f"{site.page}/summary") as answer:
            assert answer.status == 404
        site.shelf.spoken = Playable(path=path, content_type="audio/mpeg")
        async with http.get(f"{site.page}/summary") as answer:
            assert answer.content_type == "audio/mpeg"
            assert await answer.read() == b"spoken words"
        site.late = 40 * 86_400
        async with http.get(f"{site.page}/summary") as answer:
            assert answer.status == 410
