"""What a language model is asked to give back to a question. Nothing of it is believed before it was checked."""

from __future__ import annotations

from pydantic import Field

from services.vocabulary.base import Strict


class Said(Strict):
    """One sentence of an answer."""

    text: str = Field(description="one full sentence")
    segments: tuple[int, ...] = Field(description="numbers of the segments that prove it")


class AnswerReply(Strict):
    """An answer, or that there is none in the recording."""

    found: bool = Field(description="whether the recording says something to the question")
    sentences: tuple[Said, ...] = ()


class SearchReply(Strict):
    """A question made ready to be looked up."""

    question: str = Field(description="the question, complete in itself, in the recording's language")
    words: tuple[str, ...] = Field(default=(), description="words with which it may be spoken about")
