"""General summaries: gist and points as they are shown, at most 110 words, against summaries that people wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.score.data import Meeting, read_lines, read_meetings
from services.evidence.embeddings import Embedder, embedder_for
from services.summarization.extract import extract
from services.summarization.text import summary_text

WORDS = 110
"""How long a summary may be here."""


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures; under `ami_long` those against the long summaries; the first words of each as `lead`."""
    rows = read_lines(folder / "summaries.jsonl")
    meetings = read_meetings(folder)
    embedders: dict[str, Embedder] = {}
    ours = {row["meeting_id"]: _summary(meetings[row["meeting_id"]], embedders) for row in rows}
    lead = {id_: " ".join(meetings[id_].transcript.text.split()[:WORDS]) for id_ in ours}
    return {**judged(folder, scorer, ours), "lead": scorer.summaries(str(folder), lead)}


def judged(folder: Path, scorer: Any, ours: dict[str, str]) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures for these texts, by the recordings' ids."""
    figures: dict[str, Any] = scorer.summaries(str(folder), ours)
    if any(row.get("ami_long") for row in read_lines(folder / "summaries.jsonl")):
        figures["ami_long"] = scorer.summaries(str(folder), ours, ref="ami_long")
    return figures


def _summary(meeting: Meeting, embedders: dict[str, Embedder]) -> str:
    language = meeting.transcript.language
    embedders[language] = embedders.get(language) or embedder_for(language)
    return summary_text(extract(meeting.transcript, embedders[language]), words=WORDS)
