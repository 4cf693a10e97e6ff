from __future__ import annotations

import json

import pytest
import pytest_asyncio
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.manifest import parse_manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually
from tests.slack.sandbox.app import connected, new_app
from tests.slack.transports.bolt import listening

_POLLS = {
    "display_information": {"name": "Polls"},
    "features": {"slash_commands": [{"command": "/poll", "description": "Ask everybody"}]},
    "oauth_config": {"scopes": {"bot": ["channels:history", "chat:write", "commands", "app_mentions:read"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["message.channels", "app_mention"]},
        "interactivity": {"is_enabled": True},
    },
}


@pytest_asyncio.fixture
async def other(sandbox: LocalWorkspace) -> LocalWorkspace:
    """A second workspace of the same server, with the same app."""
    return await sandbox.another("Other")


async def _refusal(client: AsyncWebClient, method: str, **arguments: object) -> str:
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, data=form)
    return str(refused.value.response["error"])


async def test_ids_and_tokens_are_unique_over_workspaces(sandbox: LocalWorkspace, other: LocalWorkspace) -> None:
    third = await sandbox.another()
    ids = [
        each
        for workspace in (sandbox, other, third)
        for each in (
            workspace.team,
            *workspace.info["bot"].values(),
            *(value for user in workspace.info["users"] for value in (user["id"], user["token"])),
            *(channel["id"] for channel in workspace.info["channels"]),
        )
    ]
    shared = {"A0EARSHOT01"}
    unique = [each for each in ids if each not in shared]
    assert len(unique) == len(set(unique))
    assert (await other.bot.auth_test())["team"] == "Other"


async def test_one_connection_hears_all_workspaces(sandbox: LocalWorkspace, other: LocalWorkspace) -> None:
    bodies = list[JSON]()
    heard = new_app(sandbox)

    @heard.app.middleware
    async def note(body: JSON, next_: object) -> None:
        bodies.append(body)

    async with connected(sandbox, heard.app):
        for workspace in (sandbox, other):
            await workspace.person("ada").post(workspace.channel("general"), "hello")
        await eventually(lambda: len(bodies) == 2)
    assert [body["team_id"] for body in bodies] == ["T0SANDBOX01", "T0SANDBOX02"]
    assert {body["api_app_id"] for body in bodies} == {"A0EARSHOT01"}
    assert [body["authorizations"][0]["user_id"] for body in bodies] == ["U0EARSHOT01", "U0EARSHOT02"]
    assert [body["event"]["user"] for body in bodies] == ["U0ADA000001", "U0ADA000002"]


async def test_the_journal_can_be_of_one_workspace(sandbox: LocalWorkspace, other: LocalWorkspace) -> None:
    await sandbox.bot.chat_postMessage(channel=sandbox.channel("general"), text="here")
    await other.bot.chat_postMessage(channel=other.channel("general"), text="there")
    async with sandbox.session.get(f"{sandbox.url}/sandbox/journal?team={other.team}") as response:
        found = await response.json()
    assert [call["args"]["text"] for call in found["calls"] if call["method"] == "chat.postMessage"] == ["there"]
    assert {call["team"] for call in found["calls"]} == {other.team}


async def test_nothing_of_one_workspace_is_reached_from_another(sandbox: LocalWorkspace, other: LocalWorkspace) -> None:
    ada, there = sandbox.person("ada"), sandbox.channel("general")
    file_id, ts = await ada.share(there, b"secret words", "notes.txt")
    url = str((await sandbox.bot.files_info(file=file_id))["file"]["url_private_download"])
    await sandbox.bot.views_publish(user_id=ada.id, view={"type": "home", "external_id": "h", "blocks": []})
    view = sandbox.slack.views.home(ada.id)
    assert view is not None
    place = {"channel": there, "ts": ts}
    for client in (other.bot, other.person("ada").client):
        assert await _refusal(client, "chat.postMessage", channel=there, text="x") == "channel_not_found"
        assert await _refusal(client, "conversations.history", channel=there) == "channel_not_found"
        assert await _refusal(client, "conversations.replies", **place) == "channel_not_found"
        assert await _refusal(client, "chat.delete", **place) == "channel_not_found"
        assert await _refusal(client, "reactions.add", channel=there, timestamp=ts, name="eyes") == "channel_not_found"
        assert await _refusal(client, "conversations.open", users=ada.id) == "user_not_found"
        assert await _refusal(client, "users.info", user=ada.id) == "user_not_found"
        assert await _refusal(client, "files.info", file=file_id) == "file_not_found"
        headers = {"Authorization": f"Bearer {client.token}"}
        async with sandbox.session.get(url, headers=headers) as response:
            assert response.content_type == "text/html"
            assert "secret" not in await response.text()
    empty = {"type": "home", "blocks": []}
    assert await _refusal(other.bot, "views.update", view_id=view.id, view=empty) == "not_found"
    assert await _refusal(other.bot, "views.update", external_id="h", view=empty) == "not_found"


async def test_the_page_shows_the_workspace_it_is_told(sandbox: LocalWorkspace, other: LocalWorkspace) -> None:
    await other.person("ada").post(other.channel("general"), "only there")
    async with sandbox.session.get(f"{sandbox.url}/sandbox/state?team={other.team}") as response:
        state = await response.json()
    assert state["me"]["id"] == other.person("ada").id
    assert [team["name"] for team in state["teams"]] == ["Sandbox", "Other"]
    assert [message["text"] for message in state["messages"][other.channel("general")]] == ["only there"]
    assert sandbox.channel("general") not in state["messages"]
    async with sandbox.session.get(f"{sandbox.url}/sandbox/state?team=T0NOWHERE") as response:
        assert (await response.json())["error"] == "team_not_found"


