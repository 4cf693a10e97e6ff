"""The summarizer without a model: real sentences, chosen in a child process."""

from __future__ import annotations

from services.processes import ChildDied, ChildTimeout, Limits, Pool
from services.summarization.extract import ENGINE
from services.vocabulary.errors import RetryableError
from services.vocabulary.recap import Summary
from services.vocabulary.transcript import Transcript

_LIMITS = Limits(wall=300.0, memory=4 * 1024**3)
_UNUSED = {"segments": {"__all__": {"words"}}}
"""Times of single words are many and not needed: citations are of segments."""


class ExtractiveSummarizer:
    """A `Summarizer` whose every sentence is a quote. It cannot translate: it writes the recording's language.

    A recording of an hour takes about a second. `size` bounds the recordings that are summarized at once.
    """

    engine = ENGINE

    def __init__(self, *, size: int = 1) -> None:
        self._pool = Pool("services.summarization.extractive_job:serve", _LIMITS, size=size)

    async def summarize(self, transcript: Transcript, *, language: str | None = None, subject: str = "") -> Summary:
        """See `Summarizer`."""
        del language, subject
        try:
            result = await self._pool.call({"transcript": transcript.model_dump(mode="json", exclude=_UNUSED)})
        except (ChildDied, ChildTimeout) as error:
            raise RetryableError("The summarizer's process ended before its work.") from error
        return Summary.model_validate(result)

    async def close(self) -> None:
        """End the child processes."""
        await self._pool.close()
