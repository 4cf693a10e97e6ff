"""Chapters: where a recording's subjects begin, with a count of our own and titles."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.score.data import Meeting, read_lines, read_meetings
from services.evidence.embeddings import Embedder, embedder_for
from services.summarization.extract import extract

_FILES = {
    "QMSum": "chapters.jsonl",
    "TinyRec": "tinyrec_chapters.jsonl",
    "TinyRec fine": "tinyrec_chapters_fine.jsonl",
}
_EVEN = 6


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures for each group that the folder has, and an even split into six beside them."""
    meetings = read_meetings(folder, "meetings.jsonl", "tinyrec.jsonl")
    wanted = {name: [row["meeting_id"] for row in read_lines(folder / file)] for name, file in _FILES.items()}
    embedders: dict[str, Embedder] = {}
    ours = {id_: _chapters(meetings[id_], embedders) for id_ in dict.fromkeys(chain.from_iterable(wanted.values()))}
    even = {id_: [meetings[id_].turn_count * i // _EVEN for i in range(_EVEN)] for id_ in ours}
    figures: dict[str, Any] = {}
    for name, ids in wanted.items():
        if ids:
            figures[name] = scorer.chapters(str(folder), ours, file=_FILES[name])
            figures[name]["even_split"] = scorer.chapters(str(folder), even, file=_FILES[name])
    return figures


def _chapters(meeting: Meeting, embedders: dict[str, Embedder]) -> list[dict[str, Any]]:
    language = meeting.transcript.language
    embedders[language] = embedders.get(language) or embedder_for(language)
    summary = extract(meeting.transcript, embedders[language])
    return [{"start_turn": meeting.turns[chapter.first], "title": chapter.title} for chapter in summary.chapters]
