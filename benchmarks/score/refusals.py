"""Whether the answerer knows what was not said: each question asked of its own meeting and of two on other things."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.score.data import Meeting, read_lines, read_meetings
from services.answering.extract import extract
from services.evidence.embeddings import Embedder, embedder_for
from services.evidence.retrieval import Retriever
from services.vocabulary.question import Question

_ELSEWHERE = 2


def run(folder: Path, scorer: Any) -> dict[str, Any]:  # noqa: ANN401 - a module found in the data folder
    """The share of questions refused by their own meeting, and answered from meetings of another domain."""
    del scorer
    meetings = read_meetings(folder)
    embedders: dict[str, Embedder] = {}
    retrievers = {meeting.id: _retriever(meeting, embedders) for meeting in meetings.values()}
    refused, answered = [], []
    for index, row in enumerate(read_lines(folder / "qa_retrieval.jsonl")):
        question = Question(text=row["query"])
        refused.append(not extract(question, retrievers[row["meeting_id"]]).found)
        others = [meeting.id for meeting in meetings.values() if meeting.domain != row["domain"]]
        answered += [extract(question, retrievers[other]).found for other in _spread(others, index)]
    figures = {"n": len(refused), "false_refusals": round(sum(refused) / max(1, len(refused)), 4)}
    if answered:
        figures |= {"n_elsewhere": len(answered), "false_answers": round(sum(answered) / len(answered), 4)}
    return figures


def _retriever(meeting: Meeting, embedders: dict[str, Embedder]) -> Retriever:
    language = meeting.transcript.language
    embedders[language] = embedders.get(language) or embedder_for(language)
    return Retriever(meeting.transcript, embedders[language])


def _spread(others: list[str], index: int) -> list[str]:
    """A few of the others, another choice for each question, the same in every run."""
    return [
        others[(index * 7 + turn * len(others) // _ELSEWHERE) % len(others)] for turn in range(_ELSEWHERE) if others
    ]
