"""General summaries: gist and points as they are shown, at most 110 words, against summaries that people wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.score.data import Meeting, read_lines, read_meetings
from services.evidence.embeddings import Embedder, embedder_for
from services.summarization.extract import extract
from services.summarization.text import summary_text

_WORDS = 110


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures; under `ami_long` those against the long summaries; the first words of each as `lead`."""
    rows = read_lines(folder / "summaries.jsonl")
    meetings = read_meetings(folder)
    embedders: dict[str, Embedder] = {}
    ours = {row["meeting_id"]: _summary(meetings[row["meeting_id"]], embedders) for row in rows}
    lead = {id_: " ".join(meetings[id_].transcript.text.split()[:_WORDS]) for id_ in ours}
    figures: dict[str, Any] = scorer.summaries(str(folder), ours)
    if any(row.get("ami_long") for row in rows):
        figures["ami_long"] = scorer.summaries(str(folder), ours, ref="ami_long")
    figures["lead"] = scorer.summaries(str(folder), lead)
    return figures


def _summary(meeting: Meeting, embedders: dict[str, Embedder]) -> str:
    language = meeting.transcript.language
    embedders[language] = embedders.get(language) or embedder_for(language)
    return summary_text(extract(meeting.transcript, embedders[language]), words=_WORDS)
