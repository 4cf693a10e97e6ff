from __future__ import annotations

from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.manifest import Manifest
from sandbox.slack.server import serve
from tests.slack.local_workspace import local_workspace


async def test_workspaces_apps_and_tokens_survive_a_restart(tmp_path: Path) -> None:
    async with local_workspace(state=tmp_path) as first:
        other = await first.another("Other", install=False)
        answer = await first.install(other.person("grace").id, scopes=("chat:write",))
        await other.person("grace").client.conversations_invite(
            channel=other.channel("general"), users=answer["bot_user_id"]
        )
        polls = await first.control("apps", name="Polls", install=True)
        await other.person("ada").post(other.channel("general"), "kept")
    async with local_workspace(state=tmp_path) as again:
        bot = AsyncWebClient(token=answer["access_token"], base_url=again.api_url)
        assert (await bot.auth_test())["team"] == "Other"
        await bot.chat_postMessage(channel=other.channel("general"), text="and written to")
        headers = {"Authorization": f"Bearer {other.person('ada').token}"}
        url = f"{again.api_url}conversations.history?channel={other.channel('general')}"
        async with again.session.get(url, headers=headers) as response:
            texts = [message["text"] for message in (await response.json())["messages"]]
        assert texts[0] == "and written to"
        assert "kept" in texts
        known = await again.app(polls["app_id"])
        assert known["installations"] == polls["installations"]
        assert known["client_secret"] == polls["client_secret"]
        assert (await again.bot.auth_test())["team_id"] == "T0SANDBOX01"


async def test_a_dead_token_stays_dead_and_a_used_refresh_token_used(tmp_path: Path) -> None:
    manifest = Manifest(token_rotation=True)
    async with local_workspace(state=tmp_path, manifest=manifest) as first:
        other = await first.another(install=False)
        tokens = await first.install(other.person("ada").id, scopes=("chat:write",))
        keys = await first.app()
        form = {"client_id": keys["client_id"], "client_secret": keys["client_secret"], "grant_type": "refresh_token"}
        form["refresh_token"] = tokens["refresh_token"]
        async with first.session.post(f"{first.api_url}oauth.v2.access", data=form) as response:
            assert (await response.json())["ok"]
        await first.control("uninstall")
    async with local_workspace(state=tmp_path, manifest=manifest) as again:
        async with again.session.post(f"{again.api_url}oauth.v2.access", data=form) as response:
            assert (await response.json())["error"] == "invalid_refresh_token"
        async with again.session.post(f"{again.api_url}auth.test", data={"token": "xoxb-sandbox"}) as response:
            assert (await response.json())["error"] == "account_inactive"
        async with again.session.post(f"{again.api_url}auth.test", data={"token": tokens["access_token"]}) as response:
            assert (await response.json())["ok"]


async def test_another_token_may_be_given_at_the_next_start(tmp_path: Path) -> None:
    async with local_workspace(state=tmp_path):
        pass
    async with serve(state=tmp_path, bot_token="xoxb-another") as running:
        for token in ("xoxb-another", "xoxb-sandbox"):
            client = AsyncWebClient(token=token, base_url=f"{running.url}/api/")
            assert (await client.auth_test())["ok"]
