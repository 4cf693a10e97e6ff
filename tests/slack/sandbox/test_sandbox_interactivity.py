from __future__ import annotations

import asyncio

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually, local_workspace
from tests.slack.sandbox.app import connected

MODAL: JSON = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": {"type": "plain_text", "text": "Question"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
BUTTONS: list[JSON] = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "7"},
            {
                "type": "static_select",
                "action_id": "pick",
                "options": [
                    {"text": {"type": "plain_text", "text": "One"}, "value": "1"},
                    {"text": {"type": "plain_text", "text": "Two"}, "value": "2"},
                ],
            },
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "good"},
                "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"},
            }
        ],
    },
]


def _app(sandbox: LocalWorkspace) -> AsyncApp:
    return AsyncApp(client=sandbox.bot)


async def test_a_command_is_answered_by_its_ack_and_by_later_responses(sandbox: LocalWorkspace) -> None:
    app, bodies = _app(sandbox), []

    @app.command("/summarize")
    async def summarize(ack: AsyncAck, body: JSON, respond: AsyncRespond) -> None:
        bodies.append(body)
        await ack("at work")
        await respond("done", response_type="in_channel")
        await respond("between us")

    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, app):
        answer = await ada.command(general, "/summarize", "the talk")
        await eventually(lambda: len(sandbox.slack.workspace.ephemeral) == 2)
    assert answer["ok"]
    assert answer["response"] == {"text": "at work"}
    assert bodies[0]["text"] == "the talk"
    assert bodies[0]["user_id"] == ada.id
    assert bodies[0]["channel_name"] == "general"
    state = await ada.state()
    assert {message["text"] for message in state["ephemeral"][general]} == {"at work", "between us"}
    assert [message["text"] for message in await ada.messages(general)] == ["done"]


async def test_a_response_address_works_five_times_and_for_half_an_hour(sandbox: LocalWorkspace) -> None:
    app, responders = _app(sandbox), []

    @app.command("/summarize")
    async def summarize(ack: AsyncAck, respond: AsyncRespond) -> None:
        responders.append(respond)
        await ack()

    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, app):
        assert (await ada.command(general, "/summarize"))["response"] is None
        answers = [(await responders[0]("again")).status_code for _ in range(6)]
        await ada.command(general, "/summarize")
        sandbox.clock.advance(1801)
        late = await responders[1]("too late")
    assert answers == [200, 200, 200, 200, 200, 404]
    assert "expired_url" in late.body


