"""How workspaces are reached: with the one token of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from services.media.slack_files import SlackFiles
from services.media.slack_shares import SlackShares
from services.publishing import WorkspaceBudget
from services.publishing.slack import SlackPublisher
from services.storage.posts import Posts
from services.vocabulary.errors import OperatorError, UserError
from services.workflows.workspaces import Workspace


@dataclass(frozen=True)
class Reach:
    """What every workspace is reached with. `may_write` is asked right before each write."""

    settings: Settings
    posts: Posts
    may_write: Callable[[], bool]
    session: aiohttp.ClientSession

    def workspace(self, client: AsyncWebClient, *, team: str, budget: WorkspaceBudget) -> Workspace:
        """One workspace, by a client that holds its token."""
        publisher = SlackPublisher(
            client, team=team, posts=self.posts, budget=budget, may_write=self.may_write, session=self.session
        )
        files = SlackFiles(
            client,
            token=str(client.token),
            session=self.session,
            max_bytes=self.settings.max_megabytes << 20,
        )
        return Workspace(publisher=publisher, files=files, shares=SlackShares(client))


class OneWorkspace:
    """The workspace that the token of the settings belongs to."""

    def __init__(self, team: str, workspace: Workspace) -> None:
        self._team = team
        self._workspace = workspace

    async def of(self, team: str) -> Workspace:
        """The one there is."""
        if team != self._team:
            raise UserError("Earshot is not installed in this workspace.")
        return self._workspace


async def team_of(client: AsyncWebClient) -> str:
    """The id of the workspace that the client's token belongs to. Raises OperatorError."""
    try:
        return str((await client.auth_test())["team_id"])
    except SlackApiError as error:
        raise OperatorError(f"Slack refuses SLACK_BOT_TOKEN: {error.response.get('error')}") from error
    except aiohttp.ClientError as error:
        raise OperatorError(f"cannot reach Slack at {client.base_url}: {error}") from error
