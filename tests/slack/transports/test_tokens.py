from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore, Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually, local_workspace
from tests.slack.transports.bolt import listening
from tests.slack.transports.consents import access, code_for, error_of

# The official client uses what newer versions of its HTTP library will not have.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest_asyncio.fixture
async def rotating() -> AsyncIterator[LocalWorkspace]:
    """A local Slack whose app has token rotation."""
    async with local_workspace(manifest=Manifest(token_rotation=True)) as workspace:
        yield workspace


async def test_a_rotated_token_lives_twelve_hours(rotating: LocalWorkspace) -> None:
    other = await rotating.another(install=False)
    code = await code_for(rotating, other.person("ada").id)
    first = await access(rotating, code=code)
    assert first["expires_in"] == 43_200
    client = AsyncWebClient(token=first["access_token"], base_url=rotating.api_url)
    assert await error_of(client) == "ok"
    rotating.clock.advance(43_201)
    assert await error_of(client) == "token_expired"
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = await access(rotating, **refresh)
    client.token = second["access_token"]
    assert await error_of(client) == "ok"
    assert (await access(rotating, **refresh))["error"] == "invalid_refresh_token"


async def test_the_official_rotator_keeps_an_installation_alive(rotating: LocalWorkspace, tmp_path: Path) -> None:
    other, keys = await rotating.another(install=False), await rotating.app()
    first = await access(rotating, code=await code_for(rotating, other.person("ada").id, user_scope="chat:write"))
    store = FileInstallationStore(base_dir=str(tmp_path))
    installation = Installation(
        team_id=first["team"]["id"],
        user_id=first["authed_user"]["id"],
        bot_token=first["access_token"],
        bot_id="B1",
        bot_user_id=first["bot_user_id"],
        bot_scopes=first["scope"],
        bot_refresh_token=first["refresh_token"],
        bot_token_expires_in=first["expires_in"],
        user_token=first["authed_user"]["access_token"],
        user_scopes=first["authed_user"]["scope"],
        user_refresh_token=first["authed_user"]["refresh_token"],
        user_token_expires_in=first["authed_user"]["expires_in"],
    )
    await store.async_save(installation)
    client = AsyncWebClient(base_url=rotating.api_url)
    rotator = AsyncTokenRotator(client=client, client_id=keys["client_id"], client_secret=keys["client_secret"])
    renewed = await rotator.perform_token_rotation(installation=installation, minutes_before_expiration=60 * 24)
    assert renewed is not None
    for token in (renewed.bot_token, renewed.user_token, first["access_token"]):
        assert await error_of(AsyncWebClient(token=token, base_url=rotating.api_url)) == "ok"
    again = await rotator.perform_token_rotation(installation=renewed, minutes_before_expiration=60 * 24)
    assert again is not None
    assert await error_of(AsyncWebClient(token=first["access_token"], base_url=rotating.api_url)) == "token_revoked"


async def test_a_lasting_token_is_exchanged_for_one_that_expires(rotating: LocalWorkspace) -> None:
    keys = await rotating.app()
    ids = {"client_id": keys["client_id"], "client_secret": keys["client_secret"]}
    answer = await rotating.bot.oauth_v2_exchange(token="xoxb-sandbox", **ids)
    assert answer["access_token"].startswith("xoxe.xoxb-1-")
    assert await error_of(rotating.bot) == "token_revoked"
    with pytest.raises(SlackApiError, match="token_already_exchanged"):
        await rotating.bot.oauth_v2_exchange(token=answer["access_token"], **ids)


@pytest.mark.parametrize("how", ["apps.uninstall", "page", "auth.revoke"])
async def test_whoever_uninstalls_the_app_is_told_and_its_tokens_are_dead(sandbox: LocalWorkspace, how: str) -> None:
    keys, told = await sandbox.app(), list[JSON]()
    app = AsyncApp(client=sandbox.bot, signing_secret=keys["signing_secret"])

    @app.event(re.compile("app_uninstalled|tokens_revoked"))
    async def on_end(event: JSON) -> None:
        told.append(event)

    async with listening(app) as url:
        await sandbox.over_http(url)
        assert await error_of(sandbox.bot) == "ok"
        await sandbox.person("ada").post(sandbox.channel("random"), "wakes up Bolt's authorization")
        if how == "apps.uninstall":
            ids = {"client_id": keys["client_id"], "client_secret": keys["client_secret"]}
            await sandbox.bot.apps_uninstall(**ids)
        elif how == "page":
            assert (await sandbox.control("uninstall", team="T0SANDBOX01"))["ok"]
        else:
            await sandbox.bot.auth_revoke()
        deliveries = sandbox.slack.journal.deliveries
        ends = {"app_uninstalled", "tokens_revoked"}
        await eventually(lambda: ends <= {each.event_type for each in deliveries if each.transport == "http"})
    assert await error_of(sandbox.bot) == ("token_revoked" if how == "auth.revoke" else "account_inactive")
    person = sandbox.person("ada")
    general = await person.client.conversations_members(channel=sandbox.channel("general"))
    bot = sandbox.info["bot"]["user_id"]
    assert bot not in general["members"]
    assert (await person.client.users_info(user=bot))["user"]["deleted"]
    assert (await person.command(sandbox.channel("general"), "/x"))["error"] == "app_not_installed"
