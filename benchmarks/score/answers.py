"""Answers of at most 70 words to the questions of the set, and whether the answerer knows what was not said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.score.data import read_lines, read_meetings
from services.answering.extract import extract
from services.evidence.embeddings import Embedder, embedder_for
from services.evidence.retrieval import Retriever
from services.vocabulary.question import Question


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The scorer's figures, with the share of questions that were answered at all."""
    answers: dict[str, str] = {}
    questions = read_lines(folder / "qa_retrieval.jsonl")
    embedders: dict[str, Embedder] = {}
    for meeting in read_meetings(folder).values():
        language = meeting.transcript.language
        embedders[language] = embedders.get(language) or embedder_for(language)
        retriever = Retriever(meeting.transcript, embedders[language])
        for question in questions:
            if question["meeting_id"] == meeting.id:
                answers[question["qid"]] = extract(Question(text=question["query"]), retriever).text
    figures: dict[str, Any] = scorer.answers(str(folder), answers)
    return {**figures, "answered": round(sum(map(bool, answers.values())) / max(1, len(questions)), 4)}
