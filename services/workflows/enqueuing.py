"""Putting work on a queue of the durable engine, within the time that Slack waits for an ack."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from dbos import DBOS, SetWorkflowID

from services.vocabulary.errors import RetryableError

Body = Callable[[dict[str, Any]], Coroutine[Any, Any, Any]]

# Slack waits 3 s for an ack; past this bound we fail, do not ack, and Slack delivers again.
_PATIENCE_SECONDS = 2.0


async def enqueue(queue: str, workflow_id: str, body: Body, request: dict[str, Any]) -> None:
    """Put one workflow on a queue; the same id again is the same workflow. Raises RetryableError when it takes long."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            with SetWorkflowID(workflow_id):
                await DBOS.enqueue_workflow_async(queue, body, request)
    except TimeoutError as error:
        raise RetryableError("the job store is slow; the event was not taken") from error
