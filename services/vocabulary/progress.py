"""How far the work is: a closed vocabulary that every surface renders."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from services.vocabulary.base import Value


class Stage(StrEnum):
    """The stages of a recap, in order."""

    QUEUED = "queued"
    INGEST = "ingest"
    TRANSCRIBE = "transcribe"
    SUMMARIZE = "summarize"
    NARRATE = "narrate"
    PUBLISH = "publish"


class Progress(Value):
    """A stage and how much of it is done, 0 to 1 (None: not known). `detail` is a few words for people."""

    stage: Stage
    fraction: float | None = None
    detail: str | None = None


Report = Callable[[Progress], None]
"""A callback for progress. It returns at once, may be called often and from the event loop only."""
