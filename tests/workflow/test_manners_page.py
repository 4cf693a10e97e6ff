"""The modals, offers and pointers as a person meets them, on a desk and in a hand, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.axe import axe, serious_findings  # noqa: F401 - a fixture
from tests.browser.conftest import context  # noqa: F401 - a fixture
from tests.browser.stage import DESKTOP, PHONE, messages, say
from tests.workflow.channels import new_channel
from tests.workflow.earshot import Earshot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_PATIENCE_MS = 60_000


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=_PATIENCE_MS)


async def _open(context: BrowserContext, bot: Earshot, channel: str, size: ViewportSize, *, dark: bool) -> Page:  # noqa: F811 - as above
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    await page.set_viewport_size(size)
    await page.emulate_media(color_scheme="dark" if dark else "light")
    await page.goto(f"{bot.workspace.url}/?as={bot.ada.id}#/{channel}")
    await page.locator(".sidebar").wait_for(state="attached")
    return page


async def _fits(page: Page) -> None:
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing sticks out at the side"


@pytest.mark.parametrize(
    ("size", "dark"),
    [pytest.param(DESKTOP, False, id="desktop", marks=pytest.mark.soak), pytest.param(PHONE, True, id="phone")],
)
async def test_a_person_chooses_asks_and_answers_an_offer(
    context: BrowserContext,  # noqa: F811 - as above
    seen: Earshot,
    axe: str,  # noqa: F811 - as above
    tmp_path: Path,
    *,
    size: ViewportSize,
    dark: bool,
) -> None:
    width = size["width"]
    channel = await new_channel(seen, f"page-{width}")
    await seen.ada.share(channel, await seen.tone(3.0, hertz=1600 + width / 100), "Board meeting.mp3")
    page = await _open(context, seen, channel, size, dark=dark)

    await say(page, "/summarize")
    modal = page.get_by_role("dialog")
    await expect(modal).to_contain_text("Or a recording that was shared here")
    await page.screenshot(path=tmp_path / f"ask-{width}.png")
    assert await serious_findings(page, axe) == []
    await modal.get_by_role("button", name="Recap", exact=True).click()
    await expect(modal).to_contain_text("Give me a link, or choose a recording.")
    await page.screenshot(path=tmp_path / f"ask-wrong-{width}.png")

    await modal.get_by_role("button", name="Channel settings").click()
    settings = page.get_by_role("dialog").last
    await expect(settings).to_contain_text("as in every channel where nobody has chosen")
    await _fits(page)
    await page.screenshot(path=tmp_path / f"settings-{width}.png")
    assert await serious_findings(page, axe) == []
    await settings.get_by_role("radio", name=re.compile("^Offer")).check()
    await settings.get_by_role("button", name="Save").click()
    await page.keyboard.press("Escape")
    line = messages(page).filter(has_text="set me to Offer")
    await expect(line).to_be_visible()

    await seen.ada.share(channel, await seen.tone(3.0, hertz=1700 + width / 100), "Stand-up.mp3")
    offer = messages(page).filter(has_text="Shall I recap")
    await expect(offer).to_be_visible()
    await _fits(page)
    await page.screenshot(path=tmp_path / f"offer-{width}.png")
    assert await serious_findings(page, axe) == []
    await offer.get_by_role("button", name="Not now").click()
    await expect(messages(page).filter(has_text="for a day")).to_be_visible()
    await page.close()
