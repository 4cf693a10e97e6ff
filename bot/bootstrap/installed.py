"""Many workspaces: each is reached with the token that it gave us when somebody installed the app there."""

from __future__ import annotations

import time
from dataclasses import dataclass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bootstrap.workspaces import NOT_INSTALLED, Reach, takes_token
from bot.settings import Settings
from services.publishing.client import slack_client
from services.storage.installations import Installations
from services.storage.oauth_states import OAuthStates
from services.storage.sealing import NEW_KEY, Seal
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.vocabulary.installation import Installation
from services.workflows.workspaces import Workspace

_log = structlog.get_logger(__name__)
# Tokens that change live for 12 hours.
_EARLY_MINUTES = 120
_AGAIN_SECONDS = 60.0


@dataclass(frozen=True)
class Installing:
    """Where installations are written down, and those that are under way."""

    installations: Installations
    states: OAuthStates


class InstalledWorkspaces:
    """The workspaces that are on record, by the token of the moment.

    Each is looked up every time, so that what another process recorded holds here too. Its client is made once and
    gets the new token when that has changed: who has held a `Workspace` for long goes on with what is valid.
    """

    def __init__(self, installations: Installations, *, reach: Reach, rotator: AsyncTokenRotator) -> None:
        self._installations = installations
        self._reach = reach
        self._rotator = rotator
        self._held: dict[str, tuple[AsyncWebClient, Workspace]] = {}
        self._refused: dict[str, float] = {}

    async def of(self, team: str) -> Workspace:
        """The workspace. Raises UserError where nobody has installed the app.

        Where its token ran out, raises OperatorError when Slack gives no new one, RetryableError when it is not there.
        """
        _, workspace = await self._reached(team)
        return workspace

    async def installation(self, team: str) -> Installation | None:
        """What is on record; its token may be about to change."""
        return await self._installations.of(team)

    async def installed(self, team: str) -> bool:
        """Whether the workspace still lets us in. Raises RetryableError where Slack does not say."""
        try:
            client, _ = await self._reached(team)
        except (UserError, OperatorError):
            return False
        return await takes_token(client)

    async def _reached(self, team: str) -> tuple[AsyncWebClient, Workspace]:
        installation = await self._current(team)
        if installation is None:
            self._held.pop(team, None)
            raise UserError(NOT_INSTALLED)
        if team not in self._held:
            budget = self._reach.budgets.of(team)
            made = slack_client(
                installation.token,
                api_url=self._reach.settings.slack_api_url,
                session=self._reach.session,
                budget=budget,
            )
            self._held[team] = made, self._reach.workspace(made, team=team, budget=budget)
        client, workspace = self._held[team]
        client.token = installation.token
        return client, workspace

    async def _current(self, team: str) -> Installation | None:
        """With a fresh token where it was about to run out."""
        held = await self._installations.of(team)
        now = time.time()
        if held is None or held.expires_at is None or held.expires_at > now + _EARLY_MINUTES * 60:
            return held
        if held.expires_at > now and self._refused.get(team, 0.0) > now - _AGAIN_SECONDS:
            return held
        try:
            return await self._installations.renew(team, self._refreshed)
        except (SlackTokenRotationError, SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            self._refused[team] = now
            _log.warning("no new token", team=team, expires_in=round(held.expires_at - now), exc_info=True)
            if held.expires_at > now:
                return held
            if isinstance(error, SlackTokenRotationError):
                raise OperatorError(f"Slack renews the token of {team} no more; install the app there again") from error
            raise RetryableError("Slack cannot be reached for a new token") from error

    async def _refreshed(self, held: Installation) -> Installation | None:
        bot = Bot(
            team_id=held.team,
            bot_token=held.token,
            bot_id=held.bot,
            bot_user_id=held.bot_user,
            bot_refresh_token=held.refresh_token,
            bot_token_expires_at=int(held.expires_at or 0),
            installed_at=0.0,
        )
        fresh = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=_EARLY_MINUTES)
        if fresh is None:
            return None
        _log.info("token renewed", team=held.team)
        return held.model_copy(
            update={
                "token": fresh.bot_token,
                "refresh_token": fresh.bot_refresh_token,
                "expires_at": float(fresh.bot_token_expires_at or 0),
            }
        )


async def open_installed(
    settings: Settings, database: AsyncEngine, reach: Reach
) -> tuple[InstalledWorkspaces, Installing]:
    """The workspaces on record. Raises OperatorError for a setting that is missing or wrong."""
    installations = Installations(database, seal_of(settings))
    if count := await installations.reseal():
        _log.info("tokens sealed with the new key", workspaces=count)
    secret = settings.slack_client_secret
    client = AsyncWebClient(base_url=settings.slack_api_url, session=reach.session, retry_handlers=[])
    rotator = AsyncTokenRotator(
        client_id=settings.slack_client_id or "",
        client_secret=secret.get_secret_value() if secret else "",
        client=client,
    )
    workspaces = InstalledWorkspaces(installations, reach=reach, rotator=rotator)
    return workspaces, Installing(installations, OAuthStates(database))


def seal_of(settings: Settings) -> Seal:
    """What the tokens are sealed with. Raises OperatorError for a setting that is missing or wrong."""
    if settings.slack_client_id is None or settings.slack_client_secret is None:
        raise OperatorError(
            "set both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (see Basic Information of the app), or neither"
        )
    keys = settings.token_key.get_secret_value() if settings.token_key else ""
    if not keys:
        raise OperatorError(f"set TOKEN_KEY: it encrypts the workspaces' tokens; make one with: {NEW_KEY}")
    return Seal([key.strip() for key in keys.split(",")])
