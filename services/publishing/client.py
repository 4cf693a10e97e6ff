"""The client of Slack's Web API, within the limits of its workspace."""

from __future__ import annotations

from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from services.publishing.budget import WorkspaceBudget
from services.publishing.slack_errors import retry_after

_log = structlog.get_logger(__name__)
_TRIES = 5
# A stream that may not start now is not worth waiting for: the answer is posted instead.
_NOT_AGAIN = "chat.startStream"


class LimitedClient(AsyncWebClient):
    """Calls when the workspace's budget has room, waits out what Slack limits all the same, and repeats nothing else.

    A limit on one method, and on posting in one channel, holds up nothing but that. The SDK's own retry repeats a call
    whose connection broke, and with chat.postMessage that can post twice: what to do about a broken connection is
    decided by `SlackPublisher`, which looks first.
    """

    def __init__(
        self, *, token: str, base_url: str, session: aiohttp.ClientSession | None, budget: WorkspaceBudget
    ) -> None:
        super().__init__(token=token, base_url=base_url, session=session, retry_handlers=[])
        self.budget = budget

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401 - the SDK's own
        """Call, at the earliest when there is room."""
        await self.budget.room(api_method)
        tries = 1 if api_method == _NOT_AGAIN else _TRIES
        while True:
            try:
                return await super().api_call(api_method, **arguments)
            except SlackApiError as error:
                seconds, tries = retry_after(error), tries - 1
                if seconds is None:
                    raise
                _log.info("Slack asks to wait", method=api_method, seconds=seconds)
                await self.budget.pause(api_method, _channel(arguments), seconds)
                if not tries:
                    raise


def _channel(arguments: dict[str, Any]) -> str:
    return str((arguments.get("json") or {}).get("channel", ""))


def slack_client(
    token: str,
    *,
    api_url: str,
    session: aiohttp.ClientSession | None = None,
    budget: WorkspaceBudget | None = None,
) -> LimitedClient:
    """A client for one workspace. `budget` is the one that its publisher writes with; without one it has its own."""
    return LimitedClient(token=token, base_url=api_url, session=session, budget=budget or WorkspaceBudget())