async def test_response_addresses_answer_in_their_workspace(sandbox: LocalWorkspace, other: LocalWorkspace) -> None:
    heard = new_app(sandbox)
    addresses = list[str]()

    @heard.app.command("/where")
    async def on_command(ack: AsyncAck, command: JSON) -> None:
        await ack()
        addresses.append(command["response_url"])

    async with connected(sandbox, heard.app):
        await other.person("ada").command(other.channel("general"), "/where")
        body = {"text": "here", "response_type": "in_channel"}
        async with sandbox.session.post(addresses[0], json=body) as response:
            assert response.status == 200
        elsewhere = addresses[0].replace(other.team, sandbox.team)
        async with sandbox.session.post(elsewhere, json=body) as response:
            assert response.status == 404
    assert [each["text"] for each in await other.person("ada").messages(other.channel("general"))] == ["here"]


async def _polls(sandbox: LocalWorkspace) -> tuple[JSON, AsyncWebClient]:
    """Register and install another app; return its keys and its client."""
    keys = await sandbox.control("apps", manifest=_POLLS, install=True)
    token = keys["installations"][0]["bot_token"]
    return keys, AsyncWebClient(token=token, base_url=sandbox.api_url)


async def test_two_apps_in_one_workspace_hear_what_is_theirs(sandbox: LocalWorkspace) -> None:
    keys, polls = await _polls(sandbox)
    mine, theirs = new_app(sandbox), list[JSON]()
    app = AsyncApp(client=polls, signing_secret=keys["signing_secret"])
    ada, general = sandbox.person("ada"), sandbox.channel("general")

    @app.event("message")
    async def on_message(event: JSON) -> None:
        theirs.append(event)

    @app.event("app_mention")
    async def on_mention(event: JSON) -> None:
        theirs.append(event)

    @app.command("/poll")
    async def on_command(ack: AsyncAck) -> None:
        await ack("from the other app")

    async with listening(app) as url, connected(sandbox, mine.app):
        await sandbox.over_http(url, keys["app_id"])
        await ada.post(general, f"<@{keys['installations'][0]['bot_user_id']}> hello")
        await eventually(lambda: len(theirs) == 2 and mine.of("message"))
        assert {event["type"] for event in theirs} == {"message", "app_mention"}
        assert not mine.of("app_mention")
        assert (await ada.command(general, "/poll"))["response"] == {"text": "from the other app"}
    sent = {(each.app, each.transport) for each in sandbox.slack.journal.deliveries}
    assert sent == {("A0EARSHOT01", "socket_mode"), (keys["app_id"], "http")}


async def test_an_app_has_no_hold_of_what_is_another_apps(sandbox: LocalWorkspace) -> None:
    _, polls = await _polls(sandbox)
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    posted = await sandbox.bot.chat_postMessage(channel=general, text="x")
    assert posted["message"]["bot_profile"]["name"] == "earshot"
    asked = await polls.chat_postMessage(channel=general, text="Lunch?")
    assert asked["message"]["bot_profile"]["name"] == "Polls"
    update = {"channel": general, "ts": posted["ts"], "text": "y"}
    assert await _refusal(polls, "chat.update", **update) == "cant_update_message"
    assert await _refusal(polls, "chat.delete", channel=general, ts=posted["ts"]) == "cant_delete_message"
    trigger = sandbox.slack.triggers.new(ada.id)
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
    assert await _refusal(polls, "views.open", trigger_id=trigger, view=modal) == "invalid_trigger_id"
    opened = await sandbox.bot.views_open(trigger_id=trigger, view=modal)
    assert await _refusal(polls, "views.update", view_id=opened["view"]["id"], view=modal) == "not_found"


async def test_a_click_goes_to_the_app_that_posted_the_button(sandbox: LocalWorkspace) -> None:
    keys, polls = await _polls(sandbox)
    app, pressed = AsyncApp(client=polls, signing_secret=keys["signing_secret"]), list[JSON]()
    button = {"type": "button", "text": {"type": "plain_text", "text": "Yes"}, "action_id": "yes", "value": "1"}

    @app.action("yes")
    async def on_yes(ack: AsyncAck, body: JSON) -> None:
        await ack()
        pressed.append(body)

    async with listening(app) as url:
        await sandbox.over_http(url, keys["app_id"])
        blocks = [{"type": "actions", "elements": [button]}]
        posted = await polls.chat_postMessage(channel=sandbox.channel("general"), text="Lunch?", blocks=blocks)
        assert (await sandbox.person("ada").press(sandbox.channel("general"), posted["ts"], "yes"))["ok"]
        await eventually(lambda: pressed)
    assert pressed[0]["api_app_id"] == keys["app_id"]


async def test_manifests_that_are_none_are_refused(sandbox: LocalWorkspace) -> None:
    assert (await sandbox.control("apps", manifest={"x": 1}))["error"] == "invalid_manifest"
    assert parse_manifest(_POLLS).name == "Polls"


async def test_an_app_that_is_installed_nowhere_is_told_nothing(sandbox: LocalWorkspace) -> None:
    empty = await sandbox.another("Empty", install=False)
    await empty.person("ada").post(empty.channel("general"), "is anybody there?")
    assert not [each for each in sandbox.slack.journal.deliveries if each.team == empty.team]
    assert (await empty.person("ada").command(empty.channel("general"), "/x"))["error"] == "app_not_installed"
    answer = await sandbox.install(empty.person("grace").id, scopes=("chat:write", "channels:history"))
    assert answer["authed_user"]["id"] == empty.person("grace").id
    people = (await empty.person("ada").client.users_list())["members"]
    assert answer["bot_user_id"] in {user["id"] for user in people}
