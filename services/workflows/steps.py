"""How steps are tried: the two kinds that all workflows use."""

from __future__ import annotations

from functools import partial

from dbos import DBOS

from services.workflows.failures import is_retryable

step = partial(
    DBOS.step,
    retries_allowed=True,
    max_attempts=6,
    interval_seconds=1.0,
    backoff_rate=2.5,
    should_retry=is_retryable,
)
"""A step that is tried again, over about a minute and a half, when time may mend what went wrong."""

long_step = partial(step, preemptible=True)
"""The same for work that takes long: it is stopped in the middle when its workflow is canceled."""
