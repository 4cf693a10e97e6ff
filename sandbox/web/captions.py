"""Caption tracks of the replayed videos, written in the forms that the site serves."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

_MS = 1000


@dataclass(frozen=True)
class Line:
    """What is shown from `start` to `end`, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Caption:
    """One track: written by a person, or `automatic`. `status` is what asking for it is answered with."""

    language: str
    lines: tuple[Line, ...]
    automatic: bool = False
    status: int = 200


def spoken(text: str, seconds: float) -> tuple[Line, ...]:
    """The lines of `text` again and again, as if they were said for that long: 2.5 words a second."""
    said = [line.split(": ", maxsplit=1)[-1] for line in text.splitlines() if line.strip()]
    lines: list[Line] = []
    at = 0.0
    while at < seconds:
        line = said[len(lines) % len(said)]
        end = min(seconds, at + len(line.split()) / 2.5)
        lines.append(Line(at, end, line))
        at = end + 0.4
    return tuple(lines)


def _json3(track: Caption) -> str:
    events: list[dict[str, object]] = []
    for line in track.lines:
        start, length = round(line.start * _MS), round((line.end - line.start) * _MS)
        words = line.text.split()
        step = length / max(1, len(words))
        segs: list[dict[str, object]] = [{"utf8": line.text}]
        if track.automatic:
            segs = [{"utf8": f"{' ' if i else ''}{w}", "tOffsetMs": round(i * step)} for i, w in enumerate(words)]
            events.append({"tStartMs": start, "dDurationMs": length, "aAppend": 1, "segs": [{"utf8": "\n"}]})
        events.append({"tStartMs": start, "dDurationMs": length, "segs": segs})
    return json.dumps({"wireMagic": "pb3", "events": events})


def _vtt(track: Caption) -> str:
    cues = (f"{_clock(line.start)} --> {_clock(line.end)}\n{line.text}\n" for line in track.lines)
    return "\n".join(["WEBVTT\n", *cues])


def _srv1(track: Caption) -> str:
    texts = (
        f'<text start="{line.start:.2f}" dur="{line.end - line.start:.2f}">{escape(escape(line.text))}</text>'
        for line in track.lines
    )
    return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{"".join(texts)}</transcript>'


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes) // 60:02d}:{int(minutes) % 60:02d}:{rest:06.3f}"


_WRITERS: dict[str, tuple[Callable[[Caption], str], str]] = {
    "json3": (_json3, "application/json"),
    "vtt": (_vtt, "text/vtt"),
    "srv1": (_srv1, "text/xml"),
}


def written(tracks: Sequence[Caption], *, language: str, automatic: bool, form: str) -> tuple[str, str, int] | None:
    """Body, content type and status of the track asked for; None where there is none in that form."""
    writer, content_type = _WRITERS.get(form, (None, ""))
    for track in tracks:
        if writer and (track.language, track.automatic) == (language, automatic):
            return writer(track), content_type, track.status
    return None
