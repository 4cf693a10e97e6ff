"""Speech recognition: word error rate, alone and with the words given to speakers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from benchmarks.score.data import read_lines
from benchmarks.score.recordings import transcribe
from services.vocabulary.transcript import Transcript


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures for single utterances by group, and for conversations with their speakers."""
    figures: dict[str, Any] = scorer.asr(str(folder), predict_asr(folder))
    if conversations := predict_conversations(folder):
        figures["conversations"] = scorer.sawer(str(folder), conversations)
    return figures


def predict_asr(folder: Path) -> dict[str, str]:
    """The words that our recognition hears in each utterance of `asr/refs.jsonl`, by its id."""
    rows = read_lines(folder / "asr" / "refs.jsonl")
    found = asyncio.run(transcribe([folder / "asr" / row["file"] for row in rows]))
    return {row["id"]: transcript.text for row, transcript in zip(rows, found, strict=True)}


def predict_conversations(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Who says what in each conversation of `diar/convs.jsonl` whose words are known, by its id."""
    rows = [row for row in read_lines(folder / "diar" / "convs.jsonl") if row.get("utts")]
    paths = [recording(folder / "diar", row["id"]) for row in rows]
    found = asyncio.run(transcribe(paths))
    return {row["id"]: _said(transcript) for row, transcript in zip(rows, found, strict=True)}


def recording(folder: Path, name: str) -> Path:
    """The sound file of that name, whatever its format."""
    return next(path for path in sorted(folder.glob(f"{name}.*")) if path.suffix not in (".rttm", ".json"))


def _said(transcript: Transcript) -> list[dict[str, str]]:
    return [{"speaker": str(segment.speaker), "text": segment.text} for segment in transcript.segments]
