"""The whole product as a person meets it: the real bot behind the page, in a real browser."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.conftest import context  # noqa: F401 - a fixture
from tests.browser.stage import DESKTOP, PHONE, composer, messages, say
from tests.replay import CAPTIONED
from tests.workflow.earshot import Earshot, until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_THREAD = ".thread-pane"
# Nothing here is about speed, and a machine that tests much at once is slow.
_PATIENCE_MS = 60_000


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=_PATIENCE_MS)


async def _open(context: BrowserContext, bot: Earshot, size: ViewportSize = DESKTOP) -> Page:  # noqa: F811 - as above
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    await page.set_viewport_size(size)
    await page.goto(f"{bot.workspace.url}/?as={bot.ada.id}#/{bot.general}")
    await page.locator(".sidebar").wait_for(state="attached")
    return page


async def _open_thread(page: Page, words: str) -> Locator:
    root = messages(page).filter(has_text=words).last
    await root.locator(".thread-bar").click()
    thread = page.locator(_THREAD)
    await expect(thread).to_be_visible()
    return thread


async def _heard(player: Locator) -> None:
    await player.evaluate("player => player.play()")
    async with asyncio.timeout(60):
        while await player.evaluate("player => player.currentTime") < 0.2:  # noqa: ASYNC110 - the browser has no event for it
            await asyncio.sleep(0.05)


async def test_share_watch_play_ask_and_every_button(context: BrowserContext, seen: Earshot) -> None:  # noqa: F811 - as above
    page = await _open(context, seen)
    sound = await seen.tone(30.0, hertz=905)
    chosen = {"name": "weekly.mp3", "mimeType": "audio/mpeg", "buffer": sound}
    await page.locator(".channel-pane input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    await expect(page.locator(".tray-item").first).to_contain_text("ready to send")
    words = "what we said on Tuesday"  # no words of a recap: those may stand in the channel, too
    await say(page, words)
    await expect(messages(page).filter(has_text=words)).to_contain_text("weekly.mp3")
    shared = (await seen.ada.messages(seen.general))[-1]["ts"]
    await until(lambda: seen.replies(shared))  # so that a failure says whether the bot or the page was silent

    thread = await _open_thread(page, words)
    await expect(thread).to_contain_text("Cancel")
    await expect(thread).to_contain_text("%")
    await thread.get_by_role("button", name="Cancel").click()
    await expect(thread).to_contain_text("Stopped")
    await thread.get_by_role("button", name="Start again").click()
    await expect(thread).to_contain_text("Key points")

    spoken = thread.locator(".message").filter(has_text="Spoken summary").locator("audio")
    await expect(spoken).to_be_visible(timeout=30_000)
    await _heard(spoken)

    await say(page, "When will the lamp be replaced?", _THREAD)
    await expect(thread).to_contain_text("The lamp will be replaced on the third of March")

    await thread.get_by_role("button", name="Full transcript").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("paint the tower white")
    await page.keyboard.press("Escape")

    await thread.get_by_role("button", name="Ask a question").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("textarea, input[type=text]").first.fill("Who will order the new lamp?")
    await dialog.get_by_role("button", name="Ask").click()
    await expect(thread).to_contain_text("I will order the new lamp tomorrow")

    async with context.expect_page() as opened:
        await thread.get_by_role("button", name="Play and read along").first.click()
    player = await opened.value
    await expect(player.locator("body")).to_contain_text("paint the tower white")
    await player.close()

    await thread.get_by_role("button", name="Delete").first.click()
    confirm = page.get_by_role("dialog")
    if await confirm.count():
        await confirm.get_by_role("button", name="Delete").click()
    await expect(thread).not_to_contain_text("Key points")
    await page.close()


@pytest.mark.parametrize(
    "size", [pytest.param(DESKTOP, id="desktop", marks=pytest.mark.soak), pytest.param(PHONE, id="phone")]
)
async def test_a_pasted_link_becomes_a_card_and_a_recap(
    context: BrowserContext,  # noqa: F811 - as above
    seen: Earshot,
    size: ViewportSize,
    tmp_path: Path,
) -> None:
    video = replace(CAPTIONED, id=f"shown{size['width']:06}")  # a second link to the same would only be pointed to it
    seen.outside.add(video)
    page = await _open(context, seen, size)
    words = f"our talk at {size['width']}"
    await say(page, f"{words} https://youtu.be/{video.id}?t=12")
    thread = await _open_thread(page, words)
    await expect(thread).to_contain_text("Key points")
    await expect(thread).to_contain_text("You linked")
    await expect(composer(page, _THREAD)).to_be_visible()
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing sticks out at the side"
    await page.screenshot(path=tmp_path / f"link-{size['width']}.png")
    await page.close()
