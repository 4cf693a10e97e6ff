from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.robot import MODAL, options, plain
from tests.browser.stage import Stage, composer, messages, say
from tests.slack.local_workspace import JSON, eventually

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_CONFIRM: JSON = {
    "title": plain("Delete the recap?"),
    "text": {"type": "mrkdwn", "text": "It goes for *everybody*."},
    "confirm": plain("Delete it"),
    "deny": plain("Keep it"),
    "style": "danger",
}
_CONTROLS: list[JSON] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*A recap*"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "transcript", "text": plain("Full transcript"), "value": "r1"},
            {"type": "button", "action_id": "drop", "text": plain("Delete"), "value": "r1", "confirm": _CONFIRM},
            {"type": "static_select", "action_id": "language", "options": options("English", "German")},
            {"type": "overflow", "action_id": "more", "options": options("Mail", "Print")},
            {"type": "button", "action_id": "retitle", "text": plain("Retitle")},
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            }
        ],
    },
]


async def _post(stage: Stage, blocks: list[JSON]) -> str:
    answer = await stage.workspace.bot.chat_postMessage(channel=stage.channel(), text="a recap", blocks=blocks)
    return str(answer["ts"])


async def test_a_command_is_completed_while_typing_and_answered_in_private(stage: Stage) -> None:
    page, other = await stage.open("ada"), await stage.open("grace")
    await composer(page).press_sequentially("/sum")
    await expect(page.get_by_role("option")).to_contain_text("Recap a recording")
    await composer(page).press("Tab")
    await composer(page).press_sequentially("the talk")
    await composer(page).press("Enter")
    note = messages(page).last
    await expect(note).to_contain_text("Only visible to you")
    await expect(note).to_contain_text("You asked for the talk")
    await expect(messages(other)).to_have_count(0)
    await note.get_by_role("button", name="Dismiss").click()
    await expect(messages(page)).to_have_count(0)


async def test_what_was_offered_while_typing_goes_when_the_command_is_sent(stage: Stage) -> None:
    page = await stage.open()
    await composer(page).press_sequentially("/summarize")
    await expect(page.get_by_role("option")).to_have_count(1)
    await composer(page).press("Enter")
    await expect(messages(page).last).to_contain_text("Only visible to you")
    await expect(composer(page)).to_be_focused()
    await expect(page.get_by_role("option")).to_have_count(0)


async def test_an_unknown_command_stays_in_the_field_with_a_sentence(stage: Stage) -> None:
    page = await stage.open()
    await say(page, "/nonsense please")
    await expect(page.get_by_role("alert").filter(has_text="/nonsense")).to_contain_text("Try /summarize, /form.")
    await expect(composer(page)).to_have_value("/nonsense please")


async def test_buttons_and_menus_reach_the_app(stage: Stage) -> None:
    await _post(stage, _CONTROLS)
    page = await stage.open()
    await page.get_by_role("button", name="Full transcript").click()
    await page.get_by_role("button", name="Choose", exact=True).click()
    await page.get_by_role("menuitemradio", name="German").click()
    await page.get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name="Print").click()
    await page.get_by_role("button", name="Bad").click()
    await expect(page.get_by_role("button", name="Bad")).to_have_attribute("aria-pressed", "true")
    await eventually(lambda: len(stage.robot.actions) == 4)
    by_id = {action["action_id"]: action for action in stage.robot.actions}
    assert by_id["transcript"]["value"] == "r1"
    assert by_id["language"]["selected_option"]["value"] == "german"
    assert by_id["more"]["selected_option"]["value"] == "print"
    assert by_id["feedback"]["value"] == "bad"
    await expect(page.locator(".select")).to_have_text("German")


async def test_a_button_that_asks_first_acts_only_after_yes(stage: Stage) -> None:
    await _post(stage, _CONTROLS)
    page = await stage.open()
    await page.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog", name="Delete the recap?")
    await expect(dialog).to_contain_text("It goes for everybody.")
    await dialog.get_by_role("button", name="Keep it").click()
    assert stage.robot.actions == []
    await page.get_by_role("button", name="Delete", exact=True).click()
    await dialog.get_by_role("button", name="Delete it").click()
    await eventually(lambda: [action["action_id"] for action in stage.robot.actions] == ["drop"])


