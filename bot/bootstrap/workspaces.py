"""How workspaces are reached: with the one token of the settings, or each with its own (`installed`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from services.media.slack_directory import SlackDirectory
from services.media.slack_files import SlackFiles
from services.media.slack_shares import SlackShares
from services.publishing import WorkspaceBudget
from services.publishing.client import slack_client
from services.publishing.slack import SlackPublisher
from services.publishing.slack_canvases import SlackCanvases
from services.publishing.surfaces import SlackSurfaces
from services.storage.posts import Posts
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.vocabulary.installation import Installation
from services.workflows.workspaces import Workspace, Workspaces

NOT_INSTALLED = "Earshot is not installed in this workspace."
# What Slack answers to a token that a workspace took back; other refusals say nothing about that.
_TAKEN_BACK = {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}


class Roster(Workspaces, Protocol):
    """The workspaces, and by what they let us in."""

    async def installation(self, team: str) -> Installation | None:
        """What the workspace gave us; None where nobody has installed the app (any more). Asks no Slack."""
        ...


class Budgets:
    """What each workspace takes from us in a minute, divided among the processes."""

    def __init__(self) -> None:
        self._budgets: dict[str, WorkspaceBudget] = {}
        self._workers = 1

    def of(self, team: str) -> WorkspaceBudget:
        """The one of that workspace, as long as the process lives."""
        if team not in self._budgets:
            self._budgets[team] = WorkspaceBudget()
            self._budgets[team].share(self._workers)
        return self._budgets[team]

    def share(self, workers: int) -> None:
        """So many processes share each of them from now on."""
        self._workers = workers
        for budget in self._budgets.values():
            budget.share(workers)


@dataclass(frozen=True)
class Reach:
    """What every workspace is reached with. `may_write` is asked right before each write."""

    settings: Settings
    posts: Posts
    may_write: Callable[[], bool]
    session: aiohttp.ClientSession
    budgets: Budgets

    def workspace(self, client: AsyncWebClient, *, team: str, budget: WorkspaceBudget) -> Workspace:
        """One workspace, by a client that holds its token."""
        publisher = SlackPublisher(
            client, team=team, posts=self.posts, budget=budget, may_write=self.may_write, session=self.session
        )
        files = SlackFiles(client, session=self.session, max_bytes=self.settings.max_megabytes << 20)
        shares = SlackShares(client)
        directory = SlackDirectory(client, team=team, shares=shares)
        return Workspace(
            publisher=publisher,
            files=files,
            shares=shares,
            directory=directory,
            surfaces=SlackSurfaces(client),
            canvases=SlackCanvases(client, team=team, posts=self.posts),
        )


class OneWorkspace:
    """The workspace that the token of the settings belongs to."""

    def __init__(self, installation: Installation, client: AsyncWebClient, workspace: Workspace) -> None:
        self._installation = installation
        self._client = client
        self._workspace = workspace

    async def of(self, team: str) -> Workspace:
        """The one there is."""
        if team != self._installation.team:
            raise UserError(NOT_INSTALLED)
        return self._workspace

    async def installation(self, team: str) -> Installation | None:
        """That of the settings."""
        return self._installation if team == self._installation.team else None

    async def installed(self, team: str) -> bool:
        """Whether the workspace still lets us in. Raises RetryableError where Slack does not say."""
        return team == self._installation.team and await takes_token(self._client)


async def takes_token(client: AsyncWebClient) -> bool:
    """Whether Slack takes the client's token. Raises RetryableError where it does not say."""
    try:
        await client.auth_test()
    except SlackApiError as error:
        if error.response.get("error") in _TAKEN_BACK:
            return False
        raise RetryableError(f"Slack does not say whether it takes the token: {error}") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise RetryableError("Slack cannot be reached") from error
    return True


async def open_one(settings: Settings, reach: Reach) -> OneWorkspace:
    """The workspace of SLACK_BOT_TOKEN. Raises OperatorError where that is missing or wrong."""
    if settings.slack_bot_token is None:
        raise OperatorError("SLACK_BOT_TOKEN is not set; docs/operations.md says where it comes from")
    token = settings.slack_bot_token.get_secret_value()
    asking = AsyncWebClient(token=token, base_url=settings.slack_api_url, session=reach.session)
    installation = await _installation_of(asking, token)
    budget = reach.budgets.of(installation.team)
    client = slack_client(token, api_url=settings.slack_api_url, session=reach.session, budget=budget)
    return OneWorkspace(installation, client, reach.workspace(client, team=installation.team, budget=budget))


async def _installation_of(client: AsyncWebClient, token: str) -> Installation:
    try:
        who = await client.auth_test()
    except SlackApiError as error:
        raise OperatorError(f"Slack refuses SLACK_BOT_TOKEN: {error.response.get('error')}") from error
    except aiohttp.ClientError as error:
        raise OperatorError(f"cannot reach Slack at {client.base_url}: {error}") from error
    return Installation(
        team=str(who["team_id"]),
        team_name=str(who.get("team") or ""),
        enterprise=who.get("enterprise_id"),
        bot=str(who.get("bot_id") or ""),
        bot_user=str(who["user_id"]),
        token=token,
    )
