"""Slack's surfaces beside messages: Home, cards under links, steps of workflows."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from services.publishing.slack_errors import code_of, slack_errors

Block = dict[str, Any]


class SlackSurfaces:
    """One workspace's. Raises UserError, RetryableError and OperatorError as `Publisher` does."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def publish_home(self, user: str, view: Block, *, over: str | None = None) -> bool:
        """Show it to the person. `over` is the hash of the view that it may replace: False where that is gone."""
        try:
            with slack_errors():
                await self._client.views_publish(user_id=user, view=view, hash=over)
        except SlackApiError as error:
            if code_of(error) != "hash_conflict":
                raise
            return False
        return True
