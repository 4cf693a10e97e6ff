"""Going through OAuth by hand and with the official client."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.local_workspace import JSON, LocalWorkspace

SCOPES = ["channels:history", "chat:write", "commands"]
BACK = "http://127.0.0.1:9/slack/oauth_redirect"


async def ask(sandbox: LocalWorkspace, **query: str) -> tuple[int, str]:
    """Ask for authorization and return the status and the page."""
    app = await sandbox.app()
    asked = {"client_id": app["client_id"], "scope": ",".join(SCOPES), "redirect_uri": BACK, "state": "s&1", **query}
    async with sandbox.session.get(app["authorize_url"], params=asked) as response:
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        return response.status, await response.text()


def key_in(page: str) -> str:
    """The key of the consent on a page."""
    return str(re.findall(r'name="consent" value="(\w+)"', page)[0])


async def decide(sandbox: LocalWorkspace, key: str, user: str, decision: str = "allow") -> tuple[int, str]:
    """Answer a consent; return the status and where it leads, or the page that says why not."""
    form = {"consent": key, "user": user, "decision": decision}
    url = f"{sandbox.url}/oauth/v2/authorize"
    async with sandbox.session.post(url, data=form, allow_redirects=False) as response:
        return response.status, response.headers.get("Location", await response.text())


async def code_for(sandbox: LocalWorkspace, user: str, **query: str) -> str:
    """Let a person allow what the app asks for; return the code."""
    _, page = await ask(sandbox, **query)
    _, location = await decide(sandbox, key_in(page), user)
    return parse_qs(urlsplit(location).query)["code"][0]


async def access(sandbox: LocalWorkspace, **arguments: str) -> JSON:
    """Call `oauth.v2.access` with the official client; errors are returned like answers."""
    app = await sandbox.app()
    keys = {"client_id": app["client_id"], "client_secret": app["client_secret"], **arguments}
    try:
        answer = await AsyncWebClient(base_url=sandbox.api_url).oauth_v2_access(**keys)
    except SlackApiError as error:
        return dict(error.response.data)
    assert isinstance(answer.data, dict)
    return answer.data


async def error_of(client: AsyncWebClient) -> str:
    """What `auth.test` answers to a client: an error, or `ok`."""
    try:
        await client.auth_test()
    except SlackApiError as error:
        return str(error.response["error"])
    return "ok"
