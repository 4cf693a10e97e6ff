"""The player page in a real browser."""

from __future__ import annotations

import shutil
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from tests.fakes.recaps import sample_recap
from tests.unit.player.site import Site, player_site

# One browser for all tests of the module, so all run on one loop.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

DESK = ViewportSize(width=1360, height=860)
PHONE = ViewportSize(width=390, height=844)
DECISION = sample_recap().transcript.segments[11]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Silence as long as the recap."""
    path = tmp_path_factory.mktemp("player") / "meeting.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\0\0" * int(8_000 * sample_recap().transcript.duration))
    return path


@pytest_asyncio.fixture(loop_scope="module")
async def site(sound: Path) -> AsyncIterator[Site]:
    async with player_site(sound) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, site: Site) -> AsyncIterator[Page]:
    """A page that fails the test when it complains, or asks anybody else for anything."""
    complaints: list[str] = []
    context = await browser.new_context(viewport=DESK, reduced_motion="reduce")
    await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page = await context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(site.url) else complaints.append(asked.url))
    yield page
    await context.close()
    assert complaints == []


async def position(page: Page) -> float:
    return float(await page.evaluate("document.getElementById('media').currentTime"))


async def test_it_opens_the_second_of_the_link(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t=70")
    await expect(page.locator("#now")).to_have_text("1:10")
    await expect(page.locator(".line[aria-current]")).to_have_text(DECISION.text)
    await expect(page.locator(".line[aria-current]")).to_be_in_viewport()
    await expect(page.locator("#here")).to_have_text("Choosing the lighter stock and the date")


async def test_a_click_on_a_line_plays_it_and_puts_it_into_the_address(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await page.get_by_text(DECISION.text).last.click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert page.url.endswith(f"#t={int(DECISION.start)}")
    assert await position(page) == pytest.approx(DECISION.start, abs=1.5)
    await expect(page.locator(".line[aria-current]")).to_have_text(DECISION.text)


async def test_the_mark_moves_on_with_the_sound(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t={int(DECISION.end)}")
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
