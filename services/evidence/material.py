"""A transcript as the numbered lines that a language model reads: data, in a fence that it cannot open.

`[12] Speaker 2 (3:05): what was said`. The bytes depend on the transcript alone, so that what was cached for the
summary serves the answers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from services.evidence.folding import strip_invisible
from services.vocabulary.base import Value
from services.vocabulary.transcript import Segment, Transcript

OPEN, CLOSE = "<transcript>", "</transcript>"
_FENCES = str.maketrans(
    {"<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"}
)
_NOBODY = "Voice"
_LONGEST_NAME = 80
_HOUR, _MINUTE = 3600, 60


class Line(Value):
    """One numbered line, with the segment that it shows."""

    segment: int
    text: str


def lines(transcript: Transcript) -> tuple[Line, ...]:
    """The segments that have words, one line each, in order. Nothing that was said can begin a line of its own."""
    labels = {speaker.id: plain(speaker.label)[:_LONGEST_NAME] for speaker in transcript.speakers}
    return tuple(
        Line(segment=segment.id, text=_line(segment, labels, said))
        for segment in transcript.segments
        if (said := plain(segment.text))
    )


def fenced(chosen: Iterable[Line | str]) -> str:
    """Lines between the marks that say where data begins and ends."""
    return "\n".join([OPEN, *(line.text if isinstance(line, Line) else line for line in chosen), CLOSE])


def material(transcript: Transcript) -> str:
    """The whole transcript as fenced lines: the same bytes for the same transcript."""
    return fenced(lines(transcript))


def with_gaps(chosen: Sequence[Line]) -> list[Line | str]:
    """Lines in order of time, with a mark wherever some are left out between two of them."""
    shown: list[Line | str] = []
    for line in sorted(chosen, key=lambda line: line.segment):
        if shown and isinstance(last := shown[-1], Line) and line.segment > last.segment + 1:
            shown.append("...")
        shown.append(line)
    return shown


def plain(text: str) -> str:
    """The text on one line, without what cannot be seen and without the brackets that fences are made of."""
    return re.sub(r"\s+", " ", strip_invisible(text.translate(_FENCES))).strip()


def clock(seconds: float) -> str:
    """'3:05' and '1:02:03'."""
    whole = int(seconds)
    hours, minutes = divmod(whole // _MINUTE, _HOUR // _MINUTE)
    return f"{hours}:{minutes:02}:{whole % _MINUTE:02}" if hours else f"{minutes}:{whole % _MINUTE:02}"


def _line(segment: Segment, labels: dict[int, str], said: str) -> str:
    return f"[{segment.id}] {labels.get(segment.speaker, _NOBODY)} ({clock(segment.start)}): {said}"
