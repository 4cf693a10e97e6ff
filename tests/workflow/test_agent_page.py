"""The agent chat as a person meets it: the real bot behind the page, in a real browser, at two widths."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, expect

from services.publishing.slack import SlackPublisher
from tests.browser.conftest import context  # noqa: F401 - a fixture
from tests.browser.stage import DESKTOP, PHONE, messages, say
from tests.fakes.engines import LINES
from tests.workflow.earshot import Earshot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_THREAD = ".thread-pane"
_PATIENCE_MS = 60_000


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=_PATIENCE_MS)


async def _quiet_minute(bot: Earshot) -> None:
    """As if nobody had asked for a while: without room for more sessions in a minute there is no Stop button."""

    async def forget() -> None:
        publisher = (await bot.inside.parts.workspaces.of(bot.workspace.team)).publisher
        assert isinstance(publisher, SlackPublisher)
        publisher.budget._others["agents.sessions.setStatus"]._slots.clear()

    await bot.inside.do(forget())


async def _thread_of(page: Page, words: str) -> Locator:
    root = messages(page).filter(has_text=words).last
    await root.locator(".thread-bar").click()
    thread = page.locator(_THREAD)
    await expect(thread).to_be_visible()
    return thread


@pytest.mark.parametrize(
    ("size", "name"),
    [pytest.param(DESKTOP, "katherine", id="desktop", marks=pytest.mark.soak), pytest.param(PHONE, "alan", id="phone")],
)
async def test_prompts_a_streamed_answer_and_stop(
    context: BrowserContext,  # noqa: F811 - as above
    seen: Earshot,
    size: ViewportSize,
    name: str,
    tmp_path: Path,
) -> None:
    await _quiet_minute(seen)
    person, shots = seen.workspace.person(name), Path(os.environ.get("SHOTS", tmp_path))
    chat = await person.direct(seen.workspace.info["bot"]["user_id"])
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    await page.set_viewport_size(size)
    await page.goto(f"{seen.workspace.url}/?as={person.id}#/{chat}")
    await person.act("home", tab="messages")

    await expect(page.locator(".prompt").first).to_be_visible()
    await page.screenshot(path=shots / f"agent-prompts-{size['width']}.png")

    named = f"evening watch {size['width']}.mp3"
    sound = await seen.tone(60.0, hertz=1200 + size["width"])  # six seconds of listening, to be seen on a busy machine
    await person.share(chat, sound, named)
    thread = await _thread_of(page, named)
    at_work = thread.locator(".status-strip").filter(has_text="is listening to the recording")
    await expect(at_work.get_by_role("button", name="Stop")).to_be_visible()
    await page.screenshot(path=shots / f"agent-listening-{size['width']}.png")
    await expect(thread).to_contain_text("Key points")
    await expect(thread.get_by_role("button", name="Stop")).to_have_count(0)

    await expect(thread).to_contain_text(".vtt")

    await say(page, "Tell me everything that was said, slowly", _THREAD)
    answer = thread.locator(".message").last
    await expect(answer).to_contain_text(LINES[1])
    await page.screenshot(path=shots / f"agent-streaming-{size['width']}.png")
    await thread.get_by_role("button", name="Stop").click()
    await expect(thread).to_contain_text("Stopped, as you asked.")
    await page.screenshot(path=shots / f"agent-stopped-{size['width']}.png")

    await say(page, "When will the lamp be replaced?", _THREAD)
    await expect(thread.locator(".message").last).to_contain_text("third of March")
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing sticks out at the side"
    await page.screenshot(path=shots / f"agent-answer-{size['width']}.png")
    await page.close()
