"""Reading along with the spoken summary in a real browser."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Route, expect

from services.vocabulary.recap import Narration, SpeechMark
from tests.browser.player_page import PHONE, watched_page, write_silence
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import Site, player_site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_PATIENCE_MS = 60_000
PARAGRAPHS = (
    ("In short: the spring catalogue is printed on lighter paper.",),
    ("First: Why the paper is late.", "Jonas said: the mill in Graz had a burst pipe.", "The books would be late."),
    ("Next: Old prices on the website.", "Forty customers wrote about a price that no longer exists."),
    ("What is to be done.", "Jonas: Confirm the order with the mill.", "Maya: Send the new cover picture."),
)
SENTENCES = [sentence for paragraph in PARAGRAPHS for sentence in paragraph]
EVERY = 3.0


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=_PATIENCE_MS)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Silence as long as the spoken summary."""
    return write_silence(tmp_path_factory.mktemp("reading") / "summary.wav", EVERY * len(SENTENCES))


@pytest_asyncio.fixture(loop_scope="session")
async def site(sound: Path) -> AsyncIterator[Site]:
    async with player_site(sound) as running:
        running.shelf.spoken = running.shelf.playable
        running.shelf.held = sample_recap().model_copy(update={"narration": narration()})
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, site: Site) -> AsyncIterator[Page]:
    async with watched_page(context, site) as page:
        yield page


def narration(*, marked: bool = True) -> Narration:
    marks = tuple(SpeechMark(start=0.15 + EVERY * n, text=text) for n, text in enumerate(SENTENCES))
    text = "\n\n".join(" ".join(paragraph) for paragraph in PARAGRAPHS)
    return Narration(text=text, language="en", key="n.mp3", duration=27.0, marks=marks if marked else ())


async def test_the_sentence_that_is_heard_is_marked_and_moves_on(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await expect(page.locator(".read p")).to_have_text([" ".join(paragraph) for paragraph in PARAGRAPHS])
    await expect(page.locator(".sentence[aria-current]")).to_have_count(0)
    spoken = page.locator(".spoken audio")
    await spoken.evaluate("(sound) => sound.play()")
    await expect(page.locator(".sentence[aria-current]")).to_have_text(SENTENCES[0])
    await expect(page.locator(".sentence[aria-current]")).to_have_text(SENTENCES[1])
    await spoken.evaluate(f"(sound) => {{ sound.currentTime = {EVERY * len(SENTENCES) - 0.3}; }}")
    await expect(page.locator(".sentence[aria-current]")).to_have_text(SENTENCES[-1])
    await expect(page.locator(".sentence[aria-current]")).to_have_count(0)


async def test_a_press_before_the_recap_has_come_is_not_lost(page: Page, site: Site) -> None:
    async def late(route: Route) -> None:
        await asyncio.sleep(1.5)
        await route.continue_()

    await page.route("**/recap.json", late)
    await page.goto(site.page, wait_until="domcontentloaded")
    await page.locator("#play").click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_click_on_a_sentence_plays_it_and_silences_the_recording(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    await page.get_by_role("link", name=SENTENCES[4]).click()
    await expect(page.locator(".sentence[aria-current]")).to_have_text(SENTENCES[4])
    await expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    spoken = page.locator(".spoken audio")
    assert await spoken.evaluate("(sound) => sound.paused") is False
    at = float(await spoken.evaluate("(sound) => sound.currentTime"))
    assert 0.15 + 4 * EVERY <= at < 0.15 + 5 * EVERY
    assert re.search(r"/r/[^/#]+$", page.url), "the address stays that of the recording"


async def test_a_sentence_can_be_heard_by_the_keyboard(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await page.get_by_role("link", name=SENTENCES[2]).focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".sentence[aria-current]")).to_have_text(SENTENCES[2])


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_the_words_come_with_the_sound(page: Page, site: Site, scheme: str, tmp_path: Path) -> None:
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.goto(site.page)
    await expect(page.locator(".read")).to_be_hidden()
    await page.locator(".spoken audio").evaluate(f"(sound) => {{ sound.currentTime = {7.5 * EVERY}; sound.play(); }}")
    await expect(page.locator(".sentence[aria-current]")).to_have_text(SENTENCES[7])
    await expect(page.locator(".sentence[aria-current]")).to_be_in_viewport(ratio=1)
    box = await page.locator(".read").bounding_box()
    assert box
    assert box["height"] < PHONE["height"] / 3
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await page.screenshot(path=tmp_path / f"reading-{scheme}.png")


async def test_a_voice_that_tells_no_seconds_has_its_words_shown(page: Page, site: Site) -> None:
    assert site.shelf.held
    site.shelf.held = site.shelf.held.model_copy(update={"narration": narration(marked=False)})
    await page.goto(site.page)
    await expect(page.locator(".read p")).to_have_text([" ".join(paragraph) for paragraph in PARAGRAPHS])
    await expect(page.locator(".sentence")).to_have_count(0)
    await page.locator(".spoken audio").evaluate("(sound) => sound.play()")
    await expect(page.locator(".read")).to_be_visible()


async def test_words_of_the_summary_stay_words(page: Page, site: Site) -> None:
    assert site.shelf.held
    hostile = "<img src=x onerror=alert(1)>"
    spoken = Narration(text=hostile, language="en", key="n.mp3", marks=(SpeechMark(start=0, text=hostile),))
    site.shelf.held = site.shelf.held.model_copy(update={"narration": spoken})
    await page.goto(site.page)
    await expect(page.locator(".sentence")).to_have_text(hostile)
    assert await page.locator(".read img").count() == 0
