"""Long lists, scrolling, and lines that break."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.stage import Stage, composer, messages, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_SCROLLER = ".channel-pane .scroller"


async def _fill(stage: Stage, count: int) -> None:
    ada = stage.person("ada")
    for index in range(count):
        await ada.post(stage.channel(), f"message number {index}")


async def _from_bottom(page: Page) -> float:
    return float(
        await page.locator(_SCROLLER).evaluate("list => list.scrollHeight - list.scrollTop - list.clientHeight")
    )


async def test_a_long_list_shows_its_end_and_brings_the_rest_when_scrolled(stage: Stage) -> None:
    await _fill(stage, 150)
    page = await stage.open()
    await expect(messages(page).last).to_contain_text("message number 149")
    assert await messages(page).count() <= 60
    assert await _from_bottom(page) < 2
    await page.locator(_SCROLLER).evaluate("list => { list.scrollTop = 0 }")
    await expect(messages(page).first).to_contain_text("message number 30")
    assert await page.locator(_SCROLLER).evaluate("list => list.scrollTop") > 500


async def test_what_one_reads_stays_put_and_a_pill_tells_of_news(stage: Stage) -> None:
    await _fill(stage, 40)
    page = await stage.open("grace")
    await expect(messages(page)).to_have_count(40)
    await page.locator(_SCROLLER).evaluate("list => { list.scrollTop = 400 }")
    await page.wait_for_timeout(100)
    await stage.person("ada").post(stage.channel(), "the newest")
    pill = page.get_by_role("button", name="New messages")
    await expect(pill).to_be_visible()
    assert await page.locator(_SCROLLER).evaluate("list => list.scrollTop") == 400
    await pill.click()
    await expect(pill).to_be_hidden()
    assert await _from_bottom(page) < 2
    await stage.person("ada").post(stage.channel(), "newer still")
    await expect(messages(page).last).to_contain_text("newer still")
    assert await _from_bottom(page) < 2


async def test_a_line_that_breaks_is_taken_up_again(stage: Stage) -> None:
    page = await stage.open()
    await say(page, "before")
    await expect(messages(page)).to_have_count(1)
    await page.context.set_offline(offline=True)
    await page.evaluate("dispatchEvent(new Event('offline'))")
    await stage.person("grace").post(stage.channel(), "meanwhile")
    await page.context.set_offline(offline=False)
    await expect(messages(page).last).to_contain_text("meanwhile")
    stage.problems.clear()


async def test_a_draft_stays_with_its_channel(stage: Stage) -> None:
    page = await stage.open()
    await composer(page).fill("half a thought")
    await page.locator(".side-row", has_text="research").click()
    await expect(composer(page)).to_have_value("")
    await page.locator(".side-row", has_text="general").click()
    await expect(composer(page)).to_have_value("half a thought")
