"""Retrieval: which turns of a meeting does a question rest on."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.score.data import Meeting, read_lines, read_meetings
from services.evidence.embeddings import Embedder, embedder_for
from services.evidence.queries import understand
from services.evidence.retrieval import Retriever


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures over all questions, with each domain's beside them."""
    meetings = read_meetings(folder)
    questions = read_lines(folder / "qa_retrieval.jsonl")
    ranked: dict[str, list[list[int]]] = {}
    embedders: dict[str, Embedder] = {}
    for meeting in meetings.values():
        language = meeting.transcript.language
        embedders[language] = embedders.get(language) or embedder_for(language)
        retriever = Retriever(meeting.transcript, embedders[language])
        for question in questions:
            if question["meeting_id"] == meeting.id:
                ranked[question["qid"]] = _spans(retriever, meeting, question["query"])
    figures: dict[str, Any] = scorer.retrieval(str(folder), ranked, by_domain=True)
    return figures


def _spans(retriever: Retriever, meeting: Meeting, question: str) -> list[list[int]]:
    """The turns by the mean relevance of the passages in them, best first; a turn without words goes with the last."""
    found: list[list[float]] = [[] for _ in range(meeting.turn_count)]
    for passage in retriever.passages(understand(question, meeting.transcript)):
        for turn in range(meeting.turns[passage.first], meeting.turns[passage.last] + 1):
            found[turn].append(passage.relevance)
    relevance = list(accumulate(found, lambda last, turn: fmean(turn) if turn else last, initial=0.0))[1:]
    return [[turn, turn] for turn in sorted(range(meeting.turn_count), key=lambda turn: -relevance[turn])]
