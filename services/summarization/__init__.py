"""Summaries: a transcript in, a gist, points, topics, chapters, action items and decisions out."""

from __future__ import annotations

from typing import Protocol

from services.vocabulary.recap import Summary
from services.vocabulary.transcript import Transcript


class Summarizer(Protocol):
    """Says what a recording is about.

    Each statement carries citations into the given transcript and has passed the checker of `services.evidence`.
    Points, action items and decisions are in order of time; chapters cover all segments without a gap or an overlap.
    A transcript without words gives a summary with `gist` None. `language` is the language asked for (ISO 639-1); a
    backend that cannot write it writes the transcript's and says so in `Summary.language`.
    `subject` is the id of the recap that it is for, which records of cost are kept by. The same transcript gives an
    equal summary for deterministic backends.

    Raises RetryableError or OperatorError where a model is involved; never UserError.
    """

    @property
    def engine(self) -> str:
        """Names the backend, its model and its version: results of an equal engine may stand for one another."""
        ...

    async def summarize(self, transcript: Transcript, *, language: str | None = None, subject: str = "") -> Summary:
        """Say what was said, in short."""
        ...
