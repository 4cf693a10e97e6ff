from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import pytest_asyncio
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore, Installation
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually, local_workspace
from tests.slack.transports.bolt import free_port, listening

# The official client uses what newer versions of its HTTP library will not have.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
_SCOPES = ["channels:history", "chat:write", "commands"]
_BACK = "http://127.0.0.1:9/slack/oauth_redirect"


@pytest_asyncio.fixture
async def rotating() -> AsyncIterator[LocalWorkspace]:
    """A local Slack whose app has token rotation."""
    async with local_workspace(manifest=Manifest(token_rotation=True)) as workspace:
        yield workspace


async def _consent(sandbox: LocalWorkspace, **query: str) -> tuple[int, str]:
    """Ask for authorization and return the status and the page."""
    app = await sandbox.app()
    asked = {"client_id": app["client_id"], "scope": ",".join(_SCOPES), "redirect_uri": _BACK, "state": "s&1", **query}
    async with sandbox.session.get(app["authorize_url"], params=asked) as response:
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        return response.status, await response.text()


def _key(page: str) -> str:
    return str(re.findall(r'name="consent" value="(\w+)"', page)[0])


async def _decide(sandbox: LocalWorkspace, key: str, user: str, decision: str = "allow") -> tuple[int, str]:
    form = {"consent": key, "user": user, "decision": decision}
    url = f"{sandbox.url}/oauth/v2/authorize"
    async with sandbox.session.post(url, data=form, allow_redirects=False) as response:
        return response.status, response.headers.get("Location", await response.text())


async def _code(sandbox: LocalWorkspace, user: str, **query: str) -> str:
    _, page = await _consent(sandbox, **query)
    _, location = await _decide(sandbox, _key(page), user)
    return parse_qs(urlsplit(location).query)["code"][0]


async def _access(sandbox: LocalWorkspace, **arguments: str) -> JSON:
    """Call `oauth.v2.access` with the official client; errors are returned like answers."""
    app = await sandbox.app()
    keys = {"client_id": app["client_id"], "client_secret": app["client_secret"], **arguments}
    try:
        answer = await AsyncWebClient(base_url=sandbox.api_url).oauth_v2_access(**keys)
    except SlackApiError as error:
        return dict(error.response.data)
    assert isinstance(answer.data, dict)
    return answer.data


async def _error(client: AsyncWebClient) -> str:
    try:
        await client.auth_test()
    except SlackApiError as error:
        return str(error.response["error"])
    return "ok"


async def test_bolts_own_flow_installs_an_app_in_a_second_workspace(tmp_path: Path) -> None:
    port, heard = free_port(), list[str]()
    base = f"http://127.0.0.1:{port}"
    manifest = Manifest(redirect_urls=(f"{base}/slack/oauth_redirect",))
    async with local_workspace(manifest=manifest) as sandbox:
        app = _bolt_with_oauth(sandbox, await sandbox.app(), tmp_path)
        other = await sandbox.another("Other", install=False)
        grace, channel, bot = other.person("grace"), other.channel("general"), other.info["bot"]["user_id"]

        @app.event("message")
        async def on_message(event: JSON, client: AsyncWebClient) -> None:
            heard.append((await client.auth_test())["team_id"] + ": " + event["text"])

        async with listening(app, port) as url:
            await sandbox.over_http(url)
            # Browsers, too, send Bolt's secure cookie to a server on the same machine.
            jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=URL(base))
            async with aiohttp.ClientSession(cookie_jar=jar) as browser:
                async with browser.get(f"{base}/slack/install") as response:
                    key = _key(await response.text())
                form = {"consent": key, "user": grace.id, "decision": "allow"}
                async with browser.post(f"{sandbox.url}/oauth/v2/authorize", data=form) as response:
                    assert response.status == 200, await response.text()
                    assert response.url.path == "/slack/oauth_redirect"
            await grace.client.conversations_invite(channel=channel, users=bot)
            await grace.post(channel, "hello from the other side")
            await eventually(lambda: "T0SANDBOX02: hello from the other side" in heard)


