"""`python -m tests.aws.hurried_bot serve`: the bot, which rests less between two tries than people want it to.

The pauses alone are shorter, so that an hour of trouble at a service fits into some seconds; how often something is
tried again, and what comes of it, is the product's own.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Any

from botocore.config import Config

from bot import __main__ as command
from services.language import bedrock, preference
from services.language.breaker import Breaker
from services.transcription.amazon import AmazonTranscriber
from services.transcription.amazon_job import Poll
from services.workflows import steps

PATIENCE = 3
"""Seconds that it waits for the next byte of a model."""


def _hurry() -> None:
    steps.step = functools.partial(steps.step, interval_seconds=0.1)
    steps.long_step = functools.partial(steps.step, preemptible=True)
    preference._PAUSE, preference._LONGEST_PAUSE = 0.05, 0.2
    _preset(Breaker.__init__, rest=0.2)
    _preset(AmazonTranscriber.__init__, poll=Poll(first=0.05, longest=0.2))
    config = bedrock.client_config()

    def impatient(**_: int) -> Config:
        return config.merge(Config(read_timeout=PATIENCE))

    bedrock.client_config = impatient


def _preset(function: Callable[..., Any], **values: object) -> None:
    """Give keyword parameters of the function other defaults; they must be there."""
    presets = function.__kwdefaults__
    assert presets is not None
    assert values.keys() <= presets.keys(), inspect.signature(function)
    presets.update(values)


if __name__ == "__main__":
    _hurry()
    sys.exit(command.main())
