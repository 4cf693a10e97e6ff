from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from sandbox.slack.manifest import Manifest
from tests.slack.local_workspace import JSON, LocalWorkspace, eventually, local_workspace
from tests.slack.transports.bolt import free_port, listening
from tests.slack.transports.consents import BACK, SCOPES, access, ask, code_for, decide, key_in

# The official client uses what newer versions of its HTTP library will not have.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


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
                    key = key_in(await response.text())
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
        scopes=SCOPES,
        installation_store=FileInstallationStore(base_dir=str(folder / "installations")),
        state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(folder / "states")),
        authorization_url=keys["authorize_url"],
        install_page_rendering_enabled=False,
    )
    client = AsyncWebClient(base_url=sandbox.api_url)
    return AsyncApp(client=client, signing_secret=keys["signing_secret"], oauth_settings=settings)


async def test_the_page_names_what_is_asked_and_escapes_it(sandbox: LocalWorkspace) -> None:
    status, page = await ask(sandbox, scope='chat:write,<script>"')
    assert status == 200
    assert "<code>chat:write</code>" in page
    assert "<script>" not in page
    assert "Ada Lovelace" in page


async def test_only_one_workspace_is_offered_when_the_app_asks_for_it(sandbox: LocalWorkspace) -> None:
    await sandbox.another("Other")
    _, both = await ask(sandbox)
    _, one = await ask(sandbox, team="T0SANDBOX02")
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
    status, page = await ask(sandbox, **change)
    assert status == 400
    assert code in page


async def test_redirects_are_held_to_the_manifest() -> None:
    async with local_workspace(manifest=Manifest(redirect_urls=("http://127.0.0.1:9/slack",))) as workspace:
        assert (await ask(workspace))[0] == 200
        assert (await ask(workspace, redirect_uri="http://127.0.0.1:9/slackers"))[0] == 400
        assert (await ask(workspace, redirect_uri="http://127.0.0.1:99/slack"))[0] == 400


async def test_cancel_leads_back_with_the_state(sandbox: LocalWorkspace) -> None:
    _, page = await ask(sandbox)
    status, location = await decide(sandbox, key_in(page), "U0ADA000001", decision="cancel")
    assert status == 302
    assert location == f"{BACK}?error=access_denied&state=s%261"


async def test_a_consent_is_answered_once_and_only_from_its_own_page(sandbox: LocalWorkspace) -> None:
    _, page = await ask(sandbox)
    elsewhere = {"Origin": "http://127.0.0.1:9"}
    form = {"consent": key_in(page), "user": "U0ADA000001", "decision": "allow"}
    async with sandbox.session.post(f"{sandbox.url}/oauth/v2/authorize", data=form, headers=elsewhere) as response:
        assert response.status == 403
    assert (await decide(sandbox, "made up", "U0ADA000001"))[0] == 400
    assert (await decide(sandbox, key_in(page), "U0ADA000001"))[0] == 302
    status, text = await decide(sandbox, key_in(page), "U0ADA000001")
    assert (status, "invalid_consent" in text) == (400, True)


async def test_a_code_works_once_for_ten_minutes_and_its_own_app(sandbox: LocalWorkspace) -> None:
    code = await code_for(sandbox, "U0ADA000001")
    other = await sandbox.control("apps", name="Other app")
    wrong = {"client_id": other["client_id"], "client_secret": other["client_secret"]}
    assert (await access(sandbox, code=code, **wrong))["error"] == "invalid_code"
    assert (await access(sandbox, code=code, client_secret="wrong"))["error"] == "bad_client_secret"
    assert (await access(sandbox, code=code, client_id="1.1"))["error"] == "invalid_client_id"
    assert (await access(sandbox, code=code, redirect_uri="http://127.0.0.1:9/"))["error"] == "bad_redirect_uri"
    assert (await access(sandbox, code=code, grant_type="implicit"))["error"] == "invalid_grant_type"
    assert (await access(sandbox, code=code, redirect_uri=BACK))["ok"]
    assert (await access(sandbox, code=code))["error"] == "invalid_code"
    late = await code_for(sandbox, "U0ADA000001")
    sandbox.clock.advance(601)
    assert (await access(sandbox, code=late))["error"] == "invalid_code"


async def test_client_and_secret_may_come_in_the_form(sandbox: LocalWorkspace) -> None:
    app, code = await sandbox.app(), await code_for(sandbox, "U0ADA000001")
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
    answer = await access(sandbox, code=await code_for(sandbox, ada.id, scope="channels:read", user_scope="chat:write"))
    bot = AsyncWebClient(token=answer["access_token"], base_url=sandbox.api_url)
    assert (await bot.auth_test())["team_id"] == other.info["team"]["id"]
    with pytest.raises(SlackApiError) as refused:
        await bot.chat_postMessage(channel=other.channel("general"), text="x")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["provided"] == "channels:read"
    as_ada = AsyncWebClient(token=answer["authed_user"]["access_token"], base_url=sandbox.api_url)
    assert (await as_ada.chat_postMessage(channel=other.channel("general"), text="as ada"))["message"]["user"] == ada.id
    more = await access(sandbox, code=await code_for(sandbox, ada.id))
    assert more["access_token"] == answer["access_token"]
    assert set(more["scope"].split(",")) == {"channels:read", *SCOPES}
