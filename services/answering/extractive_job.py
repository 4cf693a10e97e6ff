"""The child process of the extractive answerer."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any

from services.answering.extract import extract
from services.evidence.embeddings import Embedder, embedder_for
from services.evidence.retrieval import Retriever
from services.processes.child import Handler, Progress
from services.vocabulary.question import Question
from services.vocabulary.transcript import Transcript

_KEPT = 4
"""Transcripts that are kept ready for further questions; one of an hour takes about 10 MB."""


def serve() -> Handler:
    """Embedders are loaded with the first question that needs them; the last recordings asked about are kept ready."""
    embedders: dict[str, Embedder] = {}
    retrievers: OrderedDict[str, Retriever] = OrderedDict()

    def ready(raw: dict[str, Any]) -> Retriever:
        key = json.dumps(raw, sort_keys=True)
        if key not in retrievers:
            transcript = Transcript.model_validate(raw)
            if transcript.language not in embedders:
                embedders[transcript.language] = embedder_for(transcript.language)
            retrievers[key] = Retriever(transcript, embedders[transcript.language])
        retrievers.move_to_end(key)
        while len(retrievers) > _KEPT:
            retrievers.popitem(last=False)
        return retrievers[key]

    def handle(request: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        question = Question.model_validate(request["question"])
        return extract(question, ready(request["transcript"]), words=request["words"]).model_dump(mode="json")

    return handle
