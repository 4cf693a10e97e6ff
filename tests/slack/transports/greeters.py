"""The same small app three times: with Bolt, with Bolt for asyncio, and with the bare SDK, each on both transports.

It answers `hello` with a button, the button with a modal, the modal with an error or a message, and `/summarize` with a
sentence.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.app.app import SlackAppDevelopmentServer
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local_workspace import JSON, LocalWorkspace, eventually
from tests.slack.transports.bolt import SIGNING_SECRET, free_port, listening, serving

_APP_TOKEN = "xapp-sandbox"
_WAIT = 60.0
_REFUSED = {"link": "No."}
ERRORS: JSON = {"response_action": "errors", "errors": _REFUSED}
Life = contextlib.AbstractAsyncContextManager[None]


def greeting(event: JSON) -> JSON:
    """The answer to `hello`."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    blocks = [{"type": "actions", "elements": [button]}]
    return {"channel": event["channel"], "thread_ts": event["ts"], "text": "hello to you", "blocks": blocks}


def modal(body: JSON) -> JSON:
    """The answer to the button."""
    field = {"type": "plain_text_input", "action_id": "link"}
    label = {"type": "plain_text", "text": "Link"}
    return {
        "type": "modal",
        "callback_id": "ask",
        "private_metadata": f"{body['channel']['id']} {body['container']['thread_ts']}",
        "title": {"type": "plain_text", "text": "Which?"},
        "submit": {"type": "plain_text", "text": "Go"},
        "blocks": [{"type": "input", "block_id": "link", "element": field, "label": label}],
    }


def thanks(view: JSON) -> JSON | None:
    """The message for a submitted modal, None when what was typed is refused."""
    typed = view["state"]["values"]["link"]["link"]["value"]
    channel, thread_ts = view["private_metadata"].split()
    return None if typed == "bad" else {"channel": channel, "thread_ts": thread_ts, "text": f"thanks for {typed}"}


def _with_bolt(client: WebClient) -> App:
    app = App(client=client, signing_secret=SIGNING_SECRET)

    @app.message("hello")
    def on_hello(event: JSON) -> None:
        client.chat_postMessage(**greeting(event))

    @app.action("go")
    def on_go(ack: Ack, body: JSON) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(body))

    @app.view("ask")
    def on_submit(ack: Ack, view: JSON) -> None:
        message = thanks(view)
        if message is None:
            ack(response_action="errors", errors=_REFUSED)
        else:
            ack()
            client.chat_postMessage(**message)

    @app.command("/summarize")
    def on_command(ack: Ack, command: JSON) -> None:
        ack(f"heard {command['text']}")

    return app


def _with_async_bolt(client: AsyncWebClient) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=SIGNING_SECRET)

    @app.message("hello")
    async def on_hello(event: JSON) -> None:
        await client.chat_postMessage(**greeting(event))

    @app.action("go")
    async def on_go(ack: AsyncAck, body: JSON) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(body))

    @app.view("ask")
    async def on_submit(ack: AsyncAck, view: JSON) -> None:
        message = thanks(view)
        if message is None:
            await ack(response_action="errors", errors=_REFUSED)
        else:
            await ack()
            await client.chat_postMessage(**message)

    @app.command("/summarize")
    async def on_command(ack: AsyncAck, command: JSON) -> None:
        await ack(f"heard {command['text']}")

    return app


async def _with_sdk(client: AsyncWebClient, kind: str, payload: JSON) -> JSON | None:
    """Do what a payload asks for; return the payload of the ack."""
    event = payload.get("event", {})
    if kind == "events_api" and event.get("text") == "hello":
        await client.chat_postMessage(**greeting(event))
    elif kind == "slash_commands":
        return {"text": f"heard {payload['text']}"}
    elif payload.get("type") == "block_actions":
        await client.views_open(trigger_id=payload["trigger_id"], view=modal(payload))
    elif payload.get("type") == "view_submission":
        message = thanks(payload["view"])
        if message is None:
            return ERRORS
        await client.chat_postMessage(**message)
    return None


