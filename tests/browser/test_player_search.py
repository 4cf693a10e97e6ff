"""Search in the transcript of the player page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import cycle, islice

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, ViewportSize, expect

from services.vocabulary.transcript import Segment
from tests.browser.player_page import DESK, PHONE, watched_page
from tests.fakes.recaps import sample_recap
from tests.unit.player.site import Site, player_site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# What the page marks as the match that is looked at, as all matches, and how many those are.
HERE = """[...CSS.highlights.get('found-here')].map(
    (mark) => `${mark.startContainer.parentNode.dataset.index}:${mark.startOffset}`)"""
WORDS = """[...CSS.highlights.get('found')].map(
    (mark) => mark.startContainer.data.slice(mark.startOffset, mark.endOffset))"""
MARKED = "CSS.highlights.get('found').size"


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Site]:
    async with player_site() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, site: Site) -> AsyncIterator[Page]:
    async with watched_page(context, site) as page:
        yield page


def hold(site: Site, *texts: str) -> None:
    """Let the recording say these."""
    recap = sample_recap()
    segments = tuple(
        Segment(id=number, speaker=0, start=number * 2.0, end=number * 2.0 + 2, text=text)
        for number, text in enumerate(texts)
    )
    transcript = recap.transcript.model_copy(
        update={"segments": segments, "speakers": (), "duration": len(texts) * 2.0}
    )
    bare = recap.summary.model_copy(update={"chapters": (), "points": (), "action_items": (), "decisions": ()})
    site.shelf.held = recap.model_copy(update={"transcript": transcript, "summary": bare})


async def search(page: Page, words: str) -> None:
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type(words)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_all_matches_are_counted_and_gone_through_in_a_circle(page: Page, site: Site, size: ViewportSize) -> None:
    await page.set_viewport_size(size)
    await page.goto(site.page)
    await expect(page.locator(".line").first).to_be_visible()
    await search(page, "bologna")
    await expect(page.locator("#found")).to_have_text("1 of 1")
    await page.keyboard.press("Control+a")
    await page.keyboard.type("LIGHTER st")
    await expect(page.locator("#found")).to_have_text("1 of 3")
    assert await page.evaluate(MARKED) == 3
    assert await page.evaluate(HERE) == ["5:13"]
    await page.keyboard.press("Enter")
    assert await page.evaluate(HERE) == ["6:9"]
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.press("Shift+Enter")
    await expect(page.locator("#found")).to_have_text("3 of 3")
    assert await page.evaluate(HERE) == ["11:42"]
    await expect(page.locator(".line").nth(11)).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="Next match").click()
    await expect(page.locator("#found")).to_have_text("1 of 3")


async def test_enter_does_not_wait_for_the_typing_to_rest(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await expect(page.locator(".line").first).to_be_visible()
    found = await page.get_by_role("searchbox").evaluate(
        """field => {
            field.value = "lighter stock";
            field.dispatchEvent(new Event("input"));
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
            return document.getElementById("found").textContent;
        }"""
    )
    assert found == "1 of 3"
    await expect(page.locator("#found")).to_have_text("1 of 3")


async def test_nothing_found_is_said_and_escape_ends_the_search(page: Page, site: Site) -> None:
    await page.goto(site.page)
    await expect(page.locator(".line").first).to_be_visible()
    await search(page, "giraffe")
    await expect(page.locator("#found")).to_have_text("No match")
    await expect(page.get_by_role("button", name="Next match")).to_be_disabled()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("searchbox")).to_have_value("")
    await expect(page.locator("#found")).to_have_text("")
    assert await page.evaluate(MARKED) == 0


async def test_letters_in_the_field_are_no_commands(page: Page, site: Site) -> None:
    await page.goto(f"{site.page}#t=30")
    await expect(page.locator(".line").first).to_be_visible()
    await search(page, "k j l / ? c")
    await expect(page.get_by_role("searchbox")).to_have_value("k j l / ? c")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_accents_and_case_do_not_matter_and_places_stay_right(page: Page, site: Site) -> None:
    hold(site, "İstanbul 😀 ÉCOLE école", "Größe <b>ecole</b>", "東京の学校", "")
    await page.goto(site.page)
    await expect(page.locator(".line").first).to_be_visible()
    await search(page, "Ecole")
    await expect(page.locator("#found")).to_have_text("1 of 3")
    assert await page.evaluate(WORDS) == ["ÉCOLE", "école", "ecole"]
    await page.keyboard.press("Control+a")
    await page.keyboard.type("学校")
    await expect(page.locator("#found")).to_have_text("1 of 1")


SEEN = """(index) => {
    const line = document.querySelector(`.line[data-index="${index}"]`);
    const { top, bottom } = line?.getBoundingClientRect() ?? { top: -1 };
    return top >= 0 && bottom <= innerHeight && document.getElementById("found").textContent;
}"""


async def seen(page: Page, index: int) -> str:
    """What the search says when that line is in sight. Playwright's own waiting reads a whole page at every look."""
    for _ in range(100):
        said = await page.evaluate(SEEN, index)
        if said is not False:
            return str(said)
        await asyncio.sleep(0.2)
    raise AssertionError(f"line {index} did not come into sight")


async def test_ten_thousand_lines_can_be_searched_and_played(page: Page, site: Site) -> None:
    said = [*islice(cycle(segment.text for segment in sample_recap().transcript.segments), 9_999), "Zebra."]
    hold(site, *said)
    await page.goto(f"{site.page}#t=12000")
    assert await seen(page, 6_000) == ""
    await page.keyboard.press("/")
    await page.keyboard.type("zebra")
    await page.keyboard.press("Enter")
    assert await seen(page, 9_999) == "1 of 1"
    await page.keyboard.press("Control+a")
    await page.keyboard.type("the")
    await page.keyboard.press("Enter")
    assert await seen(page, 0) == f"1 of {sum(text.casefold().count('the') for text in said)}"


async def test_silence_has_nothing_to_search(page: Page, site: Site) -> None:
    hold(site)
    await page.goto(site.page)
    await expect(page.get_by_text("Nobody speaks in this recording.")).to_be_visible()
    await expect(page.locator("#search")).to_be_hidden()
