"""Canvases: documents in Slack that the people of a channel read."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from services.publishing.record import PostRecord
from services.publishing.slack_errors import code_of, slack_errors
from services.publishing.windows import Clock
from services.vocabulary.errors import OperatorError, UserError

CANVAS = "canvas"
"""The kind under which a canvas is on record."""

_log = logging.getLogger(__name__)
_ASK_AGAIN_SECONDS = 3600.0
# What holds for the whole workspace: its plan, its settings, our scopes.
_NEVER = {
    "missing_scope", "canvas_disabled_user_team", "free_teams_cannot_create_non_tabbed_canvases",
    "free_teams_cannot_create_standalone_canvases", "free_teams_cannot_edit_standalone_canvases", "unknown_method",
}  # fmt: skip


class SlackCanvases:
    """One workspace's. A plan without canvases, and an app without the scope, are asked once an hour.

    A canvas is made empty and shown to nobody; once its id is on record it is filled, and then opened to its readers.
    So a crash before the record leaves an empty canvas that nobody sees, and after one later all is done again.
    """

    def __init__(self, client: AsyncWebClient, *, team: str, posts: PostRecord, clock: Clock = time.monotonic) -> None:
        self._client = client
        self._team = team
        self._posts = posts
        self._clock = clock
        self._refused_until = -math.inf

    async def share(self, key: str, *, channel: str, user: str, title: str, parts: Sequence[str]) -> str | None:
        """A canvas under that key that the channel may read, or `user` in a conversation with us alone; its address.

        `parts` are Markdown that follow one another. None where Slack takes none here, for whatever reason. Raises
        RetryableError where Slack is busy or away.
        """
        if self._clock() < self._refused_until:
            return None
        try:
            with slack_errors():
                return await self._share(key, channel, user, title, parts)
        except (SlackApiError, UserError, OperatorError) as error:
            _log.info("Slack takes no canvas: %s", code_of(error) or error)
            if code_of(error) in _NEVER:
                self._refused_until = self._clock() + _ASK_AGAIN_SECONDS
            await self._forget(key)
            return None

    async def _share(self, key: str, channel: str, user: str, title: str, parts: Sequence[str]) -> str:
        row = await self._posts.intend(key, team=self._team, channel=channel, thread_ts=None, kind=CANVAS)
        canvas = row.file_id or await self._create(key, title)
        for number, part in enumerate(parts):
            change = {
                "operation": "insert_at_end" if number else "replace",
                "document_content": {"type": "markdown", "markdown": part},
            }
            await self._client.canvases_edit(canvas_id=canvas, changes=[change])
        readers = {"user_ids": [user]} if channel.startswith("D") else {"channel_ids": [channel]}
        await self._client.canvases_access_set(canvas_id=canvas, access_level="read", **readers)
        return str((await self._client.files_info(file=canvas))["file"]["permalink"])

    async def _create(self, key: str, title: str) -> str:
        created = str((await self._client.canvases_create(title=title))["canvas_id"])
        recorded = await self._posts.posted(key, file_id=created)
        return recorded.file_id or created if recorded else created

    async def _forget(self, key: str) -> None:
        """What was begun goes, as far as Slack lets it go."""
        row = await self._posts.find(key)
        if row and row.file_id:
            try:
                await self._client.canvases_delete(canvas_id=row.file_id)
            except SlackApiError as error:
                _log.warning("a canvas that was begun stays: %s", code_of(error))
                return
        await self._posts.forget(key)
