"""Slack's surfaces beside messages: Home, cards under links, steps of workflows."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from services.publishing.slack_errors import code_of, slack_errors

Block = dict[str, Any]
# What Slack answers to a token that a step's end, or its fifteen minutes, have made worthless.
_WORN_OUT = {"token_expired", "token_revoked", "invalid_auth", "not_authed", "account_inactive", "access_denied"}
_NO_LINK_THERE = {"cannot_find_message", "cannot_find_channel", "cannot_unfurl_url", "cannot_unfurl_message"}
# It was told before, or nobody waits for it any more.
_OVER = {"execution_not_in_running_state", "function_execution_not_found"}


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

    async def unfurl(self, channel: str, ts: str, cards: dict[str, Block]) -> None:
        """Show these under the links of a message, by their addresses as Slack gave them. Again: the same is shown.

        A message that is gone meanwhile is fine.
        """
        try:
            with slack_errors():
                await self._client.chat_unfurl(channel=channel, ts=ts, unfurls=cards)
        except SlackApiError as error:
            if code_of(error) not in _NO_LINK_THERE:
                raise

    async def complete_step(self, execution: str, outputs: dict[str, str], *, token: str | None) -> None:
        """Tell the workflow that a step is done; again, nothing happens. `token` is the step's own, if it is known."""
        await self._end("functions.completeSuccess", {"function_execution_id": execution, "outputs": outputs}, token)

    async def fail_step(self, execution: str, sentence: str, *, token: str | None) -> None:
        """Tell the workflow, and who built it, why a step failed. Again: nothing happens."""
        await self._end("functions.completeError", {"function_execution_id": execution, "error": sentence}, token)

    async def _end(self, method: str, told: Block, token: str | None) -> None:
        """As JSON: the SDK would put what was said into the address, where it is too long, and ends up in logs.

        The step's own token is what Slack hands out for this, and it does not live as long as a recording can take:
        then the workspace's token does it.
        """
        for each in (token, None) if token else (None,):
            try:
                with slack_errors():
                    await self._client.api_call(method, json=told | ({"token": each} if each else {}))
            except Exception as error:
                code = code_of(error)
                if code in _OVER:
                    return
                if each is None or code not in _WORN_OUT:
                    raise
            else:
                return
