"""The player page in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, ViewportSize, expect

from services.player import Playable
from services.publishing.recap_blocks import recap_message
from tests.browser.player_page import DESK, PHONE, watched_page, write_silence
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import Site, player_site
from tests.unit.publishing.slack_rules import shown

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DECISION = sample_recap().transcript.segments[11]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Silence as long as the recap."""
    return write_silence(tmp_path_factory.mktemp("player") / "meeting.wav", sample_recap().transcript.duration)


@pytest_asyncio.fixture(loop_scope="session")
async def site(sound: Path) -> AsyncIterator[Site]:
    async with player_site(sound) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, site: Site) -> AsyncIterator[Page]:
    async with watched_page(context, site) as page:
        yield page


async def position(page: Page) -> float:
    return float(await page.evaluate("document.getElementById('media').currentTime"))


async def test_it_opens_the_second_of_the_link(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t=70")
    await expect(page.locator("#now")).to_have_text("1:10")
    await expect(page.locator(".line[aria-current]")).to_have_text(DECISION.text)
    await expect(page.locator(".line[aria-current]")).to_be_in_viewport()
    await expect(page.locator("#here")).to_have_text("Choosing the lighter stock and the date")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_timestamp_of_the_message_in_slack_plays_its_second(page: Page, site: Site, size: ViewportSize) -> None:
    recap = sample_recap()
    message = shown(recap_message(recap, link=site.links.opener(recap.id, time.time())))
    address = re.search(r"<(\S+)\|0:38>", message)
    assert address
    await page.set_viewport_size(size)
    await page.goto(address[1].replace("http://127.0.0.1", site.url))
    await expect(page.locator("#now")).to_have_text("0:38")
    await expect(page.locator(".line[aria-current]")).to_have_text(recap.transcript.segments[6].text)
    await expect(page.locator(".line[aria-current]")).to_be_in_viewport()
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator("#now")).to_have_text("0:39")


async def test_a_second_may_stand_before_the_hash_too(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}?t=70s")
    await expect(page.locator("#now")).to_have_text("1:10")
    await page.get_by_role("button", name="Copy link").click()
    assert await page.evaluate("navigator.clipboard.readText()") == f"{site.page}#t=70"


@pytest.mark.parametrize(
    ("age", "token", "words"), [(40 * 86_400, None, "This link has run out"), (0, "AAAA.AAAA", "There is nothing here")]
)
async def test_expired_and_forged_links_show_nothing(
    context: BrowserContext, site: Site, age: float, token: str | None, words: str
) -> None:
    site.late = age
    page = await context.new_page()
    answer = await page.goto(f"{site.url}/r/{token}#t=70" if token else f"{site.page}#t=70")
    assert answer
    assert answer.status == (404 if token else 410)
    await expect(page.get_by_role("heading")).to_have_text(words)
    assert DECISION.text not in await page.content()
    await page.close()


async def test_the_spoken_summary_and_the_recording_take_turns(page: Page, site: Site) -> None:
    site.shelf.spoken = site.shelf.playable
    await page.goto(site.page)
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    spoken = page.locator(".spoken audio")
    await spoken.evaluate("(sound) => sound.play()")
    await expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert await spoken.evaluate("(sound) => sound.paused") is False
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert await spoken.evaluate("(sound) => sound.paused") is True


async def test_nobody_is_called_a_speaker_where_it_is_not_known_who_speaks(page: Page, site: Site) -> None:
    recap = sample_recap()
    alone = tuple(segment.model_copy(update={"speaker": 0}) for segment in recap.transcript.segments)
    transcript = recap.transcript.model_copy(update={"speakers": (), "segments": alone})
    site.shelf.held = recap.model_copy(update={"transcript": transcript})
    await page.goto(site.page)
    await expect(page.locator(".line").first).to_be_visible()
    assert "speaker" not in (await page.locator("body").inner_text()).casefold()
    assert await page.locator(".name").count() == 0
    assert await page.locator(".turn").count() >= 4


async def test_chapters_stand_on_the_strip_and_under_the_pointer(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await expect(page.locator("#strip .mark")).to_have_count(3)
    box = await page.locator("#strip").bounding_box()
    assert box
    await page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 5)
    await expect(page.locator("#tip")).to_contain_text("Old prices on the website")
    await page.keyboard.press("n")
    await expect(page.locator("#here")).to_have_text("Choosing the lighter stock and the date")
    await page.keyboard.press("p")
    await expect(page.locator("#here")).to_have_text("Why the paper is late")


