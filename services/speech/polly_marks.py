"""When each sentence is said, from Polly's speech marks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from services.speech.polly_ssml import Span
from services.vocabulary.recap import SpeechMark


def sentence_marks(stream: bytes, spans: Sequence[Span], *, shift: float) -> list[SpeechMark]:
    """The sentences of one request with the second each begins at; `shift` is where the request's own time begins.

    A mark is JSON on a line of its own, with milliseconds and the first byte in the SSML text. Polly may cut sentences
    otherwise than we did: one that it gives no time of its own stays with the one before it. Marks without a place in
    the text are left out.
    """
    times = _times(stream)
    marks: list[SpeechMark] = []
    for span in spans:
        inside = [time for time, byte in times if span.first <= byte < span.end]
        if inside and span.shown:
            marks.append(SpeechMark(start=max(0.0, shift + min(inside) / 1000), text=span.shown))
        elif marks and span.shown:
            marks[-1] = marks[-1].model_copy(update={"text": f"{marks[-1].text} {span.shown}"})
    return marks


def _times(stream: bytes) -> list[tuple[float, int]]:
    """(milliseconds, first byte) of each mark; what is no such line is not ours to judge."""
    found = []
    for line in stream.splitlines():
        try:
            entry: dict[str, Any] = json.loads(line)
            found.append((float(entry["time"]), int(entry["start"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found
