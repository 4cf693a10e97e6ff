"""The player page of a podcast whose words came with it: the sound plays from its publisher's own server."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Route, expect

from services.vocabulary.media import Media
from services.vocabulary.recap import Recap
from services.vocabulary.source import Playback, Publication
from tests.browser.player_page import PHONE, watched_page, write_silence
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import Site, player_site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_PATIENCE_MS = 60_000
_CAST = "https://cdn.harbour.example"
SEGMENTS = sample_recap().transcript.segments


@dataclass
class Publisher:
    """The publisher's server in the browser's own network; `asked` are the addresses and `referers` what came along."""

    sound: bytes
    origins: tuple[str, ...] = (_CAST,)
    asked: list[str] = field(default_factory=list)
    referers: list[str | None] = field(default_factory=list)
    gone: bool = False

    async def answer(self, route: Route) -> None:
        headers = await route.request.all_headers()
        self.asked.append(route.request.url)
        self.referers.append(headers.get("referer"))
        if self.gone:
            await route.abort()
            return
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("range", "bytes=0-"))
        assert found
        first, last = int(found[1]), int(found[2] or len(self.sound) - 1)
        told = {
            "Content-Type": "audio/wav",
            "Accept-Ranges": "bytes",
            "Content-Range": f"bytes {first}-{last}/{len(self.sound)}",
        }
        await route.fulfill(status=206, headers=told, body=self.sound[first : last + 1])


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=_PATIENCE_MS)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = write_silence(tmp_path_factory.mktemp("cast") / "tides.wav", sample_recap().transcript.duration)
    return path.read_bytes()


@pytest.fixture
def publisher(sound: bytes) -> Publisher:
    return Publisher(sound)


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Site]:
    async with player_site() as running:
        running.shelf.held = podcast()
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, site: Site, publisher: Publisher) -> AsyncIterator[Page]:
    async with watched_page(context, site, publisher) as page:
        yield page


def podcast(url: str = f"{_CAST}/audio/tides.mp3?sig=a", *, origins: tuple[str, ...] = (_CAST,)) -> Recap:
    """A recap of an episode with its publisher's transcript."""
    media = Media(
        id="cd" * 32,
        key=None,
        name="Tides",
        size=0,
        url="https://harbour.example/episodes/tides",
        identity="web:https://harbour.example/episodes/tides",
        publication=Publication(title="Tides & tables", author="The Harbour Hour"),
        playback=Playback(url=url, origins=origins),
    )
    return sample_recap().model_copy(update={"media": media, "narration": None})


async def test_a_podcast_plays_from_its_publisher_when_somebody_presses_play(
    page: Page, site: Site, publisher: Publisher
) -> None:
    await page.set_viewport_size(PHONE)
    await page.goto(f"{site.page}#t=70")
    await expect(page.locator("#now")).to_have_text("1:10")
    await expect(page.locator(".line[aria-current]")).to_have_text(SEGMENTS[11].text)
    await expect(page.locator("#screen")).to_be_hidden()
    assert publisher.asked == [], "nobody is told of a listener who does not listen"
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator("#now")).to_have_text("1:12")
    await page.get_by_text(SEGMENTS[12].text).last.click()
    await expect(page.locator(".line[aria-current]")).to_have_text(SEGMENTS[12].text)
    assert set(publisher.asked) == {f"{_CAST}/audio/tides.mp3?sig=a"}
    assert set(publisher.referers) == {None}, "the link to our page is a secret"


async def test_video_of_a_publisher_is_shown(page: Page, site: Site) -> None:
    assert site.shelf.held
    media = site.shelf.held.media
    assert media.playback
    shown = media.playback.model_copy(update={"mimetype": "video/mp4"})
    site.shelf.held = site.shelf.held.model_copy(update={"media": media.model_copy(update={"playback": shown})})
    await page.goto(site.page)
    await expect(page.locator("#screen video")).to_be_visible()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)//cdn.harbour.example",
        "http://cdn.harbour.example/tides.mp3",
        "data:audio/wav;base64,AA==",
        "https://cdn.harbour.example@evil.example/tides.mp3",
    ],
)
async def test_no_other_address_is_used(page: Page, site: Site, publisher: Publisher, url: str) -> None:
    site.shelf.held = podcast(url)
    await page.goto(site.page)
    await expect(page.locator("#here")).to_contain_text("is not kept here")
    await expect(page.locator("#play")).to_be_disabled()
    assert await page.locator("video, audio").count() == 0
    assert publisher.asked == []


async def test_a_publisher_who_refuses_leaves_the_transcript(
    context: BrowserContext, site: Site, publisher: Publisher
) -> None:
    publisher.gone = True
    assert context.browser
    own = await context.browser.new_context()
    await own.route(f"{_CAST}/**", publisher.answer)
    page = await own.new_page()
    await page.goto(site.page)
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator("#here")).to_contain_text("cdn.harbour.example does not let this recording play here")
    await expect(page.get_by_text(SEGMENTS[11].text).last).to_be_attached()
    await own.close()
