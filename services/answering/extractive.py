"""The answerer without a model: real sentences of the recording, found in a child process."""

from __future__ import annotations

import asyncio
from typing import Any

from services.answering import Say
from services.answering.extract import ENGINE, WORDS
from services.processes import ChildDied, ChildTimeout, Limits, Pool
from services.vocabulary.errors import RetryableError
from services.vocabulary.question import Answer, Question
from services.vocabulary.transcript import Transcript

_LIMITS = Limits(wall=120.0, memory=4 * 1024**3)
_UNUSED = {"segments": {"__all__": {"words"}}}
"""Times of single words are many and not needed: citations are of segments."""


class ExtractiveAnswerer:
    """An `Answerer` whose every sentence is a quote, tidied, of at most `words` words together.

    It cannot translate: an answer is in the recording's language, with a note where the question is in another. It
    matches words and meaning, so that it may take a near subject for the one that was meant; what it says was said.
    `size` bounds the questions that are answered at once.
    """

    engine = ENGINE

    def __init__(self, *, size: int = 1, words: int = WORDS) -> None:
        self._pool = Pool("services.answering.extractive_job:serve", _LIMITS, size=size)
        self._words = words

    async def answer(
        self, question: Question, transcript: Transcript, _say: Say | None = None, *, subject: str = ""
    ) -> Answer:
        """See `Answerer`; it has its sentences all at once, and costs nothing."""
        del subject
        request = await asyncio.to_thread(self._request, question, transcript)
        try:
            return Answer.model_validate(await self._pool.call(request))
        except (ChildDied, ChildTimeout) as error:
            raise RetryableError("The answerer's process ended before its work.") from error

    def _request(self, question: Question, transcript: Transcript) -> dict[str, Any]:
        return {
            "question": question.model_dump(mode="json"),
            "transcript": transcript.model_dump(mode="json", exclude=_UNUSED),
            "words": self._words,
        }

    async def close(self) -> None:
        """End the child processes."""
        await self._pool.close()