async def test_what_no_app_answers_is_said_so(sandbox: LocalWorkspace) -> None:
    app = _app(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")

    @app.command("/slow")
    async def slow(ack: AsyncAck) -> None:
        sandbox.clock.advance(3.1)
        await asyncio.sleep(0.1)
        await ack()

    assert (await ada.command(general, "/slow"))["error"] == "dispatch_failed"
    async with connected(sandbox, app):
        assert (await ada.command(general, "/slow"))["error"] == "operation_timeout"
    assert (await ada.act("commands", channel="C0", command="/slow"))["error"] == "channel_not_found"


async def test_only_what_the_manifest_names_can_be_used(sandbox: LocalWorkspace) -> None:
    manifest = Manifest(commands=({"command": "/summarize"},), shortcuts=(), interactive=False)
    async with local_workspace(manifest=manifest) as narrow:
        ada, general = narrow.person("ada"), narrow.channel("general")
        ts = (await narrow.bot.chat_postMessage(channel=general, text="x", blocks=BUTTONS))["ts"]
        assert (await ada.command(general, "/other"))["error"] == "invalid_command"
        assert (await ada.shortcut("summarize_message", general, ts))["error"] == "shortcut_not_found"
        assert (await ada.press(general, ts, "go"))["error"] == "interactivity_disabled"


async def test_pressed_elements_arrive_with_their_values(sandbox: LocalWorkspace) -> None:
    app, actions = _app(sandbox), []

    async def note(ack: AsyncAck, body: JSON, action: JSON) -> None:
        await ack()
        actions.append({**action, "container": body["container"], "state": body["state"]})

    for name in ("go", "pick", "feedback"):
        app.action(name)(note)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    async with connected(sandbox, app):
        ts = (await sandbox.bot.chat_postMessage(channel=general, text="choose", blocks=BUTTONS))["ts"]
        assert (await ada.press(general, ts, "go"))["ok"]
        assert (await ada.press(general, ts, "pick", selected_option="2"))["ok"]
        assert (await ada.press(general, ts, "feedback", value="bad"))["ok"]
        assert (await ada.press(general, ts, "pick", selected_option="3"))["error"] == "invalid_choice"
        assert (await ada.press(general, ts, "nothing"))["error"] == "action_not_found"
        assert (await ada.press(general, "1.000001", "go"))["error"] == "message_not_found"
        before = (await ada.thread(general, ts))[0]["blocks"]
        await sandbox.bot.chat_update(channel=general, ts=ts, text="choose now", blocks=BUTTONS)
        assert (await ada.press(general, ts, "go", block_id=before[0]["block_id"]))["ok"]
    go, pick, feedback, late = actions
    assert late["value"] == "7"
    assert late["block_id"] != before[0]["block_id"]
    assert (go["type"], go["value"]) == ("button", "7")
    assert go["container"]["message_ts"] == ts
    assert pick["selected_option"]["text"]["text"] == "Two"
    assert pick["state"]["values"][pick["block_id"]]["pick"]["selected_option"]["value"] == "2"
    assert (feedback["type"], feedback["value"]) == ("feedback_buttons", "bad")


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_an_action_may_replace_or_delete_its_message(sandbox: LocalWorkspace, ephemeral: bool) -> None:  # noqa: FBT001 - parameter
    app = _app(sandbox)
    deeds: list[JSON] = [{"text": "replaced", "replace_original": True, "blocks": BUTTONS}, {"delete_original": True}]

    @app.action("go")
    async def go(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(**deeds.pop(0))

    ada, general, bot = sandbox.person("ada"), sandbox.channel("general"), sandbox.bot
    if ephemeral:
        posted = await bot.chat_postEphemeral(channel=general, user=ada.id, text="choose", blocks=BUTTONS)
        ts, place = posted["message_ts"], sandbox.slack.workspace.ephemeral
    else:
        ts = (await bot.chat_postMessage(channel=general, text="choose", blocks=BUTTONS))["ts"]
        place = sandbox.slack.workspace.messages[general]
    async with connected(sandbox, app):
        await ada.press(general, ts, "go")
        await eventually(lambda: place[ts].text == "replaced")
        await ada.press(general, ts, "go")
        await eventually(lambda: ts not in place)


async def test_a_modal_is_opened_filled_in_and_submitted(sandbox: LocalWorkspace) -> None:
    app, submitted = _app(sandbox), []

    @app.shortcut("ask")
    async def ask(ack: AsyncAck, body: JSON) -> None:
        await ack()
        await sandbox.bot.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("ask")
    async def take(ack: AsyncAck, view: JSON) -> None:
        text = view["state"]["values"]["question"]["text"]["value"]
        submitted.append(text)
        if text == "what?":
            await ack(response_action="errors", errors={"question": "Say more"})
        else:
            await ack()

    ada = sandbox.person("ada")
    async with connected(sandbox, app):
        assert (await ada.shortcut("ask"))["ok"]
        await eventually(lambda: sandbox.slack.views.stack(ada.id))
        [view] = (await ada.state())["views"]
        empty = await ada.submit(view["id"], {})
        short = await ada.submit(view["id"], {"question": {"text": {"type": "plain_text_input", "value": "what?"}}})
        still_open = (await ada.state())["views"]
        good = await ada.submit(view["id"], {"question": {"text": {"type": "plain_text_input", "value": "what now?"}}})
    assert list(empty["errors"]) == ["question"]
    assert short["response"] == {"response_action": "errors", "errors": {"question": "Say more"}}
    assert len(still_open) == 1
    assert good == {"ok": True, "response": None}
    assert (await ada.state())["views"] == []
    assert submitted == ["what?", "what now?"]


async def test_modals_are_pushed_updated_and_closed(sandbox: LocalWorkspace) -> None:
    app, closed = _app(sandbox), []
    button = {"type": "button", "action_id": "deeper", "text": {"type": "plain_text", "text": "Deeper"}}
    deep = {**MODAL, "blocks": [{"type": "actions", "elements": [button]}]}

    @app.shortcut("ask")
    async def ask(ack: AsyncAck, body: JSON) -> None:
        await ack()
        await sandbox.bot.views_open(trigger_id=body["trigger_id"], view=deep)

    @app.action("deeper")
    async def deeper(ack: AsyncAck, body: JSON) -> None:
        await ack()
        try:
            await sandbox.bot.views_push(trigger_id=body["trigger_id"], view=deep)
        except SlackApiError as error:
            closed.append(error.response["error"])

    @app.view_closed("ask")
    async def note(ack: AsyncAck, body: JSON) -> None:
        await ack()
        closed.append(body["view"]["id"])

    ada = sandbox.person("ada")
    async with connected(sandbox, app):
        await ada.shortcut("ask")
        for depth in (1, 2, 3):
            await eventually(lambda depth=depth: len(sandbox.slack.views.stack(ada.id)) == depth)  # type: ignore[misc]
            top = sandbox.slack.views.stack(ada.id)[-1]
            await ada.act("actions", view_id=top.id, action_id="deeper")
        await eventually(lambda: closed == ["push_limit_reached"])
        updated = await sandbox.bot.views_update(view_id=top.id, hash=top.hash, view=MODAL)
        assert updated["view"]["id"] == top.id
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await sandbox.bot.views_update(view_id=top.id, hash="old", view=MODAL)
        await ada.act("actions", view_id=top.id, type="view_closed")
        assert len((await ada.state())["views"]) == 2
        below = (await ada.state())["views"][-1]["id"]
        await ada.act("actions", view_id=below, type="view_closed", is_cleared=True)
    assert (await ada.state())["views"] == []
    assert closed[1:] == [top.id, below]


async def test_a_trigger_works_once_and_for_three_seconds(sandbox: LocalWorkspace) -> None:
    app, triggers = _app(sandbox), []

    @app.shortcut("ask")
    async def ask(ack: AsyncAck, body: JSON) -> None:
        triggers.append(body["trigger_id"])
        await ack()

    ada = sandbox.person("ada")
    async with connected(sandbox, app):
        await ada.shortcut("ask")
        await ada.shortcut("ask")
    await sandbox.bot.views_open(trigger_id=triggers[0], view=MODAL)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await sandbox.bot.views_open(trigger_id=triggers[0], view=MODAL)
    sandbox.clock.advance(3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await sandbox.bot.views_open(trigger_id=triggers[1], view=MODAL)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await sandbox.bot.views_open(trigger_id="1.2.3", view=MODAL)


async def test_a_message_shortcut_works_where_the_app_is_not(sandbox: LocalWorkspace) -> None:
    app, bodies = _app(sandbox), []

    @app.message_shortcut("summarize_message")
    async def summarize(ack: AsyncAck, body: JSON, respond: AsyncRespond) -> None:
        bodies.append(body)
        await ack()
        await respond("invite me first")

    ada, random = sandbox.person("ada"), sandbox.channel("random")
    async with connected(sandbox, app):
        ts = await ada.post(random, "a talk")
        assert (await ada.shortcut("summarize_message", random, ts))["ok"]
        await eventually(lambda: sandbox.slack.workspace.ephemeral)
    assert bodies[0]["message"]["text"] == "a talk"
    assert bodies[0]["channel"] == {"id": random, "name": "random"}
    assert (await ada.state())["ephemeral"][random][0]["text"] == "invite me first"


async def test_the_home_tab_is_opened_and_published(sandbox: LocalWorkspace) -> None:
    app = _app(sandbox)
    home = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Welcome"}}]}

    @app.event("app_home_opened")
    async def welcome(event: JSON) -> None:
        await sandbox.bot.views_publish(user_id=event["user"], view=home)

    ada = sandbox.person("ada")
    async with connected(sandbox, app):
        assert (await ada.act("home", tab="home"))["channel"].startswith("D")
        await eventually(lambda: sandbox.slack.views.home(ada.id))
    assert (await ada.state())["home"]["blocks"][0]["text"]["text"] == "Welcome"
    assert (await sandbox.person("grace").state())["home"] is None
