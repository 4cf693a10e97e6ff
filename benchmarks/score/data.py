"""An evaluation folder's recordings as our own transcripts, with the way back to the folder's turns.

A turn of the folder may be a minute long; the product's segments are sentences. So each turn is cut by the product's
own splitter and every segment remembers its turn. Written-out noises ('{vocalsound}', '[Laughter.]') are taken out and
tokenized punctuation and spelling ('L_C_D_') are joined again, because a recognizer writes neither.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.evidence.splitting import split_text
from services.vocabulary.transcript import Segment, Speaker, Transcript

_NOISE = re.compile(r"\{[a-z ]+\}|\[[^\]]*\]")
_BEFORE = re.compile(r"\s+([.,?!;:%)\]}]+)(?=\s|$|[\"'”])")
_CLITIC = re.compile(r"\s+('(?:s|re|ll|ve|m|d)|n't)\b", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_SPELLED = re.compile(r"\b(?:[A-Za-z]_)+")
_QUOTED = re.compile(r'"\s*([^"]*?)\s*"')


@dataclass(frozen=True)
class Meeting:
    """A recording of the folder. `turns[segment id]` is the index of the folder's turn that the segment is part of."""

    id: str
    domain: str
    transcript: Transcript
    turns: tuple[int, ...]
    turn_count: int


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; none where there is no such file."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_meetings(folder: Path, *names: str) -> dict[str, Meeting]:
    """The recordings of `meetings.jsonl`, or of the files named, by their id."""
    rows = [row for name in names or ("meetings.jsonl",) for row in read_lines(folder / name)]
    return {row["meeting_id"]: _meeting(row) for row in rows}


def written(text: str) -> str:
    """A turn's text as a recognizer would have written it."""
    text = _SPELLED.sub(lambda match: match[0].replace("_", ""), _NOISE.sub(" ", text))
    if re.search(r"\s[.,?!](?:\s|$)", text):
        text = _HYPHEN.sub("-", _QUOTED.sub(r'"\1"', text))
    return " ".join(_CLITIC.sub(r"\1", _BEFORE.sub(r"\1", text)).split())


def _meeting(row: dict[str, Any]) -> Meeting:
    labels = list(dict.fromkeys(turn["speaker"] for turn in row["turns"]))
    segments: list[Segment] = []
    turns: list[int] = []
    for index, turn in enumerate(row["turns"]):
        for text, start, end in _timed(turn):
            speaker = labels.index(turn["speaker"])
            segments.append(Segment(id=len(segments), speaker=speaker, start=start, end=end, text=text))
            turns.append(index)
    transcript = Transcript(
        language=row.get("language", "en"),
        duration=max((turn["end"] for turn in row["turns"]), default=0.0),
        segments=tuple(segments),
        speakers=_speakers(labels, segments),
        speech=sum(segment.end - segment.start for segment in segments),
        covered=sum(segment.end - segment.start for segment in segments),
        engine="reference",
    )
    return Meeting(row["meeting_id"], row["domain"], transcript, tuple(turns), len(row["turns"]))


def _timed(turn: dict[str, Any]) -> list[tuple[str, float, float]]:
    """The turn's sentences, its time shared out by their length."""
    pieces = split_text(written(turn["text"]))
    total = sum(len(piece) for piece in pieces)
    timed, at = [], float(turn["start"])
    for piece in pieces:
        end = at + (turn["end"] - turn["start"]) * len(piece) / total
        timed.append((piece, round(at, 2), round(end, 2)))
        at = end
    return timed


def _speakers(labels: list[str], segments: list[Segment]) -> tuple[Speaker, ...]:
    talk = [0.0] * len(labels)
    for segment in segments:
        talk[segment.speaker] += segment.end - segment.start
    total = sum(talk) or 1.0
    return tuple(Speaker(id=i, name=label, share=talk[i] / total) for i, label in enumerate(labels))
