"""A small Bolt app on the other side of the page: it answers whatever a person can do there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import JSON, LocalWorkspace

_STEP = {
    "title": "Summarize media",
    "description": "Recaps a link",
    "input_parameters": {"link": {"type": "string", "title": "Link", "is_required": True}},
    "output_parameters": {"gist": {"type": "string", "title": "Gist"}},
}
MANIFEST = Manifest(
    name="Earshot",
    bot_name="earshot",
    description="Hears your recordings out",
    functions={"summarize_media": _STEP},
    commands=(
        {"command": "/summarize", "description": "Recap a recording", "usage_hint": "[link]"},
        {"command": "/form", "description": "Open a form"},
    ),
    shortcuts=({"name": "Summarize this", "type": "message", "callback_id": "summarize_message"},),
    suggested_prompts=({"title": "What can you do?", "message": "Tell me what you can do"},),
)


def plain(text: str) -> JSON:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text}


def options(*texts: str) -> list[JSON]:
    """Return select options whose values are their texts in lower case."""
    return [{"text": plain(text), "value": text.lower()} for text in texts]


MODAL: JSON = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Ask about it"),
    "submit": plain("Send"),
    "close": plain("Never mind"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": plain("Question"),
            "hint": plain("One sentence is enough"),
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "tone",
            "label": plain("Tone"),
            "element": {"type": "radio_buttons", "action_id": "pick", "options": options("Short", "Long")},
        },
        {
            "type": "input",
            "block_id": "language",
            "label": plain("Language"),
            "optional": True,
            "element": {"type": "static_select", "action_id": "pick", "options": options("English", "German")},
        },
        {
            "type": "input",
            "block_id": "extras",
            "label": plain("Extras"),
            "optional": True,
            "element": {"type": "checkboxes", "action_id": "pick", "options": options("Audio", "Captions")},
        },
    ],
}


@dataclass(repr=False)
class Robot:
    """The app and what it was told: actions, submitted values, closed views, events."""

    app: AsyncApp
    actions: list[JSON] = field(default_factory=list)
    submitted: list[JSON] = field(default_factory=list)
    closed: list[JSON] = field(default_factory=list)
    events: list[JSON] = field(default_factory=list)


def new_robot(workspace: LocalWorkspace) -> Robot:
    """Return the app, not connected yet."""
    robot = Robot(AsyncApp(client=workspace.bot))
    _commands(robot)
    _interactions(robot)
    _events(robot)
    return robot


def _commands(robot: Robot) -> None:
    @robot.app.command("/summarize")
    async def summarize(ack: AsyncAck, body: JSON, respond: AsyncRespond) -> None:
        await ack()
        await respond(f"You asked for {body['text']}")

    @robot.app.command("/form")
    async def form(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)


def _interactions(robot: Robot) -> None:
    @robot.app.action(re.compile(".*"))
    async def acted(ack: AsyncAck, body: JSON, action: JSON, client: AsyncWebClient) -> None:
        await ack()
        robot.actions.append(action)
        if action["action_id"] == "retitle":
            message = body["message"]
            channel = body["channel"]["id"]
            await client.chat_update(channel=channel, ts=message["ts"], text="Retitled", blocks=message["blocks"][1:])

    @robot.app.shortcut("summarize_message")
    async def shortcut(ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        ts = body["message"]["ts"]
        await client.chat_postMessage(channel=body["channel"]["id"], thread_ts=ts, text="On it")

    @robot.app.view("form")
    async def submitted(ack: AsyncAck, view: JSON) -> None:
        values = view["state"]["values"]
        if values["question"]["text"]["value"] == "bad":
            await ack(response_action="errors", errors={"question": "Please ask something else"})
            return
        robot.submitted.append(values)
        await ack()

    @robot.app.view_closed("form")
    async def closed(ack: AsyncAck, view: JSON) -> None:
        robot.closed.append(view)
        await ack()


def _events(robot: Robot) -> None:
    @robot.app.event("app_home_opened")
    async def opened(event: JSON, client: AsyncWebClient) -> None:
        robot.events.append(event)
        if event["tab"] == "home":
            view: JSON = {"type": "home", "blocks": [{"type": "header", "text": plain("Your recaps")}]}
            await client.views_publish(user_id=event["user"], view=view)

    @robot.app.event("function_executed")
    async def executed(event: JSON, client: AsyncWebClient) -> None:
        run = event["function_execution_id"]
        if event["inputs"]["link"] == "nowhere":
            await client.functions_completeError(function_execution_id=run, error="There is nothing there")
        else:
            await client.functions_completeSuccess(function_execution_id=run, outputs={"gist": "All is well"})

    @robot.app.event(re.compile(".*"))
    async def heard(event: JSON) -> None:
        robot.events.append(event)
