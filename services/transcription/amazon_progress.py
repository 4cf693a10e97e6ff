"""How far a recording is at Amazon Transcribe, which does not say so: an estimate that never goes back."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from services.vocabulary.progress import Progress, Report, Stage

# How long a job takes is not promised; this is an experience, and the estimate slows down where it takes longer.
_BASE, _SHARE = 15.0, 0.2
_STARTED, _LISTENED = 0.1, 0.95


class Shares:
    """The progress of parts as that of the whole; each part counts by its seconds."""

    def __init__(self, report: Report, seconds: Sequence[float]) -> None:
        self._report = report
        self._seconds = seconds
        self._fractions = [0.0] * len(seconds)
        self._told = 0.0

    def of(self, number: int) -> Callable[[float], None]:
        """What hears the fraction of that part."""

        def told(fraction: float) -> None:
            self._fractions[number] = fraction
            done = sum(part * share for part, share in zip(self._fractions, self._seconds, strict=True))
            self._told = max(self._told, min(1.0, done / max(0.01, sum(self._seconds))))
            self._report(Progress(stage=Stage.TRANSCRIBE, fraction=self._told))

        return told


def estimated(seconds: float, told: Callable[[float], None]) -> Callable[[dict[str, Any]], None]:
    """What hears of every look at the job of a part that lasts so long."""
    begun: float | None = None

    def moved(job: dict[str, Any]) -> None:
        nonlocal begun
        if job["TranscriptionJobStatus"] == "IN_PROGRESS":
            begun = begun or time.monotonic()
        spent = time.monotonic() - begun if begun else 0.0
        told(_STARTED + (_LISTENED - _STARTED) * (1 - math.exp(-1.5 * spent / (_BASE + _SHARE * seconds))))

    return moved
