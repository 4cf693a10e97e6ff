from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from sandbox.slack.http_delivery import signature
from sandbox.slack.manifest import Manifest, parse_manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually, local_workspace
from tests.slack.transports.bolt import SIGNING_SECRET, listening, serving
from tests.slack.transports.endpoint import Endpoint, broken, never


async def test_bolt_takes_signed_events_commands_and_clicks(sandbox: LocalWorkspace) -> None:
    app, heard = AsyncApp(client=sandbox.bot, signing_secret=SIGNING_SECRET), list[str]()
    ada, general = sandbox.person("ada"), sandbox.channel("general")

    @app.event("message")
    async def on_message(event: JSON) -> None:
        heard.append(event["text"])

    @app.command("/summarize")
    async def on_command(ack: Callable[..., object], command: JSON) -> None:
        await ack(f"You said {command['text']}")  # type: ignore[misc]

    @app.action("go")
    async def on_click(ack: Callable[..., object], action: JSON) -> None:
        await ack()  # type: ignore[misc]
        heard.append(action["value"])

    async with listening(app) as url:
        await sandbox.over_http(url)
        await ada.post(general, "over HTTP")
        await eventually(lambda: heard)
        assert (await ada.command(general, "/summarize", "a & b"))["response"] == {"text": "You said a & b"}
        button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "pressed"}
        posted = await sandbox.bot.chat_postMessage(
            channel=general, text="x", blocks=[{"type": "actions", "elements": [button]}]
        )
        assert (await ada.press(general, posted["ts"], "go"))["ok"]
        await eventually(lambda: "pressed" in heard)
    deliveries = (await sandbox.journal())["deliveries"]
    assert {delivery["transport"] for delivery in deliveries} == {"http"}
    assert sandbox.slack.socket_mode.connections == 0


async def test_a_modal_is_kept_open_by_the_body_of_the_answer(sandbox: LocalWorkspace) -> None:
    app = AsyncApp(client=sandbox.bot, signing_secret=SIGNING_SECRET)
    ada = sandbox.person("ada")
    field = {"type": "plain_text_input", "action_id": "link"}
    label = {"type": "plain_text", "text": "Link"}
    modal = {
        "type": "modal",
        "callback_id": "ask",
        "title": {"type": "plain_text", "text": "Which?"},
        "submit": {"type": "plain_text", "text": "Go"},
        "blocks": [{"type": "input", "block_id": "link", "element": field, "label": label}],
    }

    @app.shortcut("ask")
    async def on_shortcut(ack: Callable[..., object], body: JSON) -> None:
        await ack()  # type: ignore[misc]
        await sandbox.bot.views_open(trigger_id=body["trigger_id"], view=modal)

    @app.view("ask")
    async def on_submit(ack: Callable[..., object]) -> None:
        await ack(response_action="errors", errors={"link": "No."})  # type: ignore[misc]

    async with listening(app) as url:
        await sandbox.over_http(url)
        assert (await ada.shortcut("ask"))["ok"]
        await eventually(lambda: sandbox.slack.views.stack(ada.id))
        view = sandbox.slack.views.stack(ada.id)[0]
        answer = await ada.submit(view.id, {"link": {"link": {"type": "plain_text_input", "value": "x"}}})
        assert answer["response"] == {"response_action": "errors", "errors": {"link": "No."}}
        assert sandbox.slack.views.stack(ada.id)


async def test_bolt_refuses_another_secret(sandbox: LocalWorkspace) -> None:
    app = AsyncApp(client=sandbox.bot, signing_secret="another")
    async with listening(app) as url:
        answer = await sandbox.control("transport", url=url)
    assert answer == {"ok": False, "error": "url_verification_failed", "reason": "http_error"}


def test_the_signature_is_that_of_the_official_verifier() -> None:
    verifier = SignatureVerifier(SIGNING_SECRET)
    headers = signature(SIGNING_SECRET, '{"ä": 1}')
    assert verifier.is_valid_request('{"ä": 1}', headers)
    assert not verifier.is_valid_request('{"ä": 2}', headers)
    assert not verifier.is_valid_request("", signature(SIGNING_SECRET, "", timestamp=1_700_000_000))


