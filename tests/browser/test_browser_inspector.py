"""What the inspector shows of the calls and envelopes behind a message."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Locator, Page, expect
from slack_sdk.errors import SlackApiError

from tests.browser.stage import DESKTOP, PHONE, Stage, message_link, messages, outside_window, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def _entries(page: Page) -> Locator:
    return page.locator(".journal summary")


async def _copied(page: Page, label: str) -> object:
    """Press the button that copies a piece of JSON, and return what is on the clipboard."""
    await page.get_by_role("button", name=f"Copy {label}").first.click()
    await expect(page.locator(".toast")).to_contain_text("copied")
    return json.loads(await page.evaluate("navigator.clipboard.readText()"))


async def test_a_message_is_told_by_its_calls_and_envelopes(stage: Stage) -> None:
    grace, general, bot = stage.person("grace"), stage.channel(), stage.workspace.bot
    ts = await grace.post(general, "to be inspected")
    await grace.post(general, "another one")
    page = await stage.open()
    await messages(page).first.hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Inspect").click()
    await expect(_entries(page)).to_have_count(2)
    await expect(_entries(page).nth(0)).to_contain_text("chat.postMessage")
    await expect(_entries(page).nth(0)).to_contain_text("by Grace Hopper")
    await expect(_entries(page).nth(1)).to_contain_text("ack")
    await bot.reactions_add(channel=general, timestamp=ts, name="eyes")
    await expect(page.locator(".journal")).to_contain_text("reactions.add")
    await _entries(page).nth(0).click()
    arguments = await _copied(page, "arguments")
    assert isinstance(arguments, dict)
    assert (arguments["channel"], arguments["text"]) == (general, "to be inspected")
    answer = await _copied(page, "answer")
    assert isinstance(answer, dict)
    assert (answer["ok"], answer["ts"]) == (True, ts)


async def test_attempts_to_deliver_and_what_came_with_the_ack(stage: Stage) -> None:
    await stage.workspace.fault(delivery="lost_ack", times=1, event="message")
    ts = await stage.person("grace").post(stage.channel(), "told twice")
    page = await stage.open(route=f"{message_link(stage.channel(), ts)}/inspect")
    entry = page.locator(".journal .entry", has_text="to the app")
    await expect(entry.locator("summary")).to_contain_text("2 attempts, ack")
    await entry.locator("summary").click()
    attempts = entry.locator(".attempts li")
    await expect(attempts.nth(0)).to_contain_text("fault: lost_ack")
    await expect(attempts.nth(1)).to_contain_text("Retry 1")
    payload = await _copied(page, "payload")
    assert isinstance(payload, dict)
    assert payload["event"]["ts"] == ts


async def test_an_answer_in_private_is_told_by_its_response_address(stage: Stage) -> None:
    page = await stage.open()
    await say(page, "/summarize this")
    await expect(messages(page).last).to_contain_text("Only visible to you")
    await messages(page).last.focus()
    await page.keyboard.press("i")
    await expect(_entries(page)).to_have_count(1)
    await expect(_entries(page)).to_contain_text("response_url")


async def test_the_whole_workspace_is_watched_live_and_filtered(stage: Stage) -> None:
    page = await stage.open()
    await page.locator(".channel-pane .scroller").focus()
    await page.keyboard.press("i")
    await expect(page.get_by_role("heading", name="Inspector")).to_be_visible()
    with pytest.raises(SlackApiError):
        await stage.workspace.bot.chat_postMessage(channel="C0NOWHERE", text="lost")
    await stage.person("grace").post(stage.channel(), "heard")
    await expect(page.locator(".journal")).to_contain_text("channel_not_found")
    await page.get_by_role("combobox", name="What to show").select_option("Problems")
    await expect(_entries(page)).to_have_count(1)
    await page.get_by_role("combobox", name="What to show").select_option("Everything")
    await page.get_by_role("searchbox", name="Filter").fill("heard")
    await expect(page.locator(".journal")).not_to_contain_text("channel_not_found")
    await expect(page.locator(".journal")).to_contain_text("chat.postMessage")
    await page.locator(".side-row", has_text="research").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("research")
    await expect(page.get_by_role("searchbox", name="Filter")).to_have_value("heard")
    await page.get_by_role("button", name="Clear").click()
    await expect(_entries(page)).to_have_count(0)


async def test_what_was_called_stays_text_and_fits_a_phone(stage: Stage) -> None:
    evil = "<img src=x onerror=alert(1)>" + "long" * 80
    ts = await stage.person("grace").post(stage.channel(), evil.replace("<", "&lt;"))
    for size in (PHONE, DESKTOP):
        page = await stage.open(route=f"{message_link(stage.channel(), ts)}/inspect", size=size)
        await _entries(page).nth(0).click()
        await expect(page.locator(".json pre").first).to_contain_text("onerror=alert(1)")
        assert await page.locator(".inspector img").count() == 0
        assert await outside_window(page) == []
    page = stage.pages[0]
    await page.get_by_role("button", name="Back to the channel").click()
    await expect(page.locator(".inspector")).to_have_count(0)
    await expect(messages(page).last).to_contain_text("onerror")
