from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from sandbox.slack.manifest import read_manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, local_workspace
from tests.slack.sandbox.app import connected, new_app


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    async with local_workspace(state=tmp_path) as first:
        ada, general = first.person("ada"), first.channel("general")
        parent = await ada.post(general, "a question")
        file_id, _ = await ada.share(general, b"sound", "talk.mp3", thread_ts=parent)
        await first.bot.reactions_add(channel=general, timestamp=parent, name="eyes")
        direct = await ada.direct(first.info["bot"]["user_id"])
        await ada.client.conversations_invite(channel=first.channel("random"), users=first.info["bot"]["user_id"])
        gone = await ada.post(general, "gone")
        await ada.client.chat_delete(channel=general, ts=gone)
    async with local_workspace(state=tmp_path) as second:
        ada = second.person("ada")
        [message, reply] = await ada.thread(general, parent)
        assert message["reply_count"] == 1
        assert message["reactions"][0]["name"] == "eyes"
        assert reply["files"][0]["id"] == file_id
        headers = {"Authorization": f"Bearer {ada.token}"}
        async with second.session.get(reply["files"][0]["url_private"], headers=headers) as response:
            assert await response.read() == b"sound"
        assert await ada.direct(second.info["bot"]["user_id"]) == direct
        random = next(channel for channel in second.info["channels"] if channel["name"] == "random")
        assert second.info["bot"]["user_id"] in random["members"]
        assert await ada.post(general, "newer") > gone
        assert len(await ada.messages(general)) == 2


async def test_what_was_answered_is_on_disk_before_the_answer(tmp_path: Path) -> None:
    async with local_workspace(state=tmp_path) as first:
        ts = await first.person("ada").post(first.channel("general"), "written down")
        async with local_workspace(state=tmp_path) as second:
            assert ts in second.slack.workspace.messages[first.channel("general")]


async def test_info_tells_a_program_all_it_needs(sandbox: LocalWorkspace) -> None:
    info = sandbox.info
    assert info["api_url"] == f"{sandbox.url}/api/"
    assert info["team"] == {"id": "T0SANDBOX01", "name": "Sandbox"}
    assert set(info["bot"]) == {"user_id", "bot_id", "app_id"}
    first = info["channels"][0]
    assert info["users"][0]["id"] in first["members"]
    assert info["bot"]["user_id"] in first["members"]
    assert all(set(user) == {"id", "name", "token"} for user in info["users"])
    client = AsyncWebClient(token=info["users"][0]["token"], base_url=info["api_url"], session=sandbox.session)
    assert (await client.auth_test())["user_id"] == info["users"][0]["id"]
    bot = await sandbox.bot.auth_test()
    assert (bot["user_id"], bot["bot_id"]) == (info["bot"]["user_id"], info["bot"]["bot_id"])


async def test_the_reading_methods_describe_the_workspace(sandbox: LocalWorkspace) -> None:
    bot, ada, general = sandbox.bot, sandbox.person("ada"), sandbox.channel("general")
    assert (await bot.users_info(user=ada.id))["user"]["real_name"] == "Ada Lovelace"
    assert {user["id"] for user in (await bot.users_list())["members"]} >= {ada.id, sandbox.info["bot"]["user_id"]}
    assert (await bot.team_info())["team"]["domain"] == "sandbox"
    assert (await bot.bots_info(bot="B0EARSHOT01"))["bot"]["app_id"] == sandbox.info["bot"]["app_id"]
    listed = await bot.conversations_list(types="public_channel,private_channel")
    assert [channel["name"] for channel in listed["channels"]] == ["general", "research", "random"]
    mine = await bot.users_conversations(types="public_channel")
    assert [channel["name"] for channel in mine["channels"]] == ["general", "research"]
    assert (await bot.conversations_info(channel=general))["channel"]["is_member"] is True
    assert ada.id in (await bot.conversations_members(channel=general))["members"]
    ts = await ada.post(general, "x")
    link = (await bot.chat_getPermalink(channel=general, message_ts=ts))["permalink"]
    assert link == f"{sandbox.url}/archives/{general}/p{ts.replace('.', '')}"
    async with sandbox.session.get(link, allow_redirects=False) as response:
        assert response.headers["Location"] == f"/#channel={general}&ts={ts}"


async def test_names_become_mentions_for_those_who_ask(sandbox: LocalWorkspace) -> None:
    ada, general = sandbox.person("ada"), sandbox.channel("general")
    await ada.client.chat_postMessage(channel=general, text="@earshot see #random, a@b.c", link_names=True)
    await ada.client.chat_postMessage(channel=general, text="@earshot")
    texts = [message["text"] for message in await ada.messages(general)]
    assert texts == ["<@U0EARSHOT01> see <#C0RANDOM001|random>, a@b.c", "@earshot"]


async def _events(response: aiohttp.ClientResponse, count: int) -> list[JSON]:
    found: list[JSON] = []
    while len(found) < count:
        line = (await asyncio.wait_for(response.content.readline(), 5)).decode()
        if line.startswith("data: "):
            found.append(json.loads(line.removeprefix("data: ")))
    return found


