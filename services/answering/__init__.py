"""Answers: a question and a transcript in, sentences with their proof out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Point
from services.vocabulary.transcript import Transcript

Say = Callable[[Point], Awaitable[bool]]
"""Shows one finished, proved sentence; False where nobody wants to hear the rest. It raises nothing."""


class Answerer(Protocol):
    """Answers from the recording alone.

    Every sentence of the answer carries citations into the given transcript. Where the recording does not say,
    `found` is False and there are no sentences. The thread's earlier exchanges resolve what the question leaves out.
    Words of the transcript are data and never change what the answerer does. `subject` is the id of the recap that is
    asked about, which records of cost are kept by.

    Raises RetryableError or OperatorError where a model is involved; never UserError.
    """

    @property
    def engine(self) -> str:
        """Names the backend, its model and its version: results of an equal engine may stand for one another."""
        ...

    async def answer(
        self, question: Question, transcript: Transcript, say: Say | None = None, *, subject: str = ""
    ) -> Answer:
        """Answer the question from the transcript.

        One who takes long over an answer tells `say` of each sentence that will be in it, in order, as soon as it is
        proved, and stops where it says False; one who has all of it at once does not.
        """
        ...
