"""What goes wrong at AWS, at which call of a recap, and how the work has to end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sandbox.aws.faults import Kind

ALWAYS = 0
"""Times: as long as nobody mends it."""


class Case(NamedTuple):
    """A fault of that kind at that call, `times` over, after `skip` calls of it that went well; and how it ends.

    `phase` is what is under way: 'recap' (its show notes are made at the same time), 'answer' or 'delete'. `model` is
    the part of a model's id that alone fails. `more` is how many more times than without a fault a call is paid for,
    because its first answer was of no use. `seconds` and `exception` are as in `Fault`.
    """

    phase: str
    site: str
    kind: Kind
    ending: str = "whole"
    times: int = 1
    skip: int = 0
    model: str = ""
    more: int = 0
    seconds: float = 1.0
    exception: str = "modelStreamErrorException"

    def __str__(self) -> str:
        """As a test's name."""
        often = "always" if self.times == ALWAYS else f"{self.times}x"
        place = f" at {self.skip + 1}." if self.skip else ""
        ended = f" {self.exception}" if self.kind == "mid_stream" else ""
        return f"{self.phase}-{self.site}{place}-{self.model or ''}{self.kind}{ended} {often}"


# How often S3 and Polly are asked by botocore itself before the step is tried again.
_ATTEMPTS = 3
_PASSING: tuple[Kind, ...] = ("throttle", "unavailable", "internal", "drop")
_JOBS: tuple[Kind, ...] = ("throttle", "internal", "drop", "slow", "lost")
# What a second try, or the second model, makes good.
_REFUSED: tuple[Kind, ...] = (
    *("throttle", "not_ready", "unavailable", "internal"),
    *("timeout", "model_error", "drop", "slow"),
)
_DOWN: tuple[Kind, ...] = ("throttle", "denied", "not_found", "quota", "timeout")
_USELESS: tuple[Kind, ...] = ("max_tokens", "malformed")
_ENDED = ("modelStreamError", "internalServer", "throttling", "serviceUnavailable")
_SPEECH: tuple[Kind, ...] = ("throttle", "internal", "drop")

# Calls of S3 by phase: how often each is made, and how the work ends where it is refused from the first one on.
S3: dict[str, dict[str, tuple[int, str]]] = {
    "recap": {
        "HeadObject media": (1, "failed: operator"),
        "PutObject media": (1, "failed: operator"),
        "HeadObject transcript": (2, "failed: operator"),
        "GetObject media": (2, "failed: operator"),
        "GetObject heard": (1, "failed: operator"),
        "GetObject document": (1, "failed: operator"),
        "PutObject heard": (1, "failed: operator"),
        "ListObjectsV2 job": (2, "whole"),
        "DeleteObjects": (1, "whole"),
        "PutObject transcript": (1, "failed: operator"),
        "HeadObject summary": (1, "failed: operator"),
        "GetObject transcript": (6, "failed: operator"),
        "PutObject summary": (1, "failed: operator"),
        "GetObject summary": (5, "failed: operator"),
        "HeadObject narration": (1, "no voice"),
        "PutObject sound": (1, "no voice"),
        "PutObject narration": (1, "no voice"),
        "GetObject sound": (1, "no files: operator"),
        "HeadObject output": (1, "no notes: operator"),
        "PutObject output": (1, "no notes: operator"),
        "GetObject output": (1, "no notes: operator"),
    },
    "answer": {
        "GetObject transcript": (2, "failed: operator"),
        "GetObject summary": (2, "failed: operator"),
    },
    "delete": {
        "ListObjectsV2 output": (2, "not deleted"),
        "ListObjectsV2 media": (2, "not deleted"),
        "ListObjectsV2 transcript": (2, "not deleted"),
        "ListObjectsV2 summary": (4, "not deleted"),
        "ListObjectsV2 narration": (4, "not deleted"),
        "ListObjectsV2 sound": (2, "not deleted"),
        "DeleteObjects": (5, "not deleted"),
    },
}

WELL = {"recap": "whole", "answer": "answered", "delete": "deleted"}
"""How a phase ends when all is there."""


