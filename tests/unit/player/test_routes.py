from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from services.player import Playable
from tests.fakes.recaps import sample_recap
from tests.slack.local_workspace import eventually
from tests.unit.player.site import Site, player_site

SOUND = bytes(range(256)) * 400


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    path = tmp_path / "media"
    path.write_bytes(SOUND)
    async with player_site(path) as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_the_page_loads_only_from_us_and_hides_from_others(site: Site, http: aiohttp.ClientSession) -> None:
    async with http.get(site.page) as answer:
        page = await answer.text()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert '<h1 dir="auto">Spring catalogue weekly</h1>' in page
    assert "http" not in re.sub(r"xmlns=\S+", "", page)
    assert not re.search(r"<style|style=|<script(?! type=\"module\" src=)|\son\w+=", page)


async def test_a_hostile_name_stays_text(site: Site, http: aiohttp.ClientSession) -> None:
    assert site.shelf.held
    media = site.shelf.held.media.model_copy(update={"name": '"><script>alert(1)</script>$token.mp3'})
    site.shelf.held = site.shelf.held.model_copy(update={"media": media})
    async with http.get(site.page) as answer:
        page = await answer.text()
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;$token" in page


async def test_the_data_holds_what_the_page_shows(site: Site, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{site.page}/recap.json") as answer:
        data = await answer.json()
    recap = sample_recap()
    assert data["title"] == "Spring catalogue weekly"
    assert data["media"] == "audio"
    assert [each["text"] for each in data["segments"]] == [each.text for each in recap.transcript.segments]
    chapter = recap.summary.chapters[2]
    assert data["chapters"][2] == {"title": chapter.title, "start": chapter.start, "end": chapter.end}
    assert data["action_items"][0]["owner"] == "Jonas"


async def test_the_recording_can_be_read_in_parts(site: Site, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{site.page}/audio", headers={"Range": "bytes=1000-1999"}) as answer:
        assert answer.status == 206
        assert answer.headers["Content-Type"] == "audio/wav"
        assert answer.headers["Content-Range"] == f"bytes 1000-1999/{len(SOUND)}"
        assert await answer.read() == SOUND[1000:2000]
    async with http.get(f"{site.page}/audio") as answer:
        assert answer.status == 200
        assert await answer.read() == SOUND
    await eventually(lambda: site.shelf.open_files == 0)


async def test_a_recording_that_is_a_page_is_never_given_out_as_one(site: Site, http: aiohttp.ClientSession) -> None:
    assert site.shelf.playable
    site.shelf.playable = Playable(path=site.shelf.playable.path, content_type="text/html")
    async with http.get(f"{site.page}/audio") as answer:
        assert answer.headers["Content-Type"] == "application/octet-stream"


async def test_a_recording_that_is_gone_leaves_the_transcript(site: Site, http: aiohttp.ClientSession) -> None:
    site.shelf.playable = None
    async with http.get(f"{site.page}/recap.json") as answer:
        assert (await answer.json())["media"] is None
    async with http.get(f"{site.page}/audio") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("rest", ["", "/recap.json", "/audio"])
async def test_a_deleted_recap_and_a_forged_link_look_the_same(
    site: Site, http: aiohttp.ClientSession, rest: str
) -> None:
    forged = f"{site.url}/r/AAAA.AAAA{rest}"
    site.shelf.held = None
    answers = []
    for address in (forged, site.page + rest):
        async with http.get(address) as answer:
            answers.append((answer.status, await answer.text()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert "There is nothing here" in answers[0][1]


@pytest.mark.parametrize("rest", ["", "/recap.json", "/audio"])
async def test_an_old_link_says_that_it_has_run_out(site: Site, http: aiohttp.ClientSession, rest: str) -> None:
    site.late = 40 * 86_400
    async with http.get(site.page + rest) as answer:
        assert answer.status == 410
        assert "This link has run out" in await answer.text()


@pytest.mark.parametrize(
    "name", ["player.js", "player.css", "icon.svg", "transcript.js", "frame.js", "dialects.js", "search.js"]
)
async def test_the_page_s_own_files_are_served(site: Site, http: aiohttp.ClientSession, name: str) -> None:
    async with http.get(f"{site.url}/r/static/{name}") as answer:
        assert answer.status == 200
        assert answer.content_type in {"text/javascript", "text/css", "image/svg+xml"}


@pytest.mark.parametrize("name", ["..%2Froutes.py", "%2e%2e%2froutes.py", "routes.py", "nothing.js", ".."])
async def test_no_other_file_is_served(site: Site, http: aiohttp.ClientSession, name: str) -> None:
    async with http.get(f"{site.url}/r/static/{name}") as answer:
        assert answer.status == 404
