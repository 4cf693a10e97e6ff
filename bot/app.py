"""The Bolt app."""

from __future__ import annotations

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

import handlers
from bot.bootstrap import Parts
from bot.settings import Settings

_log = structlog.get_logger(__name__)


def make_app(parts: Parts, settings: Settings) -> AsyncApp:
    """An app whose acks follow the listeners.

    `process_before_response` is what makes 'persisted, then acked' true: a listener that fails, or a process that is
    killed in it, leaves the event without an ack, and Slack delivers it again.
    """
    secret = settings.slack_signing_secret
    app = AsyncApp(
        client=parts.client,
        signing_secret=secret.get_secret_value() if secret else None,
        process_before_response=True,
        request_verification_enabled=secret is not None,
    )
    app.error(_refuse)
    handlers.register(app, desk=parts.desk, library=parts.library, workspaces=parts.workspaces)
    return app


async def _refuse(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
    """Not acked: over HTTP a 500, over a socket silence; both make Slack deliver again."""
    _log.error("listener failed", kind=request.body.get("type") if request.body else None, exc_info=error)
    return BoltResponse(status=500, body="")
