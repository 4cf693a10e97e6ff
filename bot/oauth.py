"""Installing the app in a workspace: Bolt's OAuth flow on our tables, under our pages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urljoin

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.install_pages import HEADERS, failure_page, install_page, success_page
from bot.manifest import INSTALL_PATH, REDIRECT_PATH
from bot.settings import Settings
from services.storage.installations import Installations
from services.storage.oauth_states import LIFETIME_SECONDS, OAuthStates
from services.vocabulary.installation import Installation

_log = structlog.get_logger(__name__)
_TEAM = re.compile(r"[TE][A-Z0-9]{1,31}")
_HTML = {"Content-Type": "text/html; charset=utf-8"}


class _OrganizationError(BoltError):
    """Somebody chose a whole organization, where each workspace has to let us in."""


class _Store(AsyncInstallationStore):
    """The one method that the flow calls."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    async def async_save(self, installation: SlackInstallation) -> None:
        if installation.is_enterprise_install or not installation.team_id:
            raise _OrganizationError
        if not installation.bot_token or not installation.bot_user_id:
            raise BoltError("Slack gave no bot token")
        kept = Installation(
            team=installation.team_id,
            team_name=installation.team_name or "",
            enterprise=installation.enterprise_id,
            app=installation.app_id or "",
            bot=installation.bot_id or "",
            bot_user=installation.bot_user_id,
            scopes=tuple(installation.bot_scopes or ()),
            installed_by=installation.user_id or "",
            expires_at=installation.bot_token_expires_at,
            token=installation.bot_token,
            refresh_token=installation.bot_refresh_token,
        )
        await self._installations.keep(kept)
        _log.info("installed", team=kept.team, scopes=kept.scopes)


class _States(AsyncOAuthStateStore):
    def __init__(self, states: OAuthStates) -> None:
        self._states = states

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:  # noqa: ANN401 - the SDK's own signature
        return await self._states.issue()

    async def async_consume(self, state: str) -> bool:
        return await self._states.consume(state)


class _Flow(AsyncOAuthFlow):
    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        team = (request.query.get("team") or [""])[0]
        known = team if _TEAM.fullmatch(team) else None
        return self.settings.authorize_url_generator.generate(state=state, team=known)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002 - Bolt's own
        return install_page(url, len(self.settings.scopes or ()))


def install_routes(
    settings: Settings,
    *,
    client: AsyncWebClient,
    installations: Installations,
    states: OAuthStates,
    scopes: tuple[str, ...],
) -> list[web.RouteDef]:
    """`/slack/install` and `/slack/oauth_redirect`. Any process takes a person back whom another one sent to Slack."""
    flow = _Flow(client=client, settings=_oauth_settings(settings, installations, states, scopes))
    return [web.get(INSTALL_PATH, _page(flow.handle_installation)), web.get(REDIRECT_PATH, _page(flow.handle_callback))]


def _oauth_settings(
    settings: Settings, installations: Installations, states: OAuthStates, scopes: tuple[str, ...]
) -> AsyncOAuthSettings:
    secret = settings.slack_client_secret
    return AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        scopes=scopes,
        user_scopes=(),
        redirect_uri=f"{settings.public_url}{REDIRECT_PATH}" if settings.public_url else None,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        callback_options=AsyncCallbackOptions(success=_succeeding(settings), failure=_failed),
        authorization_url=urljoin(settings.slack_api_url, "../oauth/v2/authorize"),
        installation_store=_Store(installations),
        state_store=_States(states),
        state_expiration_seconds=LIFETIME_SECONDS,
    )


def _succeeding(settings: Settings) -> Callable[[AsyncSuccessArgs], Awaitable[BoltResponse]]:
    async def succeeded(given: AsyncSuccessArgs) -> BoltResponse:
        there = given.installation
        url = urljoin(settings.slack_api_url, f"../app_redirect?app={there.app_id}&team={there.team_id}")
        cookie = given.settings.state_utils.build_set_cookie_for_deletion()
        body = success_page(there.team_name or "", url)
        return BoltResponse(status=200, headers={**_HTML, "Set-Cookie": cookie}, body=body)

    return succeeded


async def _failed(given: AsyncFailureArgs) -> BoltResponse:
    reason = given.reason
    if reason == "storage_error":
        reason = "organization" if isinstance(given.error, _OrganizationError) else "trouble"
    _log.warning("not installed", reason=given.reason, exc_info=given.error)
    cookie = given.settings.state_utils.build_set_cookie_for_deletion()
    body = failure_page(reason, INSTALL_PATH)
    return BoltResponse(status=given.suggested_status_code, headers={**_HTML, "Set-Cookie": cookie}, body=body)


def _page(
    handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            response = await to_aiohttp_response(await handle(await to_bolt_request(request)))
        except Exception:  # noqa: BLE001 - whatever it was, the person is told
            _log.error("the installation failed", exc_info=True)
            response = web.Response(status=500, text=failure_page("trouble", INSTALL_PATH), content_type="text/html")
        response.headers.update(HEADERS)
        return response

    return answer
