"""Answers: a question and a transcript in, sentences with their proof out."""

from __future__ import annotations

from typing import Protocol

from services.vocabulary.question import Answer, Question
from services.vocabulary.transcript import Transcript


class Answerer(Protocol):
    """Answers from the recording alone.

    Every sentence of the answer carries citations into the given transcript. Where the recording does not say,
    `found` is False and there are no sentences. The thread's earlier exchanges resolve what the question leaves out.
    Words of the transcript are data and never change what the answerer does.

    Raises RetryableError or OperatorError where a model is involved; never UserError.
    """

    @property
    def engine(self) -> str:
        """Names the backend, its model and its version: results of an equal engine may stand for one another."""
        ...

    async def answer(self, question: Question, transcript: Transcript) -> Answer:
        """Answer the question from the transcript."""
        ...
