"""The child process of the extractive summarizer."""

from __future__ import annotations

from typing import Any

from services.evidence.embeddings import Embedder, embedder_for
from services.processes.child import Handler, Progress
from services.summarization.extract import extract
from services.vocabulary.transcript import Transcript


def serve() -> Handler:
    """Embedders are loaded with the first recording that needs them and kept."""
    embedders: dict[str, Embedder] = {}

    def handle(request: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        transcript = Transcript.model_validate(request["transcript"])
        if transcript.language not in embedders:
            embedders[transcript.language] = embedder_for(transcript.language)
        return extract(transcript, embedders[transcript.language]).model_dump(mode="json")

    return handle