async def test_the_page_hears_live_what_its_person_may_see(sandbox: LocalWorkspace) -> None:
    ada, alan, general = sandbox.person("ada"), sandbox.person("alan"), sandbox.channel("general")
    seq = (await alan.state())["seq"]
    params = {"user": alan.id, "since": str(seq)}
    async with sandbox.session.get(f"{sandbox.url}/sandbox/events", params=params) as response:
        assert response.content_type == "text/event-stream"
        await ada.post(sandbox.channel("plans"), "not for alan")
        ts = await ada.post(general, "for all")
        await sandbox.bot.chat_postMessage(channel=general, text="reply", thread_ts=ts)
        [first, reply, parent] = await _events(response, 3)
    assert (first["type"], first["message"]["text"]) == ("message", "for all")
    assert reply["message"]["thread_ts"] == ts
    assert parent["message"]["reply_count"] == 1
    assert first["seq"] < reply["seq"] < parent["seq"]
    async with sandbox.session.get(f"{sandbox.url}/sandbox/events", params=params) as response:
        assert (await _events(response, 1))[0] == first


async def test_a_page_that_was_away_too_long_is_told_to_start_over(sandbox: LocalWorkspace) -> None:
    for since in ("1", "99999999999999"):
        params = {"since": since}
        async with sandbox.session.get(f"{sandbox.url}/sandbox/events", params=params) as response:
            assert (await _events(response, 1))[0]["type"] == "reset"


async def test_the_page_knows_whether_the_app_is_connected(sandbox: LocalWorkspace) -> None:
    ada = sandbox.person("ada")
    assert (await ada.state())["app"]["connected"] is False
    async with connected(sandbox, new_app(sandbox).app):
        assert (await ada.state())["app"]["connected"] is True


async def test_the_state_keeps_private_things_private(sandbox: LocalWorkspace) -> None:
    ada, alan = sandbox.person("ada"), sandbox.person("alan")
    plans = sandbox.channel("plans")
    await ada.post(plans, "secret")
    direct = await ada.direct(sandbox.info["bot"]["user_id"])
    theirs, others = await ada.state(), await alan.state()
    assert plans in theirs["messages"]
    assert direct in theirs["messages"]
    assert plans not in others["messages"]
    assert others["dms"] == []
    assert "random" in {channel["name"] for channel in others["channels"]}


async def test_the_page_has_one_name_so_that_its_cookie_holds_for_files(sandbox: LocalWorkspace) -> None:
    address = sandbox.url.replace("127.0.0.1", "localhost")
    headers = {"Host": address.removeprefix("http://")}
    async with sandbox.session.get(f"{sandbox.url}/?as=U1", headers=headers, allow_redirects=False) as response:
        assert response.headers["Location"] == f"{sandbox.url}/?as=U1"


async def test_another_web_page_gets_nothing(sandbox: LocalWorkspace) -> None:
    port = sandbox.url.rpartition(":")[2]
    foreign: list[tuple[str, str, dict[str, str]]] = [
        ("GET", "/sandbox/info", {"Host": f"evil.example:{port}"}),
        ("POST", "/sandbox/commands", {"Origin": "https://evil.example"}),
        ("POST", "/api/chat.postMessage", {"Origin": "http://127.0.0.1:1"}),
        ("GET", "/api/chat.postMessage", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}),
        ("GET", "/api/auth.test", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}),
    ]
    for verb, path, headers in foreign:
        async with sandbox.session.request(verb, sandbox.url + path, headers=headers) as response:
            assert response.status == 403
    own = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}
    async with sandbox.session.post(f"{sandbox.url}/api/api.test", headers=own) as response:
        assert (await response.json())["ok"]


async def test_the_pages_folder_is_the_only_one_that_is_served(sandbox: LocalWorkspace) -> None:
    for path in ("/../server.py", "/..%2fserver.py", "/%2e%2e/README.md", "/server.py", "//etc/passwd"):
        async with sandbox.session.get(URL(sandbox.url + path, encoded=True)) as response:
            assert response.status == 404


async def test_a_manifest_file_is_read_as_slack_reads_it(tmp_path: Path) -> None:
    content: dict[str, Any] = {
        "display_information": {"name": "Ear Shot", "description": "hears"},
        "features": {
            "bot_user": {"display_name": "ear shot"},
            "slash_commands": [{"command": "/summarize", "description": "d"}],
            "shortcuts": [{"name": "S", "type": "message", "callback_id": "s", "description": "d"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write"], "bot_optional": ["files:read"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}, "interactivity": {"is_enabled": True}},
    }
    path = tmp_path / "manifest.yml"
    await asyncio.to_thread(path.write_text, yaml.safe_dump(content))
    manifest = await asyncio.to_thread(read_manifest, path)
    assert manifest.scopes == frozenset({"chat:write", "files:read"})
    assert manifest.events == frozenset({"app_mention"})
    async with local_workspace(manifest=manifest) as workspace:
        app = (await workspace.person("ada").state())["app"]
        assert (app["name"], app["commands"][0]["command"]) == ("Ear Shot", "/summarize")
        assert (await workspace.bot.auth_test())["user"] == "ear_shot"


async def test_the_client_pings_and_is_answered(sandbox: LocalWorkspace) -> None:
    client = SocketModeClient("xapp-sandbox", web_client=sandbox.bot, ping_interval=0.05)
    await client.connect()
    await asyncio.sleep(0.4)
    assert client.last_ping_pong_time is not None
    assert await client.is_connected()
    await client.close()