def _bolt_with_oauth(sandbox: LocalWorkspace, keys: JSON, folder: Path) -> AsyncApp:
    settings = AsyncOAuthSettings(
        client_id=keys["client_id"],
        client_secret=keys["client_secret"],
        scopes=_SCOPES,
        installation_store=FileInstallationStore(base_dir=str(folder / "installations")),
        state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(folder / "states")),
        authorization_url=keys["authorize_url"],
        install_page_rendering_enabled=False,
    )
    client = AsyncWebClient(base_url=sandbox.api_url)
    return AsyncApp(client=client, signing_secret=keys["signing_secret"], oauth_settings=settings)


async def test_the_page_names_what_is_asked_and_escapes_it(sandbox: LocalWorkspace) -> None:
    status, page = await _consent(sandbox, scope='chat:write,<script>"')
    assert status == 200
    assert "<code>chat:write</code>" in page
    assert "<script>" not in page
    assert "Ada Lovelace" in page


async def test_only_one_workspace_is_offered_when_the_app_asks_for_it(sandbox: LocalWorkspace) -> None:
    await sandbox.another("Other")
    _, both = await _consent(sandbox)
    _, one = await _consent(sandbox, team="T0SANDBOX02")
    assert "U0ADA000001" in both
    assert "U0ADA000001" not in one
    assert "U0ADA000002" in one


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"redirect_uri": "http://192.0.2.1/"}, "bad_redirect_uri"),
    ],
)
async def test_a_wrong_request_gets_a_page_that_says_so(
    sandbox: LocalWorkspace, change: dict[str, str], code: str
) -> None:
    status, page = await _consent(sandbox, **change)
    assert status == 400
    assert code in page


async def test_redirects_are_held_to_the_manifest() -> None:
    async with local_workspace(manifest=Manifest(redirect_urls=("http://127.0.0.1:9/slack",))) as workspace:
        assert (await _consent(workspace))[0] == 200
        assert (await _consent(workspace, redirect_uri="http://127.0.0.1:9/slackers"))[0] == 400
        assert (await _consent(workspace, redirect_uri="http://127.0.0.1:99/slack"))[0] == 400


async def test_cancel_leads_back_with_the_state(sandbox: LocalWorkspace) -> None:
    _, page = await _consent(sandbox)
    status, location = await _decide(sandbox, _key(page), "U0ADA000001", decision="cancel")
    assert status == 302
    assert location == f"{_BACK}?error=access_denied&state=s%261"


async def test_a_consent_is_answered_once_and_only_from_its_own_page(sandbox: LocalWorkspace) -> None:
    _, page = await _consent(sandbox)
    elsewhere = {"Origin": "http://127.0.0.1:9"}
    form = {"consent": _key(page), "user": "U0ADA000001", "decision": "allow"}
    async with sandbox.session.post(f"{sandbox.url}/oauth/v2/authorize", data=form, headers=elsewhere) as response:
        assert response.status == 403
    assert (await _decide(sandbox, "made up", "U0ADA000001"))[0] == 400
    assert (await _decide(sandbox, _key(page), "U0ADA000001"))[0] == 302
    status, text = await _decide(sandbox, _key(page), "U0ADA000001")
    assert (status, "invalid_consent" in text) == (400, True)


async def test_a_code_works_once_for_ten_minutes_and_its_own_app(sandbox: LocalWorkspace) -> None:
    code = await _code(sandbox, "U0ADA000001")
    other = await sandbox.control("apps", name="Other app")
    wrong = {"client_id": other["client_id"], "client_secret": other["client_secret"]}
    assert (await _access(sandbox, code=code, **wrong))["error"] == "invalid_code"
    assert (await _access(sandbox, code=code, client_secret="wrong"))["error"] == "bad_client_secret"
    assert (await _access(sandbox, code=code, client_id="1.1"))["error"] == "invalid_client_id"
    assert (await _access(sandbox, code=code, redirect_uri="http://127.0.0.1:9/"))["error"] == "bad_redirect_uri"
    assert (await _access(sandbox, code=code, grant_type="implicit"))["error"] == "invalid_grant_type"
    assert (await _access(sandbox, code=code, redirect_uri=_BACK))["ok"]
    assert (await _access(sandbox, code=code))["error"] == "invalid_code"
    late = await _code(sandbox, "U0ADA000001")
    sandbox.clock.advance(601)
    assert (await _access(sandbox, code=late))["error"] == "invalid_code"