async def test_an_address_that_does_not_answer_the_challenge_is_not_taken(sandbox: LocalWorkspace) -> None:
    async def echo_nothing(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    application = web.Application()
    application.router.add_post("/", echo_nothing)
    async with serving(application) as url:
        assert (await sandbox.control("transport", url=f"{url}/"))["reason"] == "challenge_failed"
    assert (await sandbox.control("transport", url=f"{url}/"))["reason"] == "connection_failed"
    assert sandbox.slack.app.transport.name == "socket_mode"


@pytest.mark.parametrize("url", ["http://192.0.2.1/x", "https://127.0.0.1/x", "http://example.invalid/", "file:///x"])
async def test_only_this_machine_is_called(sandbox: LocalWorkspace, url: str) -> None:
    assert (await sandbox.control("transport", url=url))["error"] == "not_on_this_machine"
    settings = {"event_subscriptions": {"request_url": url, "bot_events": ["message.channels"]}}
    manifest = parse_manifest(
        {
            "display_information": {"name": "Elsewhere"},
            "oauth_config": {"scopes": {"bot": ["channels:history"]}},
            "settings": settings,
        }
    )
    async with local_workspace(manifest=manifest) as workspace:
        await workspace.person("ada").post(workspace.channel("general"), "hello")
        await _failed(workspace, 1)
        assert [each.failed for each in workspace.slack.journal.deliveries] == ["not_on_this_machine"]


async def test_retries_come_at_once_after_a_minute_and_after_five(sandbox: LocalWorkspace) -> None:
    endpoint = Endpoint()
    endpoint.answers.extend([broken, never, broken, broken])
    async with serving(endpoint.application()) as url:
        await sandbox.over_http(f"{url}/slack/events")
        await sandbox.person("ada").post(sandbox.channel("general"), "hello")
        await eventually(lambda: len(endpoint.requests) == 2)
        sandbox.clock.advance(3.1)
        await _failed(sandbox, 2)
        await _turn(sandbox, 58)
        assert len(sandbox.slack.journal.deliveries) == 2
        sandbox.clock.advance(2.1)
        await _failed(sandbox, 3)
        await _turn(sandbox, 298)
        assert len(sandbox.slack.journal.deliveries) == 3
        sandbox.clock.advance(2.1)
        await _failed(sandbox, 4)
        await _turn(sandbox, 900)
        endpoint.silent.set()
    assert endpoint.retries() == [("", ""), ("1", "http_error"), ("2", "http_timeout"), ("3", "http_error")]
    assert len({re.findall(r'"event_id": "(\w+)"', body)[0] for _, body in endpoint.requests}) == 1


async def _failed(sandbox: LocalWorkspace, number: int) -> None:
    """Wait until so many attempts have failed."""
    await eventually(lambda: sum(each.failed is not None for each in sandbox.slack.journal.deliveries) == number)


async def _turn(sandbox: LocalWorkspace, seconds: float) -> None:
    """Turn the clock and let everything that was waiting for it happen."""
    sandbox.clock.advance(seconds)
    for _ in range(20):
        await asyncio.sleep(0)


async def test_an_app_can_ask_for_no_retry(sandbox: LocalWorkspace) -> None:
    endpoint = Endpoint()
    endpoint.answers.append(lambda: web.Response(status=500, headers={"X-Slack-No-Retry": "1"}))
    async with serving(endpoint.application()) as url:
        await sandbox.over_http(f"{url}/slack/events")
        await sandbox.person("ada").post(sandbox.channel("general"), "hello")
        await _failed(sandbox, 1)
        await _turn(sandbox, 900)
    assert endpoint.retries() == [("", "")]


async def test_an_app_that_is_down_is_tried_again(sandbox: LocalWorkspace) -> None:
    endpoint = Endpoint()
    async with serving(endpoint.application()) as url:
        await sandbox.over_http(f"{url}/slack/events")
    await sandbox.person("ada").post(sandbox.channel("general"), "hello")
    deliveries = sandbox.slack.journal.deliveries
    await _failed(sandbox, 2)
    assert [each.failed for each in deliveries] == ["connection_failed", "connection_failed"]
    assert deliveries[1].retry_reason == "connection_failed"
    assert (await sandbox.person("ada").command(sandbox.channel("general"), "/x"))["error"] == "dispatch_failed"


async def test_a_late_answer_to_a_command_is_a_timeout(sandbox: LocalWorkspace) -> None:
    endpoint = Endpoint()
    endpoint.answers.append(never)
    async with serving(endpoint.application()) as url:
        await sandbox.over_http(f"{url}/slack/events")
        typed = asyncio.create_task(sandbox.person("ada").command(sandbox.channel("general"), "/x"))
        await eventually(lambda: endpoint.requests)
        sandbox.clock.advance(3.1)
        assert (await typed)["error"] == "operation_timeout"
        endpoint.silent.set()
    headers, body = endpoint.requests[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "command=%2Fx" in body


async def test_bolt_answers_ssl_check(sandbox: LocalWorkspace) -> None:
    async with listening(AsyncApp(client=sandbox.bot, signing_secret=SIGNING_SECRET)) as url:
        await sandbox.over_http(url)
        assert (await sandbox.control("ssl_check"))["status"] == 200


async def test_the_addresses_of_a_manifest_count() -> None:
    endpoint = Endpoint()
    async with serving(endpoint.application()) as url:
        manifest = parse_manifest(
            {
                "display_information": {"name": "Earshot"},
                "features": {"slash_commands": [{"command": "/one", "description": "x", "url": f"{url}/slack/events"}]},
                "settings": {"interactivity": {"is_enabled": True}, "socket_mode_enabled": False},
            }
        )
        async with local_workspace(manifest=manifest) as workspace:
            ada, general = workspace.person("ada"), workspace.channel("general")
            assert (await ada.command(general, "/one"))["ok"]
            assert (await ada.shortcut("anything"))["error"] == "shortcut_not_found"
    assert len(endpoint.requests) == 1


def test_socket_mode_goes_before_addresses() -> None:
    settings = {"event_subscriptions": {"request_url": "http://127.0.0.1:1/"}, "socket_mode_enabled": True}
    parsed = parse_manifest({"display_information": {"name": "x"}, "settings": settings})
    assert parsed.endpoints is None
    assert Manifest().endpoints is None
