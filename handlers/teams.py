"""Which workspace a payload is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse


async def settle_team(
    body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[BoltResponse]]
) -> BoltResponse:
    """A middleware: `team` becomes the workspace that let us in there, for which Bolt has found our token.

    Across Slack Connect Slack puts the workspace of who acts there (`view.app_installed_team_id` is the other), and
    that may be one that let us in, too: it must not be acted upon there.
    """
    if context.team_id and isinstance(body.get("team"), dict):
        body["team"]["id"] = context.team_id
    return await next_()
