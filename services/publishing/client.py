"""The client of Slack's Web API, with the retries that writing allows."""

from __future__ import annotations

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

_RATE_LIMIT_RETRIES = 3


def slack_client(token: str, *, api_url: str, session: aiohttp.ClientSession | None = None) -> AsyncWebClient:
    """A client that waits out rate limits and tries nothing else again by itself.

    The SDK's default repeats a call whose connection broke, and with chat.postMessage that can post twice: what to do
    about a broken connection is decided by `SlackPublisher`, which looks first.
    """
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES)],
    )
