"""What the calls for one result used together, and which recap they were for."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

from services.language import LanguageModel, Piece, Prompt, Reply, T, Usage


class Spending:
    """Asks a model in a recap's name and adds up what that used. `subject` is as in `Prompt`."""

    def __init__(self, model: LanguageModel, subject: str) -> None:
        self._model = model
        self._subject = subject
        self.usages: list[Usage] = []

    async def ask(self, prompt: Prompt, kind: type[T]) -> T:
        """The model's reply. Raises as `LanguageModel.reply` does."""
        reply: Reply[T] = await self._model.reply(self._for(prompt), kind)
        self.usages.append(reply.usage)
        return reply.value

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The model's reply, piece by piece. Raises as `LanguageModel.stream` does.

        Of a stream that is left early, or breaks, it is known only that there was one.
        """
        stream = cast("AsyncGenerator[Piece]", self._model.stream(self._for(prompt)))
        begun, usage = False, None
        try:
            async with aclosing(stream) as pieces:
                async for piece in pieces:
                    begun, usage = True, piece.usage
                    yield piece
        finally:
            if begun:
                self.usages.append(usage or Usage(model=""))

    def fields(self) -> dict[str, object]:
        """Model, calls, tokens and cost in the words of `Written`; the cost is None where one call's is not known."""
        used = self.usages
        costs = [usage.cost for usage in used]
        known = [cost for cost in costs if cost is not None]
        return {
            "model": ", ".join(dict.fromkeys(usage.model for usage in used if usage.model)),
            "calls": sum(usage.calls for usage in used),
            "input_tokens": sum(usage.input_tokens for usage in used),
            "output_tokens": sum(usage.output_tokens for usage in used),
            "cache_read_tokens": sum(usage.cache_read_tokens for usage in used),
            "cache_write_tokens": sum(usage.cache_write_tokens for usage in used),
            "cost": sum(known) if used and len(known) == len(costs) else None,
        }

    def _for(self, prompt: Prompt) -> Prompt:
        return prompt.model_copy(update={"subject": self._subject})