def _storage() -> Iterator[Case]:
    for phase, calls in S3.items():
        for site, (count, refused) in calls.items():
            well = WELL[phase]
            for kind in _PASSING:
                yield Case(phase, site, kind, well, times=_ATTEMPTS)
            for skip in range(1, count):
                yield Case(phase, site, "internal", well, times=_ATTEMPTS, skip=skip)
            yield Case(phase, site, "slow", well)
            yield Case(phase, site, "lost", well)
            if site.startswith("GetObject"):
                yield Case(phase, site, "cut_stream", well)
            yield Case(phase, site, "denied", refused, times=ALWAYS)
            yield Case(phase, site, "internal", refused.replace("operator", "later"), times=ALWAYS)


def _transcription() -> Iterator[Case]:
    for operation in ("GetTranscriptionJob", "StartTranscriptionJob", "DeleteTranscriptionJob"):
        refused, down = ("whole", "whole") if "Delete" in operation else ("failed: operator", "failed: later")
        for kind in _JOBS:
            yield Case("recap", operation, kind, times=1 if kind in {"slow", "lost"} else 5)
        yield Case("recap", operation, "denied", refused, times=ALWAYS)
        yield Case("recap", operation, "internal", down, times=ALWAYS)
    yield Case("recap", "GetTranscriptionJob", "internal", times=5, skip=1)
    yield Case("recap", "StartTranscriptionJob", "quota", times=5)


_CONVERSE = {"names": "whole", "summing up": "quoted", "show notes": "no notes: {}", "answer": "quoted"}


def _models() -> Iterator[Case]:
    """Of two models: what the first cannot do the second does; where neither can, it is quoted, or said why not."""
    for purpose, failed in _CONVERSE.items():
        phase = "answer" if purpose == "answer" else "recap"
        site, well = f"ConverseStream {purpose}", WELL[phase]
        # An answer is shown while it is written, so it is not begun anew: what breaks is made of quotes.
        broken, fewer = ("quoted", -1) if purpose == "answer" else (well, 0)
        for kind in _REFUSED:
            yield Case(phase, site, kind, well)
        yield Case(phase, site, "slow", well, seconds=5.0)
        for exception in _ENDED:
            yield Case(phase, site, "mid_stream", broken, more=fewer, exception=f"{exception}Exception")
        yield Case(phase, site, "cut_stream", broken, more=fewer)
        yield Case(phase, site, "mid_stream", broken, times=ALWAYS, model="sonnet", more=fewer)
        for kind in _DOWN:
            yield Case(phase, site, kind, well, times=ALWAYS, model="sonnet")
        for kind in _USELESS:
            yield Case(phase, site, kind, broken, more=1 + fewer)
        again = int(purpose == "show notes")  # they have a button for it
        if purpose == "show notes":
            yield Case(phase, site, "malformed", failed.format("not written"), times=4, more=4)
        yield Case(phase, site, "refusal", failed.format("declined"), more=again)
        yield Case(phase, site, "guardrail", failed.format("rules"), more=again)
        yield Case(phase, site, "throttle", failed.format("later"), times=ALWAYS, more=again - 1)
        yield Case(phase, site, "denied", failed.format("operator"), times=ALWAYS, more=again - 1)


def _speech() -> Iterator[Case]:
    """The sound is worth another try of the whole step; where its sentences begin is not: it is told without them."""
    for site in ("SynthesizeSpeech pcm", "SynthesizeSpeech marks", "DescribeVoices"):
        refused = "no voice" if site.endswith("pcm") else "whole"
        fewer = -int(site.endswith("marks"))
        for kind in _SPEECH:
            yield Case("recap", site, kind, times=_ATTEMPTS - 1)
            yield Case("recap", site, kind, times=_ATTEMPTS, more=fewer)
        yield Case("recap", site, "slow")
        yield Case("recap", site, "denied", refused, times=ALWAYS, more=fewer)
        yield Case("recap", site, "internal", refused, times=ALWAYS, more=fewer)


CASES = (*_storage(), *_transcription(), *_models(), *_speech())
