"""Language models: a prompt in, a typed reply or a stream of text out. Bedrock, or any OpenAI-compatible server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Generic, Protocol, TypeVar

from services.vocabulary.base import Value
from services.vocabulary.errors import RetryableError

T = TypeVar("T", bound=Value)


class Usage(Value):
    """What one call, or several together, used. `cost` is in US dollars, None where no price is known.

    `input_tokens` are all that were sent; those that were read from a cache or written to it are among them.
    """

    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    calls: int = 1
    seconds: float = 0.0
    cost: float | None = None


class Prompt(Value):
    """What a model is asked.

    `instructions` are ours and change only with their version. `material` is the long and stable part, untrusted data
    such as a transcript; it stands before the cache point, so it must be byte-identical from call to call. `question`
    is what differs. `purpose` ('summary', 'answer', ...) names the use in usage records, and `subject` is the id of the
    recap that it is for, which begins with the workspace's ('T1:C1:1.5:F1'). `max_tokens` bounds the reply. `effort`
    is low, medium or high where the model knows it.
    """

    instructions: str
    question: str
    material: str = ""
    purpose: str = ""
    subject: str = ""
    max_tokens: int = 4096
    effort: str | None = None


class Reply(Value, Generic[T]):
    """A typed reply and what it used."""

    value: T
    usage: Usage


class Piece(Value):
    """A part of a streamed reply: some text, and with the last one what all of it used."""

    text: str = ""
    usage: Usage | None = None


class UnusableError(RetryableError):
    """The model replied, and what it replied could not be used even after repair: another call is paid for, too."""


class LanguageModel(Protocol):
    """A model, or a list of them in order of preference.

    `reply` gives a value of the type asked for; what does not fit the type is sent back once for repair. `stream`
    gives text as it is written; leaving the loop early ends the call. `tokens` estimates how many tokens a text is,
    never too few by more than a tenth; `context` is how many a prompt may have in all.

    Raises RetryableError when every model is busy or down, UnusableError when a reply stays unusable; UserError when a
    guardrail or the model itself refuses the content, with one clear sentence; OperatorError for missing access, an
    unknown model or a wrong setting, with the remedy. A prompt beyond `context` raises ValueError: who asks must split
    it.
    """

    @property
    def engine(self) -> str:
        """Names the models and the version of this code: results of an equal engine may stand for one another."""
        ...

    @property
    def context(self) -> int:
        """Tokens that instructions, material and question may have together."""
        ...

    def tokens(self, text: str) -> int:
        """How many tokens the text is, about."""
        ...

    async def reply(self, prompt: Prompt, kind: type[T]) -> Reply[T]:
        """The reply as a value of that type."""
        ...

    def stream(self, prompt: Prompt) -> AsyncIterator[Piece]:
        """The reply as text, piece by piece."""
        ...
