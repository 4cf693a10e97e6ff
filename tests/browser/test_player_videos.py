"""The player page of a video that plays in a frame of its site."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Frame, Page, ViewportSize, expect

from services.vocabulary.recap import Recap
from tests.browser.frames import YOUTUBE, Sites, player_in
from tests.browser.player_page import DESK, PHONE, video_recap, watched_page
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import Site, player_site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SEGMENTS = sample_recap().transcript.segments
VIMEO_RECAP = video_recap("vimeo:123456789:0a1b2c3d4e", "https://vimeo.com/123456789/0a1b2c3d4e")


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Site]:
    async with player_site() as running:
        running.shelf.held = video_recap()
        yield running


@pytest.fixture
def sites() -> Sites:
    return Sites()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, site: Site, sites: Sites) -> AsyncIterator[Page]:
    async with watched_page(context, site, sites) as page:
        yield page


async def second_in(frame: Frame) -> float:
    return float(await frame.evaluate("now()"))


@pytest.mark.parametrize("held", [video_recap(), VIMEO_RECAP], ids=["youtube", "vimeo"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_video_opens_at_the_second_of_the_link_and_plays(
    page: Page, site: Site, held: Recap, size: ViewportSize
) -> None:
    site.shelf.held = held
    await page.set_viewport_size(size)
    await page.goto(f"{site.page}#t=70")
    frame = await player_in(page)
    await expect(page.locator("#now")).to_have_text("1:10")
    await expect(page.locator(".line[aria-current]")).to_have_text(SEGMENTS[11].text)
    await expect(page.locator(".line[aria-current]")).to_be_in_viewport()
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert await second_in(frame) == pytest.approx(70, abs=3)
    await expect(page.locator("#now")).to_have_text("1:12")
    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


async def test_a_video_does_not_start_by_itself(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t=70")
    frame = await player_in(page)
    await page.get_by_role("button", name="Ahead 10 seconds").click()
    await expect(page.locator("#now")).to_have_text("1:20")
    orders = await frame.evaluate("orders.map((order) => order.func)")
    assert not {"playVideo", "seekTo"} & set(orders)


@pytest.mark.parametrize("held", [video_recap(), VIMEO_RECAP], ids=["youtube", "vimeo"])
async def test_a_click_on_a_line_plays_its_second(page: Page, site: Site, held: Recap) -> None:
    site.shelf.held = held
    await page.goto(site.page)
    frame = await player_in(page)
    for number in (12, 3):
        await page.locator(".line").nth(number).click()
        await expect(page.locator(".line[aria-current]")).to_have_text(SEGMENTS[number].text)
        await frame.wait_for_function(f"Math.abs(now() - {SEGMENTS[number].start}) < 2")
        await expect(page.get_by_role("button", name="Pause")).to_be_visible()


async def test_playing_in_the_frame_moves_the_transcript(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t={SEGMENTS[5].start:.0f}")
    frame = await player_in(page)
    await page.get_by_role("button", name="Ahead 10 seconds").click()
    await frame.get_by_text("the site's own play button").click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert await second_in(frame) == pytest.approx(SEGMENTS[5].start + 10, abs=3)


async def test_the_speed_is_that_of_the_frame(page: Page, site: Site) -> None:
    await page.goto(site.page)
    frame = await player_in(page)
    await page.get_by_label("Speed").select_option("1.5")
    await frame.wait_for_function("orders.some((order) => order.func === 'setPlaybackRate' && order.args[0] === 1.5)")


async def test_the_site_learns_the_host_of_the_page_and_nothing_of_the_link(
    page: Page, site: Site, sites: Sites
) -> None:
    await page.goto(f"{site.page}#t=70")
    await player_in(page)
    assert sites.referers == [f"{site.url}/"]
    token = site.page.rpartition("/")[2]
    assert len(sites.asked) == 1
    assert sites.asked[0].startswith(f"{YOUTUBE}/embed/abcdefghijk?enablejsapi=1&")
    assert token not in sites.asked[0]


async def test_what_others_say_moves_nothing(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t=70")
    frame = await player_in(page)
    await expect(page.locator("#now")).to_have_text("1:10")
    liar = '{"event":"infoDelivery","info":{"playerState":1,"currentTime":5}}'
    await page.evaluate("(data) => postMessage(data, '*')", liar)
    for nonsense in ("{", "null", '"x"', '{"event":"infoDelivery","info":{"currentTime":"x","playerState":"y"}}'):
        await frame.evaluate("(data) => parent.postMessage(data, '*')", nonsense)
    await page.wait_for_timeout(200)
    await expect(page.locator("#now")).to_have_text("1:10")
    await expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


async def leads_to_the_site(page: Page, site: Site) -> None:
    """All times open the video itself, in a page of its own."""
    await expect(page.locator("#screen")).to_be_hidden()
    await expect(page.locator(".line").nth(11)).to_be_visible()
    line = page.locator(".line").nth(11)
    assert (
        await line.get_attribute("href") == f"https://www.youtube.com/watch?v=abcdefghijk&t={int(SEGMENTS[11].start)}s"
    )
    assert await line.get_attribute("target") == "_blank"
    assert "noopener" in (await line.get_attribute("rel") or "")
    chapter = page.get_by_role("link", name="Old prices on the website")
    assert f"&t={int(SEGMENTS[15].start)}s" in (await chapter.get_attribute("href") or "")
    async with page.context.expect_page() as opened:
        await line.click()
    await (await opened.value).close()
    assert page.url.startswith(site.page)


async def test_a_video_that_may_not_play_here_leads_to_its_site(page: Page, site: Site, sites: Sites) -> None:
    await page.goto(site.page)
    frame = await player_in(page)
    await frame.evaluate("fail(150)")
    await expect(page.locator("#here")).to_have_text(
        "YouTube does not let this video play here. Times open it on YouTube."
    )
    await leads_to_the_site(page, site)


async def test_where_the_site_cannot_be_reached_the_transcript_stays(page: Page, site: Site, sites: Sites) -> None:
    sites.down = True
    await page.clock.install()
    await page.goto(f"{site.page}#t=70")
    await expect(page.locator(".line[aria-current]")).to_have_text(SEGMENTS[11].text)
    await page.clock.run_for(11_000)
    await expect(page.locator("#here")).to_have_text("YouTube does not answer here. Times open it on YouTube.")
    await leads_to_the_site(page, site)


async def test_a_phone_keeps_the_video_in_sight(page: Page, site: Site) -> None:
    await page.set_viewport_size(PHONE)
    await page.goto(f"{site.page}#t=150")
    await player_in(page)
    await expect(page.locator(".line[aria-current]")).to_be_in_viewport(ratio=1)
    await expect(page.locator("#screen iframe")).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def test_the_source_can_be_opened(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await player_in(page)
    await expect(page.locator("#facts")).to_have_text(
        "The Mill  ·  3 min  ·  3 speakers  ·  English  ·  captions by the publisher  ·  Open on YouTube"
    )
    link = page.get_by_role("link", name="Open on YouTube")
    assert await link.get_attribute("href") == "https://www.youtube.com/watch?v=abcdefghijk"
