"""The port over one model, whoever serves it: fitting, repairing, lengthening, shortening, and streaming."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TypeVar

import structlog
from pydantic import ValidationError

from services.language import Piece, Prompt, Reply, UnusableError, Usage
from services.language.asking import Ask, ask, read
from services.language.capabilities import Mode
from services.language.exchange import Exchange, Outcome
from services.language.mishaps import BrokenError, RejectedError, declined
from services.language.tally import total
from services.vocabulary.base import Value

T = TypeVar("T", bound=Value)

_log = structlog.get_logger(__name__)

_DECLINED = {"guardrail_intervened", "content_filtered", "content_filter", "refusal"}
# Part of the engine's name: a change that makes other replies of the same prompt counts it up.
_VERSION = 1


class ConversingModel:
    """A `LanguageModel` over an exchange.

    For one reply it calls at most: once as asked, once with twice the room and once asking for less if the reply was
    cut, and once to repair a reply that does not fit its type. A call that broke under way is made once more, anew. A
    busy model is not asked again here: that is for `PreferredModels`. A stream that reaches its limit ends there.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._mode: Mode = exchange.capability.mode

    @property
    def engine(self) -> str:
        """The model's name and the version of this code."""
        return f"{self._exchange.name}+{_VERSION}"

    @property
    def context(self) -> int:
        """Tokens that instructions, material and question may have together."""
        return self._exchange.capability.context

    @property
    def name(self) -> str:
        """The model's name, for logs and measures."""
        return self._exchange.name

    def tokens(self, text: str) -> int:
        """How many tokens the text is, about."""
        return self._exchange.capability.tokens(text)

    async def reply(self, prompt: Prompt, kind: type[T]) -> Reply[T]:
        """The reply as a value of that type."""
        self._check(prompt)
        try:
            return await self._typed(prompt, kind, self._mode)
        except RejectedError as error:
            if self._mode != "native" or not _about_form(error):
                raise
            _log.warning("model_refuses_schema", model=self.name, kind=kind.__name__)
            return await self._typed(prompt, kind, "prompted")

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The reply as text, piece by piece."""
        self._check(prompt)
        request = self._ask(prompt, None, "prompted")
        try:
            started = False
            async with aclosing(self._pieces(request, prompt)) as pieces:
                async for piece in pieces:
                    started = True
                    yield piece
        except BrokenError:
            if started:
                raise
            async with aclosing(self._pieces(request, prompt)) as pieces:
                async for piece in pieces:
                    yield piece

    def _check(self, prompt: Prompt) -> None:
        needed = sum(self.tokens(text) for text in (prompt.instructions, prompt.material, prompt.question))
        if needed > self.context:
            raise ValueError(f"the prompt has about {needed} tokens, and {self.name} takes {self.context}")

    def _ask(self, prompt: Prompt, kind: type[Value] | None, mode: Mode) -> Ask:
        least = self._exchange.capability.cache_from
        before = self.tokens(prompt.instructions) + self.tokens(prompt.material) if prompt.material and least else 0
        return ask(prompt, mode, kind, cached=least is not None and before >= least)

    async def _typed(self, prompt: Prompt, kind: type[T], mode: Mode) -> Reply[T]:
        request, used, cuts, repaired = self._ask(prompt, kind, mode), list[Usage](), 0, False
        while True:
            outcome = await self._whole(request, prompt)
            used.append(outcome.usage)
            if outcome.finish == "length":
                cuts += 1
                request = self._after_cut(request, prompt, cuts)
                continue
            try:
                return Reply(value=read(outcome.said, kind), usage=total(used))
            except ValidationError as error:
                if repaired:
                    raise UnusableError(f"{self.name} gave no usable {kind.__name__}, also after repair") from error
                request, repaired = request.repaired(outcome.said, error), True

    def _after_cut(self, request: Ask, prompt: Prompt, cuts: int) -> Ask:
        capability = self._exchange.capability
        now, then = (capability.limit(limit, prompt.effort) for limit in (request.limit, 2 * request.limit))
        if cuts == 1 and then > now:
            return request.doubled()
        if cuts <= 2 and not request.short:  # noqa: PLR2004 - once longer, once shorter
            return request.shortened()
        raise UnusableError(f"{self.name} was cut at {now} tokens, also when asked for less")

    async def _whole(self, request: Ask, prompt: Prompt) -> Outcome:
        """The outcome of a call, made anew once if it breaks: nothing of the first is kept."""
        try:
            return await self._outcome(request, prompt)
        except BrokenError:
            return await self._outcome(request, prompt)

    async def _outcome(self, request: Ask, prompt: Prompt) -> Outcome:
        async with aclosing(self._exchange.talk(request, prompt)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Outcome):
                    return _accepted(piece)
        raise BrokenError(f"{self.name} ended its reply without an outcome")

    async def _pieces(self, request: Ask, prompt: Prompt) -> AsyncGenerator[Piece]:
        async with aclosing(self._exchange.talk(request, prompt)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Outcome):
                    if _accepted(piece).finish == "length":
                        _log.warning("stream_cut", model=self.name, purpose=prompt.purpose, subject=prompt.subject)
                    yield Piece(usage=piece.usage)
                else:
                    yield Piece(text=piece)


def _accepted(outcome: Outcome) -> Outcome:
    if outcome.stop in _DECLINED or outcome.finish == "content_filter":
        raise declined(outcome.stop)
    if outcome.stop == "model_context_window_exceeded":
        raise ValueError("the prompt and its reply are too long for the model")
    return outcome


def _about_form(error: RejectedError) -> bool:
    said = str(error).lower()
    return any(word in said for word in ("schema", "response_format", "grammar", "structured output", "outputconfig"))
