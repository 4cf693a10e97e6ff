"""A question about a recording, and its answer."""

from __future__ import annotations

from services.vocabulary.base import Value
from services.vocabulary.recap import Point
from services.vocabulary.written import Written


class Exchange(Value):
    """An earlier question of the same thread with the answer that was posted."""

    question: str
    answer: str


class Question(Value):
    """What was asked. `history` holds the thread's earlier exchanges, oldest first."""

    text: str
    history: tuple[Exchange, ...] = ()


class Answer(Written):
    """What the recording says to it: sentences with their citations. Not `found`: the recording does not say.

    `language` is that of the sentences; `note` is one honest sentence where the parts allow less (None: none needed).
    """

    found: bool
    sentences: tuple[Point, ...] = ()
    language: str = "en"
    note: str | None = None
    engine: str = ""

    @property
    def text(self) -> str:
        """The sentences as one text; empty when nothing was found."""
        return " ".join(sentence.text for sentence in self.sentences)