async def test_client_and_secret_may_come_in_the_form(sandbox: LocalWorkspace) -> None:
    app, code = await sandbox.app(), await _code(sandbox, "U0ADA000001")
    form = {"client_id": app["client_id"], "client_secret": app["client_secret"], "code": code}
    async with sandbox.session.post(f"{sandbox.api_url}oauth.v2.access", data=form) as response:
        answer = await response.json()
    assert answer["ok"]
    assert answer["team"] == {"id": "T0SANDBOX01", "name": "Sandbox"}
    assert answer["authed_user"] == {"id": "U0ADA000001"}
    assert answer["token_type"] == "bot"


async def test_scopes_are_those_that_were_granted(sandbox: LocalWorkspace) -> None:
    other = await sandbox.another(install=False)
    ada = other.person("ada")
    answer = await _access(sandbox, code=await _code(sandbox, ada.id, scope="channels:read", user_scope="chat:write"))
    bot = AsyncWebClient(token=answer["access_token"], base_url=sandbox.api_url)
    assert (await bot.auth_test())["team_id"] == other.info["team"]["id"]
    with pytest.raises(SlackApiError) as refused:
        await bot.chat_postMessage(channel=other.channel("general"), text="x")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["provided"] == "channels:read"
    as_ada = AsyncWebClient(token=answer["authed_user"]["access_token"], base_url=sandbox.api_url)
    assert (await as_ada.chat_postMessage(channel=other.channel("general"), text="as ada"))["message"]["user"] == ada.id
    more = await _access(sandbox, code=await _code(sandbox, ada.id))
    assert more["access_token"] == answer["access_token"]
    assert set(more["scope"].split(",")) == {"channels:read", *_SCOPES}


async def test_a_rotated_token_lives_twelve_hours(rotating: LocalWorkspace) -> None:
    other = await rotating.another(install=False)
    code = await _code(rotating, other.person("ada").id)
    first = await _access(rotating, code=code)
    assert first["expires_in"] == 43_200
    client = AsyncWebClient(token=first["access_token"], base_url=rotating.api_url)
    assert await _error(client) == "ok"
    rotating.clock.advance(43_201)
    assert await _error(client) == "token_expired"
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = await _access(rotating, **refresh)
    client.token = second["access_token"]
    assert await _error(client) == "ok"
    assert (await _access(rotating, **refresh))["error"] == "invalid_refresh_token"


async def test_the_official_rotator_keeps_an_installation_alive(rotating: LocalWorkspace, tmp_path: Path) -> None:
    other, keys = await rotating.another(install=False), await rotating.app()
    first = await _access(rotating, code=await _code(rotating, other.person("ada").id, user_scope="chat:write"))
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
        assert await _error(AsyncWebClient(token=token, base_url=rotating.api_url)) == "ok"
    again = await rotator.perform_token_rotation(installation=renewed, minutes_before_expiration=60 * 24)
    assert again is not None
    assert await _error(AsyncWebClient(token=first["access_token"], base_url=rotating.api_url)) == "token_revoked"


async def test_a_lasting_token_is_exchanged_for_one_that_expires(rotating: LocalWorkspace) -> None:
    keys = await rotating.app()
    ids = {"client_id": keys["client_id"], "client_secret": keys["client_secret"]}
    answer = await rotating.bot.oauth_v2_exchange(token="xoxb-sandbox", **ids)
    assert answer["access_token"].startswith("xoxe.xoxb-1-")
    assert await _error(rotating.bot) == "token_revoked"
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
        assert await _error(sandbox.bot) == "ok"
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
    assert await _error(sandbox.bot) == ("token_revoked" if how == "auth.revoke" else "account_inactive")
    person = sandbox.person("ada")
    general = await person.client.conversations_members(channel=sandbox.channel("general"))
    bot = sandbox.info["bot"]["user_id"]
    assert bot not in general["members"]
    assert (await person.client.users_info(user=bot))["user"]["deleted"]
    assert (await person.command(sandbox.channel("general"), "/x"))["error"] == "app_not_installed"
