"""The Bolt app."""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

import handlers
from bot.bootstrap import Parts
from bot.bootstrap.workspaces import NOT_INSTALLED, Roster
from bot.settings import Settings

_log = structlog.get_logger(__name__)
# What Bolt reads from the environment by itself.
_BOLT_READS = (
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
    "SLACK_VERIFICATION_TOKEN",
)
_KNOWN_SECONDS = 30.0


def make_app(parts: Parts, settings: Settings) -> AsyncApp:
    """An app whose acks follow the listeners.

    `process_before_response` is what makes 'persisted, then acked' true: a listener that fails, or a process that is
    killed in it, leaves the event without an ack, and Slack delivers it again.
    """
    secret = settings.slack_signing_secret
    with _without_environment():
        app = AsyncApp(
            client=parts.client,
            authorize=authorizing(parts.workspaces),  # type: ignore[arg-type]  # None: not installed
            user_facing_authorize_error_message=f"{NOT_INSTALLED} Ask whoever looks after its apps to add it again.",
            signing_secret=secret.get_secret_value() if secret else None,
            process_before_response=True,
            request_verification_enabled=secret is not None,
        )
    app.error(_refuse)
    handlers.register(
        app, desk=parts.desk, reception=parts.reception, library=parts.library, workspaces=parts.workspaces
    )
    return app


def authorizing(roster: Roster) -> Callable[[str | None], Awaitable[AuthorizeResult | None]]:
    """Who we are in the workspace that an event came from. Slack is not asked, and the database not for every event.

    Nothing is written with the token that comes with it: who writes asks the roster again.
    """
    known: dict[str, tuple[float, AuthorizeResult]] = {}

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        if team_id is None:
            return None
        until, result = known.get(team_id, (0.0, None))
        if result is not None and time.monotonic() < until:
            return result
        known.pop(team_id, None)
        installation = await roster.installation(team_id)
        if installation is None:
            return None
        result = AuthorizeResult(
            enterprise_id=installation.enterprise,
            team_id=installation.team,
            bot_id=installation.bot,
            bot_user_id=installation.bot_user,
            bot_token=installation.token,
        )
        known[team_id] = time.monotonic() + _KNOWN_SECONDS, result
        return result

    return authorize


@contextmanager
def _without_environment() -> Iterator[None]:
    """Bolt takes what it finds there beside what it is given, and warns that it is both."""
    hidden = {name: os.environ.pop(name) for name in _BOLT_READS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


async def _refuse(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
    """Not acked: over HTTP a 500, over a socket silence; both make Slack deliver again."""
    _log.error("listener failed", kind=request.body.get("type") if request.body else None, exc_info=error)
    return BoltResponse(status=500, body="")
