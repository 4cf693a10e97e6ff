"""Finding what we posted before a crash: Slack keeps our key with each message."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from services.publishing.slack_errors import slack_errors

_EVENT_TYPE = "earshot_post"
_PAGE = 200
_MOST_PAGES = 10


def metadata(key: str) -> dict[str, Any]:
    """What goes with a message so that it is found again."""
    return {"event_type": _EVENT_TYPE, "event_payload": {"key": key}}


class Lookup:
    """Reads threads and channels, so it needs the `*:history` scopes; at most 2,000 messages."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def keyed(self, key: str, channel: str, thread_ts: str | None) -> str | None:
        """The ts of the message that carries the key."""
        async for message in self._messages(channel, thread_ts):
            if _key_of(message) == key:
                return str(message["ts"])
        return None

    async def streamed(self, channel: str, thread_ts: str, known: Callable[[str], Awaitable[bool]]) -> str | None:
        """The ts of a message of ours that was begun as a stream and never ended; `known` ones are somebody else's.

        A stream gets its key only when it ends (chat.startStream takes no metadata), and all else that we write has
        one from the first moment.
        """
        with slack_errors():
            me = (await self._client.auth_test())["bot_id"]
        async for message in self._messages(channel, thread_ts):
            ours = message.get("bot_id") == me and message["ts"] != thread_ts
            if ours and not message.get("files") and _key_of(message) is None and not await known(str(message["ts"])):
                return str(message["ts"])
        return None

    async def _messages(self, channel: str, thread_ts: str | None) -> AsyncIterator[dict[str, Any]]:
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            with slack_errors():
                if thread_ts is None:
                    page = await self._client.conversations_history(
                        channel=channel, limit=_PAGE, cursor=cursor, include_all_metadata=True
                    )
                else:
                    page = await self._client.conversations_replies(
                        channel=channel, ts=thread_ts, limit=_PAGE, cursor=cursor, include_all_metadata=True
                    )
            for message in page.get("messages") or []:
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return


def _key_of(message: dict[str, Any]) -> str | None:
    found = ((message.get("metadata") or {}).get("event_payload") or {}).get("key")
    return str(found) if found else None
