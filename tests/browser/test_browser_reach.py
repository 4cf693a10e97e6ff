"""On a phone, with the keyboard alone, in the dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.stage import DESKTOP, PHONE, Stage, composer, message_link, messages, outside_window, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_phone_shows_one_pane_at_a_time_with_a_way_back(stage: Stage) -> None:
    ts = await stage.person("grace").post(stage.channel(), "from the train")
    await stage.person("ada").post(stage.channel(), "safe travels", ts)
    page = await stage.open(route="#/", size=PHONE)
    await expect(page.locator(".channel-pane")).to_be_hidden()
    await page.locator(".side-row", has_text="general").click()
    await expect(page.locator(".sidebar")).to_be_hidden()
    await page.locator(".thread-bar").click()
    await expect(page.locator(".channel-pane")).to_be_hidden()
    await say(page, "thanks", ".thread-pane")
    await expect(messages(page, ".thread-pane")).to_have_count(3)
    await page.get_by_role("button", name="Back to the channel").click()
    await expect(page.locator(".thread-bar")).to_contain_text("2 replies")
    await page.get_by_role("link", name="Back to the list").click()
    await expect(page.get_by_role("navigation", name="Channels and direct messages")).to_be_visible()


async def test_the_main_way_works_with_the_keyboard_alone(stage: Stage) -> None:
    page = await stage.open()
    keyboard = page.keyboard
    await keyboard.press("Control+k")
    await keyboard.type("rese")
    await keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("research")
    await expect(composer(page)).to_be_focused()
    await keyboard.type("typed, not clicked")
    await keyboard.press("Enter")
    await expect(messages(page)).to_have_count(1)
    for _ in range(8):
        await keyboard.press("Shift+Tab")
        if await messages(page).last.evaluate("item => item === document.activeElement"):
            break
    await expect(messages(page).last).to_be_focused()
    await keyboard.press("r")
    await keyboard.type("rocket")
    await keyboard.press("Enter")
    await expect(page.locator(".reaction").first).to_contain_text("🚀")
    await messages(page).last.focus()
    await keyboard.press("t")
    await expect(composer(page, ".thread-pane")).to_be_focused()
    await keyboard.type("a reply")
    await keyboard.press("Enter")
    await expect(messages(page, ".thread-pane")).to_have_count(2)
    await keyboard.press("Escape")
    await expect(composer(page)).to_be_focused()


async def test_landmarks_and_labels_are_there_for_a_screen_reader(stage: Stage) -> None:
    ts = await stage.person("grace").post(stage.channel(), "hello")
    page = await stage.open(route=message_link(stage.channel(), ts))
    await expect(page.get_by_role("main")).to_be_visible()
    await expect(page.get_by_role("navigation", name="Channels and direct messages")).to_be_visible()
    await expect(page.get_by_role("log", name="Messages in #general")).to_have_attribute("aria-live", "polite")
    await expect(page.get_by_role("log", name="Thread in #general")).to_be_visible()
    unnamed = await page.evaluate("""() => [...document.querySelectorAll('button, a[href], input, textarea, select')]
        .filter(item => item.checkVisibility() && item.ariaHidden !== 'true')
        .filter(item => !(item.getAttribute('aria-label') || item.textContent.trim() || item.labels?.length))
        .map(item => item.outerHTML)""")
    assert unnamed == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_nothing_sticks_out_however_long_its_words(
    stage: Stage, tmp_path: Path, size: ViewportSize, *, dark: bool
) -> None:
    """The screenshots are there to be looked at."""
    grace, general = stage.person("grace"), stage.channel()
    await grace.post(general, "Supercalifragilisticexpialidocious" * 12)
    await grace.post(general, f"https://example.com/{'path/' * 60}")
    await grace.post(general, "مرحبا بالجميع، هذا تسجيل الاجتماع")
    _, ts = await grace.share(general, b"x" * 2000, "an extraordinarily long name " * 7 + ".bin")
    rows = [[{"type": "raw_text", "text": f"column {index} is wide"} for index in range(9)]] * 3
    await stage.workspace.bot.chat_postMessage(
        channel=general, thread_ts=ts, text="table", blocks=[{"type": "table", "rows": rows}]
    )
    page = await stage.open(route=message_link(general, ts), size=size, dark=dark)
    await expect(messages(page, ".thread-pane")).to_have_count(2)
    await page.screenshot(path=tmp_path / "thread.png")
    assert await outside_window(page) == []
    await page.goto(f"{stage.workspace.url}/#/{general}")
    await expect(messages(page)).to_have_count(4)
    await page.screenshot(path=tmp_path / "channel.png")
    assert await outside_window(page) == []
