"""What calls cost, in US dollars: from the table that comes with genai-prices, with the operator's own on top."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from genai_prices import Usage as Counted
from genai_prices import calc_price
from pydantic import Field, TypeAdapter, ValidationError

from services.language import Usage
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError

_MILLION = 1_000_000


class Price(Value):
    """Dollars per million tokens. What is read from a cache or written to it costs as input where it is not said."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cache_read: float | None = Field(default=None, ge=0)
    cache_write: float | None = Field(default=None, ge=0)

    def cost(self, usage: Usage) -> float:
        """What that usage costs."""
        read = self.input if self.cache_read is None else self.cache_read
        write = self.input if self.cache_write is None else self.cache_write
        fresh = max(0, usage.input_tokens - usage.cache_read_tokens - usage.cache_write_tokens)
        dollars = fresh * self.input + usage.output_tokens * self.output
        return (dollars + usage.cache_read_tokens * read + usage.cache_write_tokens * write) / _MILLION


class Prices:
    """A model's own price if the operator gave one, else the table's for `provider`, else none."""

    def __init__(self, own: Mapping[str, Price] | None = None, *, provider: str | None = "aws") -> None:
        self._own = dict(own or {})
        self._provider = provider

    def cost(self, usage: Usage) -> float | None:
        """Dollars for the usage, by the model that it names. None if nobody knows a price for it."""
        if usage.model in self._own:
            return self._own[usage.model].cost(usage)
        if self._provider is None:
            return None
        counted = Counted(
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cache_read_tokens=usage.cache_read_tokens,
            cache_write_tokens=usage.cache_write_tokens,
        )
        try:
            price: Decimal = calc_price(counted, usage.model, provider_id=self._provider).total_price
        except LookupError:
            return None
        return float(price)


def read_prices(path: Path) -> dict[str, Price]:
    """The operator's prices: a JSON object from a model's id to its `Price`. Blocks; raises OperatorError."""
    try:
        return TypeAdapter(dict[str, Price]).validate_python(json.loads(path.read_bytes()))
    except (OSError, ValueError, ValidationError) as error:
        raise OperatorError(
            f"the prices in {path} cannot be read: {error}. Write a JSON object such as "
            '{"model-id": {"input": 3.0, "output": 15.0, "cache_read": 0.3, "cache_write": 3.75}}, in dollars per '
            "million tokens"
        ) from error