async def test_an_edit_of_a_message_keeps_the_focus_on_its_button(stage: Stage) -> None:
    await _post(stage, [{"type": "section", "text": plain("Old title")}, *_CONTROLS])
    page = await stage.open()
    await page.get_by_role("button", name="Retitle").press("Enter")
    await expect(page.get_by_text("Old title")).to_have_count(0)
    await expect(page.get_by_role("button", name="Retitle")).to_be_focused()


async def test_an_edit_in_the_moment_of_a_click_loses_neither_the_click_nor_what_was_chosen(stage: Stage) -> None:
    blocks = [{"type": "section", "text": plain("0 %")}, *_CONTROLS]
    ts, general = await _post(stage, blocks), stage.channel()
    page = await stage.open()

    async def edit(words: str) -> None:
        blocks[0] = {"type": "section", "text": plain(words)}
        await stage.workspace.bot.chat_update(channel=general, ts=ts, text=words, blocks=blocks)

    await page.get_by_role("button", name="Bad").click()
    await page.get_by_role("button", name="Full transcript").hover()
    await page.mouse.down()
    await edit("half of it\n50 %")  # with the mark '(edited)', and in more lines: everything would move
    await stage.workspace.bot.chat_postMessage(channel=general, text="and another message")
    await page.wait_for_timeout(300)
    await page.mouse.up()
    await expect(page.get_by_text("50 %")).to_be_visible()
    await eventually(lambda: [action["action_id"] for action in stage.robot.actions] == ["feedback", "transcript"])
    await expect(page.get_by_role("button", name="Bad")).to_have_attribute("aria-pressed", "true")


async def test_a_modal_shows_what_is_wrong_and_goes_when_it_is_right(stage: Stage) -> None:
    page = await stage.open()
    await say(page, "/form")
    modal = page.get_by_role("dialog", name="Ask about it")
    question = modal.get_by_label("Question")
    await expect(question).to_be_focused()
    await modal.get_by_role("button", name="Send").click()
    await expect(question).to_have_attribute("aria-invalid", "true")
    await question.fill("bad")
    await modal.get_by_label("Short").check()
    await modal.get_by_label("Language").select_option("German")
    await modal.get_by_label("Captions").check()
    await modal.get_by_role("button", name="Send").click()
    await expect(modal).to_contain_text("Please ask something else")
    await expect(question).to_be_focused()
    await expect(modal.get_by_label("Short")).to_be_checked()
    await question.fill("Who decided?")
    await modal.get_by_role("button", name="Send").click()
    await expect(modal).to_have_count(0)
    values = stage.robot.submitted[0]
    assert values["question"]["text"]["value"] == "Who decided?"
    assert values["tone"]["pick"]["selected_option"]["value"] == "short"
    assert values["language"]["pick"]["selected_option"]["value"] == "german"
    assert [option["value"] for option in values["extras"]["pick"]["selected_options"]] == ["captions"]
    await expect(composer(page)).to_be_focused()


async def test_escape_closes_a_modal_and_the_app_hears_of_it(stage: Stage) -> None:
    page = await stage.open()
    await say(page, "/form")
    modal = page.get_by_role("dialog", name="Ask about it")
    await expect(modal.get_by_label("Question")).to_be_focused()
    for _ in range(12):
        await page.keyboard.press("Tab")
        assert await modal.evaluate("dialog => dialog.contains(document.activeElement)")
    await page.keyboard.press("Escape")
    await expect(modal).to_have_count(0)
    await eventually(lambda: len(stage.robot.closed) == 1)


