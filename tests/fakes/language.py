"""A language model that answers by script and remembers what it was asked. It passes the contract of the real ones."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from services.language import Piece, Prompt, Reply, Usage
from services.vocabulary.base import Value
from services.vocabulary.errors import RetryableError

T = TypeVar("T", bound=Value)
When = str | Callable[[Prompt], bool]
Said = Value | dict[str, Any] | str | Exception | Callable[[Prompt], "Said"]


class UnscriptedPromptError(AssertionError):
    """A test met a prompt that its script does not name."""


class FakeLanguageModel:
    """Gives the reply that the script names for a prompt.

    `script` holds pairs: a purpose (exact, or '*' for any) or a predicate on the prompt, and what is said: a value, a
    dict or a JSON string for `reply`, a string for `stream`, an exception to raise, or a function of the prompt that
    gives one of these. `add(when, said)` appends; `add(when, said, times=1)` is used up once and wins over lasting
    ones. A string for `reply` that is no JSON of the type is malformed: it costs one repair, then RetryableError, as
    with a real model (a second scripted string may mend it). `journal` holds every prompt in order, `asked(purpose)`
    those of one purpose, `kinds` the type asked for (None for streams), `closed` how many streams were left early.
    """

    def __init__(
        self, script: Sequence[tuple[When, Said]] = (), *, context: int = 200_000, engine: str = "fake-language-1"
    ) -> None:
        self.context = context
        self.engine = engine
        self.journal: list[Prompt] = []
        self.kinds: list[type[Value] | None] = []
        self.closed = 0
        self.calls = 0
        self._lasting: list[tuple[When, Said]] = list(script)
        self._once: list[tuple[When, Said]] = []

    @property
    def name(self) -> str:
        """The engine's."""
        return self.engine

    def add(self, when: When, said: Said, *, times: int | None = None) -> None:
        """Script what is said. With `times` it is used up; without, it lasts and the latest one wins."""
        if times is None:
            self._lasting.insert(0, (when, said))
        else:
            self._once.extend([(when, said)] * times)

    def asked(self, purpose: str) -> list[Prompt]:
        """The prompts of that purpose, in order."""
        return [prompt for prompt in self.journal if prompt.purpose == purpose]

    def tokens(self, text: str) -> int:
        """A token for every four bytes."""
        return -(-len(text.encode()) // 4)

    async def reply(self, prompt: Prompt, kind: type[T]) -> Reply[T]:
        """What the script says, as a value of the type."""
        self._note(prompt, kind)
        await asyncio.sleep(0)
        for attempt in (1, 2):
            said = self._said(prompt)
            try:
                value = _value(said, kind)
            except ValidationError:
                if attempt == 1:
                    continue
                break
            return Reply(value=value, usage=self._usage(prompt, value.model_dump_json(), calls=attempt))
        raise RetryableError("the reply stayed unusable after one repair")

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The scripted text, a few words at a time; the last piece holds the usage."""
        self._note(prompt, None)
        text = self._said(prompt)
        assert isinstance(text, str), f"the script has no text for {prompt.purpose!r}"
        whole = False
        try:
            for part in re.findall(r"\s*\S+\s*", text):
                await asyncio.sleep(0)
                yield Piece(text=part)
            whole = True
            yield Piece(usage=self._usage(prompt, text, calls=1))
        finally:
            self.closed += not whole

    def _note(self, prompt: Prompt, kind: type[Value] | None) -> None:
        needed = sum(self.tokens(text) for text in (prompt.instructions, prompt.material, prompt.question))
        if needed > self.context:
            raise ValueError(f"the prompt needs {needed} tokens, the model takes {self.context}")
        self.journal.append(prompt)
        self.kinds.append(kind)

    def _said(self, prompt: Prompt) -> Value | dict[str, Any] | str:
        self.calls += 1
        said = self._find(prompt)
        while callable(said):
            said = said(prompt)
        if isinstance(said, Exception):
            raise said
        return said

    def _find(self, prompt: Prompt) -> Said:
        for index, (when, said) in enumerate(self._once):
            if _fits(when, prompt):
                del self._once[index]
                return said
        for when, said in self._lasting:
            if _fits(when, prompt):
                return said
        raise UnscriptedPromptError(f"no reply is scripted for {prompt.purpose!r}: {prompt.question[:200]}")

    def _usage(self, prompt: Prompt, said: str, *, calls: int) -> Usage:
        return Usage(
            model="fake",
            input_tokens=calls * sum(self.tokens(t) for t in (prompt.instructions, prompt.material, prompt.question)),
            output_tokens=calls * self.tokens(said),
            calls=calls,
            seconds=0.01,
            cost=0.0,
        )


def _fits(when: When, prompt: Prompt) -> bool:
    return when in ("*", prompt.purpose) if isinstance(when, str) else when(prompt)


def _value(said: Value | dict[str, Any] | str, kind: type[T]) -> T:
    if isinstance(said, str):
        return kind.model_validate_json(said)
    return kind.model_validate(said.model_dump() if isinstance(said, Value) else said)