async def test_the_keys_are_told(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await expect(page.locator(".line").first).to_be_visible()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    await page.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_recording_with_pictures_shows_them(page: Page, site: Site) -> None:
    assert site.shelf.playable
    site.shelf.playable = Playable(path=site.shelf.playable.path, content_type="video/mp4")
    await page.goto(site.page)
    await expect(page.locator("#screen video")).to_be_visible()


async def test_a_click_on_a_line_plays_it_and_puts_it_into_the_address(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await page.get_by_text(DECISION.text).last.click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert page.url.endswith(f"#t={int(DECISION.start)}")
    assert await position(page) == pytest.approx(DECISION.start, abs=1.5)
    await expect(page.locator(".line[aria-current]")).to_have_text(DECISION.text)


async def test_the_mark_moves_on_with_the_sound(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t={int(DECISION.end) - 1}")
    await expect(page.locator(".line[aria-current]")).to_have_text(DECISION.text)
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator(".line[aria-current]")).to_contain_text("I will confirm the order", timeout=8_000)


async def test_chapters_and_points_play_their_second(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await page.get_by_role("link", name="Old prices on the website").click()
    assert await position(page) == pytest.approx(sample_recap().summary.chapters[2].start, abs=1.5)
    await page.get_by_role("link", name="Jonas: Confirm the order with the mill. (by Thursday)").click()
    assert await position(page) == pytest.approx(sample_recap().transcript.segments[12].start, abs=1.5)


async def test_it_can_be_used_without_a_mouse(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await expect(page.locator("#waiting")).to_have_count(0)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the transcript")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    for _ in range(3):
        await page.keyboard.press("ArrowDown")
    await expect(page.locator(".line").nth(3)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert await position(page) == pytest.approx(sample_recap().transcript.segments[3].start, abs=1.5)
    await page.keyboard.press("k")
    await expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    before = await position(page)
    await page.keyboard.press("l")
    assert await position(page) == pytest.approx(before + 10, abs=0.5)


async def test_a_link_to_the_second_can_be_copied(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t=83")
    await expect(page.locator("#now")).to_have_text("1:23")
    await page.get_by_role("button", name="Copy link").click()
    await expect(page.locator("#toast")).to_have_text("Link to 1:23 copied")
    assert await page.evaluate("navigator.clipboard.readText()") == f"{site.page}#t=83"


async def test_scrolling_away_is_respected_and_undone_by_a_button(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t=150")
    await expect(page.locator(".line[aria-current]")).to_be_in_viewport()
    await page.mouse.move(800, 300)
    await page.mouse.wheel(0, -3_000)
    await expect(page.get_by_role("button", name="Back to what is playing")).to_be_visible()
    await expect(page.locator(".line[aria-current]")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Back to what is playing").click()
    await expect(page.locator(".line[aria-current]")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_phone_shows_everything_without_scrolling_sideways(page: Page, site: Site, scheme: str) -> None:
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.goto(site.page)
    await expect(page.get_by_text("Speaker 3").last).to_be_attached()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for name in ("Play", "Copy link", "Back 10 seconds", "Ahead 10 seconds"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)


async def test_without_the_recording_the_transcript_stays(page: Page, site: Site) -> None:
    site.shelf.playable = None
    await page.goto(site.page)
    await expect(page.locator("#here")).to_contain_text("no longer kept here")
    await expect(page.get_by_text(DECISION.text).last).to_be_visible()
    await expect(page.locator("#play")).to_be_disabled()


async def test_words_of_the_recording_stay_words(page: Page, site: Site) -> None:
    assert site.shelf.held
    first = site.shelf.held.transcript.segments[0].model_copy(update={"text": "<img src=x onerror=alert(1)>"})
    segments = (first, *site.shelf.held.transcript.segments[1:])
    transcript = site.shelf.held.transcript.model_copy(update={"segments": segments})
    site.shelf.held = site.shelf.held.model_copy(update={"transcript": transcript})
    await page.goto(site.page)
    await expect(page.locator(".line").first).to_have_text("<img src=x onerror=alert(1)>")
    assert await page.locator("#transcript img").count() == 0