async def test_what_was_sent_is_heard_before_escape_closes_all(stage: Stage) -> None:
    ada, slack, sent = stage.person("ada").id, stage.workspace.slack, asyncio.Event()

    async def hold(route: Route) -> None:
        if "view_submission" in (route.request.post_data or ""):
            await sent.wait()
        await route.continue_()

    page = await stage.open()
    await page.route("**/sandbox/actions", hold)
    await say(page, "/form")
    await expect(page.get_by_role("dialog")).to_be_visible()
    slack.views.push(ada, slack.views.checked_modal({**MODAL, "title": plain("And more")}))
    modal = page.get_by_role("dialog", name="And more")
    await modal.get_by_label("Question").fill("Who decided?")
    await modal.get_by_label("Short").check()
    await modal.get_by_role("button", name="Send").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    sent.set()
    await eventually(lambda: [view["title"]["text"] for view in stage.robot.closed] == ["Ask about it"])
    assert [values["question"]["text"]["value"] for values in stage.robot.submitted] == ["Who decided?"]
    assert slack.views.stack(ada) == []
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await say(page, "/form")
    await expect(page.get_by_role("dialog", name="Ask about it")).to_be_visible()


async def test_a_message_shortcut_reaches_the_app(stage: Stage) -> None:
    await stage.person("grace").post(stage.channel(), "a link to a talk")
    page = await stage.open()
    await messages(page).last.hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Summarize this").click()
    await expect(page.locator(".thread-bar")).to_contain_text("1 reply")


async def test_the_app_has_its_own_page_its_status_and_its_prompts(stage: Stage) -> None:
    page, ada, bot = await stage.open(), stage.person("ada"), stage.workspace.bot
    await page.locator(".side-row", has_text="earshot").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("earshot")
    direct = await ada.direct(stage.workspace.info["bot"]["user_id"])
    await bot.assistant_threads_setSuggestedPrompts(
        channel_id=direct, prompts=[{"title": "Recap a talk", "message": "Recap my talk"}]
    )
    await page.get_by_role("button", name="Recap a talk").click()
    await expect(composer(page)).to_have_value("Recap my talk")
    await composer(page).press("Enter")
    await expect(messages(page).last).to_contain_text("Recap my talk")
    ts = str(await messages(page).last.get_attribute("data-ts"))
    await bot.assistant_threads_setStatus(channel_id=direct, thread_ts=ts, status="is listening to it")
    await expect(messages(page).last.locator(".status-line")).to_contain_text("earshot is listening to it")
    await bot.chat_postMessage(channel=direct, thread_ts=ts, text="heard")
    await expect(page.locator(".status-line")).to_have_count(0)
    await page.get_by_role("link", name="Home").click()
    await expect(page.get_by_role("heading", name="Your recaps")).to_be_visible()


async def test_a_streamed_answer_grows_before_ones_eyes(stage: Stage) -> None:
    ada, bot, general = stage.person("ada"), stage.workspace.bot, stage.channel()
    ts = await ada.post(general, "and now?")
    page = await stage.open(route=f"#/{general}/p{ts.replace('.', '')}")
    recipient = {"recipient_user_id": ada.id, "recipient_team_id": stage.workspace.info["team"]["id"]}
    stream = await bot.chat_stream(channel=general, thread_ts=ts, buffer_size=1, **recipient)
    await stream.append(markdown_text="It **grows")
    last = messages(page, ".thread-pane").last
    await expect(last).to_contain_text("It **grows")
    await stream.append(markdown_text=" on**")
    await expect(last.locator("strong")).to_have_text("grows on")
    await stream.stop()
    await expect(page.locator(".streaming")).to_have_count(0)


async def test_an_app_that_is_not_running_is_said_so(stage: Stage) -> None:
    await _post(stage, _CONTROLS)
    page = await stage.open()
    await expect(page.locator(".side-note")).to_have_count(0)
    await stage.disconnect()
    await expect(page.locator(".side-note")).to_contain_text("is not running")
    await page.get_by_role("button", name="Full transcript").click()
    await expect(page.locator(".toast")).to_contain_text("The app is not running")
