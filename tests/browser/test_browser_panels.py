"""What opens at the side and in dialogs: the app's profile, canvases, a workflow step."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.stage import PHONE, Stage, messages, outside_window
from tests.slack.local_workspace import eventually

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def _canvas(stage: Stage, markdown: str) -> tuple[str, str]:
    """A canvas that the channel may read: its id and its permalink."""
    bot = stage.workspace.bot
    content = {"type": "markdown", "markdown": markdown}
    made = await bot.canvases_create(title="Transcript", document_content=content)
    canvas = str(made["canvas_id"])
    await bot.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[stage.channel()])
    return canvas, str((await bot.files_info(file=canvas))["file"]["permalink"])


async def test_the_apps_profile_says_what_it_is_and_leads_to_its_pages(stage: Stage) -> None:
    await stage.workspace.bot.chat_postMessage(channel=stage.channel(), text="here I am")
    page = await stage.open()
    await messages(page).last.get_by_role("link", name="earshot").click()
    panel = page.get_by_role("complementary", name="About Earshot")
    for words in (
        "Hears your recordings out",
        "Running, 1 connection",
        "/summarize [link]",
        "Summarize this",
        "Installed by Ada",
    ):
        await expect(panel).to_contain_text(words)
    await panel.get_by_role("button", name="Open Home").click()
    await expect(page.get_by_role("heading", name="Your recaps")).to_be_visible()
    await page.get_by_role("link", name="About Earshot").click()
    await panel.get_by_role("button", name="Send a message").click()
    await expect(page.locator(".composer-field")).to_be_visible()
    await stage.disconnect()
    await page.get_by_role("link", name="About Earshot").click()
    await expect(panel.locator(".about-state")).to_have_text("Not running")


async def test_the_app_is_removed_and_installed_again(stage: Stage) -> None:
    page = await stage.open(route=f"#/{stage.channel()}/about", size=PHONE)
    await page.get_by_role("button", name="Remove from this workspace").click()
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(page.locator(".about-state")).to_have_text("Not installed in this workspace")
    assert (await stage.workspace.app())["installations"] == []
    assert await outside_window(page) == []
    await page.get_by_role("button", name="Install again").click()
    token = str(await page.locator(".token").text_content())
    (installation,) = (await stage.workspace.app())["installations"]
    assert installation["bot_token"] == token
    stage.workspace.bot.token = token
    assert (await stage.workspace.bot.auth_test())["ok"]


async def test_a_canvas_opens_beside_the_channel_as_text(stage: Stage) -> None:
    canvas, permalink = await _canvas(stage, "# Who said what\n\n**Ada:** <img src=x onerror=alert(1)>\n\n- one")
    await stage.workspace.bot.chat_postMessage(channel=stage.channel(), text=f"See <{permalink}|the transcript>")
    page = await stage.open()
    await page.get_by_role("link", name="the transcript").click()
    panel = page.locator(".file-panel")
    await expect(panel.locator("h2")).to_have_text("Transcript")
    await expect(panel.get_by_role("heading", name="Who said what")).to_be_visible()
    await expect(panel).to_contain_text("<img src=x onerror=alert(1)>")
    assert await panel.locator("img").count() == 0
    await page.keyboard.press("Escape")
    await expect(panel).to_have_count(0)
    phone = await stage.open(route=f"#/file/{canvas}", size=PHONE)
    await expect(phone.locator(".file-panel")).to_contain_text("Who said what")
    assert await outside_window(phone) == []


async def test_a_canvas_of_others_stays_theirs(stage: Stage) -> None:
    made = await stage.workspace.bot.canvases_create(
        title="Private", document_content={"type": "markdown", "markdown": "x"}
    )
    page = await stage.open(route=f"#/file/{made['canvas_id']}")
    await expect(page.locator(".file-panel").get_by_role("alert")).to_contain_text("you may not see it")


async def _run_step(page: Page, link: str) -> None:
    await page.get_by_role("textbox", name="Link").fill(link)
    await page.get_by_role("button", name="Run", exact=True).click()


async def test_a_workflow_step_is_run_and_its_end_is_shown(stage: Stage) -> None:
    page = await stage.open()
    await page.locator(".brand-names").click()
    await page.get_by_role("menuitem", name="Run a workflow step").click()
    await _run_step(page, "https://example.com/talk")
    await expect(page.locator(".step-result")).to_contain_text('"gist": "All is well"')
    await _run_step(page, "nowhere")
    await expect(page.locator(".step-result")).to_contain_text("Failed: There is nothing there")


async def test_an_answer_is_stopped_by_the_person(stage: Stage) -> None:
    ada, bot = stage.person("ada"), stage.workspace.bot
    direct = await ada.direct(stage.workspace.info["bot"]["user_id"])
    ts = await ada.post(direct, "tell me everything")
    session = {"channel_id": direct, "thread_ts": ts}
    await bot.api_call("agents.sessions.setStatus", json={**session, "status": "processing"})
    stream = await bot.chat_stream(channel=direct, thread_ts=ts, buffer_size=1)
    await stream.append(markdown_text="It all began")
    page = await stage.open(route=f"#/{direct}/p{ts.replace('.', '')}", size=PHONE)
    await expect(page.locator(".thread-pane .streaming")).to_contain_text("It all began")
    assert await outside_window(page) == []
    await page.get_by_role("button", name="Stop").click()
    await expect(page.locator(".streaming")).to_have_count(0)
    await expect(page.get_by_role("button", name="Stopping…")).to_be_disabled()
    await eventually(lambda: "agent_session_stopped" in [event["type"] for event in stage.robot.events], 60)
    await bot.api_call("agents.sessions.setStatus", json={**session, "status": "active"})
    await expect(page.locator(".stop-button")).to_have_count(0)
