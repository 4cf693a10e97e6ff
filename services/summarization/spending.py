"""What the calls for one result used together."""

from __future__ import annotations

from services.language import LanguageModel, Prompt, Reply, T, Usage


class Spending:
    """Asks a model and adds up what that used."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.usages: list[Usage] = []

    async def ask(self, prompt: Prompt, kind: type[T]) -> T:
        """The model's reply. Raises as `LanguageModel.reply` does."""
        reply: Reply[T] = await self._model.reply(prompt, kind)
        self.usages.append(reply.usage)
        return reply.value

    def fields(self) -> dict[str, object]:
        """Model, calls, tokens and cost in the words of `Summary`; the cost is None where one call's is not known."""
        used = self.usages
        costs = [usage.cost for usage in used]
        known = [cost for cost in costs if cost is not None]
        return {
            "model": ", ".join(dict.fromkeys(usage.model for usage in used)),
            "calls": sum(usage.calls for usage in used),
            "input_tokens": sum(usage.input_tokens for usage in used),
            "output_tokens": sum(usage.output_tokens for usage in used),
            "cache_read_tokens": sum(usage.cache_read_tokens for usage in used),
            "cache_write_tokens": sum(usage.cache_write_tokens for usage in used),
            "cost": sum(known) if used and len(known) == len(costs) else None,
        }