@contextlib.asynccontextmanager
async def bolt_by_socket(sandbox: LocalWorkspace) -> AsyncIterator[None]:
    """Bolt, threads and the SDK's own WebSocket client."""
    client = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
    app = await asyncio.to_thread(_with_bolt, client)
    handler = SocketModeHandler(app, _APP_TOKEN, ping_interval=1)
    await asyncio.to_thread(handler.connect)
    try:
        await eventually(lambda: sandbox.slack.socket_mode.connections == 1, _WAIT)
        yield
    finally:
        await asyncio.to_thread(handler.close)


@contextlib.asynccontextmanager
async def bolt_by_http(sandbox: LocalWorkspace) -> AsyncIterator[None]:
    """Bolt behind its development server."""
    client = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
    app = await asyncio.to_thread(_with_bolt, client)
    port = free_port()
    server = SlackAppDevelopmentServer(port, "/slack/events", app, http_server_logger_enabled=False)
    running = asyncio.create_task(asyncio.to_thread(server._server.serve_forever, 0.02))
    try:
        await sandbox.over_http(f"http://127.0.0.1:{port}/slack/events")
        yield
    finally:
        await asyncio.to_thread(server._server.shutdown)
        await running
        server._server.server_close()


@contextlib.asynccontextmanager
async def async_bolt_by_socket(sandbox: LocalWorkspace) -> AsyncIterator[None]:
    """Bolt for asyncio over Socket Mode."""
    handler = AsyncSocketModeHandler(_with_async_bolt(sandbox.bot), _APP_TOKEN, ping_interval=1)
    await handler.connect_async()
    try:
        await eventually(lambda: sandbox.slack.socket_mode.connections == 1, _WAIT)
        yield
    finally:
        await handler.close_async()
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def async_bolt_by_http(sandbox: LocalWorkspace) -> AsyncIterator[None]:
    """Bolt for asyncio behind aiohttp."""
    async with listening(_with_async_bolt(sandbox.bot)) as url:
        await sandbox.over_http(url)
        yield


@contextlib.asynccontextmanager
async def sdk_by_socket(sandbox: LocalWorkspace) -> AsyncIterator[None]:
    """The SDK's client for Socket Mode, acks by hand."""
    client = SocketModeClient(app_token=_APP_TOKEN, web_client=sandbox.bot, ping_interval=1)

    async def take(taker: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = await _with_sdk(sandbox.bot, request.type, request.payload)
        await taker.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    client.socket_mode_request_listeners.append(take)
    await client.connect()
    try:
        await eventually(lambda: sandbox.slack.socket_mode.connections == 1, _WAIT)
        yield
    finally:
        await client.close()
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def sdk_by_http(sandbox: LocalWorkspace) -> AsyncIterator[None]:
    """A bare server with the SDK's verifier of signatures."""
    verifier = SignatureVerifier(SIGNING_SECRET)

    async def take(request: web.Request) -> web.Response:
        body = await request.text()
        if not verifier.is_valid_request(body, dict(request.headers)):
            return web.Response(status=401)
        kind, payload = _parsed(request.content_type, body)
        if payload.get("type") == "url_verification":
            return web.Response(text=payload["challenge"])
        answer = await _with_sdk(sandbox.bot, kind, payload)
        return web.json_response(answer) if answer else web.Response()

    application = web.Application()
    application.router.add_post("/", take)
    async with serving(application) as url:
        await sandbox.over_http(f"{url}/")
        yield


def _parsed(content_type: str, body: str) -> tuple[str, JSON]:
    if content_type == "application/json":
        return "events_api", json.loads(body)
    form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    return ("interactive", json.loads(form["payload"])) if "payload" in form else ("slash_commands", form)


GREETERS: list[Callable[[LocalWorkspace], Life]] = [
    bolt_by_socket,
    bolt_by_http,
    async_bolt_by_socket,
    async_bolt_by_http,
    sdk_by_socket,
    sdk_by_http,
]
