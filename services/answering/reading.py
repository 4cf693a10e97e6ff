"""The part of a recording that a question is asked of: all of it where it fits, what was found where it does not."""

from __future__ import annotations

from services.evidence.embeddings import LexicalEmbedder
from services.evidence.material import Line, fenced, lines, with_gaps
from services.evidence.queries import understand
from services.evidence.retrieval import Retriever
from services.language import LanguageModel
from services.vocabulary.transcript import Transcript

_AROUND = 2
"""Segments before and after a passage that are read with it: answers stand beside what was asked."""


def retrieved(transcript: Transcript, question: str, room: int, model: LanguageModel) -> str:
    """Fenced lines about the question, of so many tokens at most, in order of time. Takes seconds: use a thread.

    Words are matched, not meanings, because the model is given far more than it needs; no weights are loaded.
    """
    by_segment = {line.segment: line for line in lines(transcript)}
    retriever = Retriever(transcript, LexicalEmbedder(transcript.language))
    chosen: dict[int, Line] = {}
    for passage in retriever.passages(understand(question, transcript)):
        for segment in range(passage.first - _AROUND, passage.last + _AROUND + 1):
            line = by_segment.get(segment)
            if line is None or segment in chosen:
                continue
            room -= model.tokens(line.text) + 2
            if room < 0:
                return fenced(with_gaps(list(chosen.values())))
            chosen[segment] = line
    return fenced(with_gaps(list(chosen.values())))
