"""What language models really cost: the usage that was kept with every summary and every other output."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from services.storage import BlobMissing, Blobs
from services.storage.ledger import Entry
from services.summarization.outputs import OUTPUTS, Output
from services.vocabulary.base import Value
from services.vocabulary.recap import Summary
from services.workflows.outputs import outputs_of

_AT_ONCE = 8


class Spent(Value):
    """What one model used in one month (YYYY-MM, UTC).

    `cost` is in US dollars; calls of an unknown price are not in it, and `unpriced` says how many they are.
    `input_tokens` are all that were sent, those from the cache among them.
    """

    month: str
    model: str
    texts: int = 0
    calls: int = 0
    input_tokens: int = 0
    cache_read_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    unpriced: int = 0

    def with_text(self, text: Summary | Output) -> Spent:
        """The sum with what this text used."""
        return Spent(
            month=self.month,
            model=self.model,
            texts=self.texts + 1,
            calls=self.calls + text.calls,
            input_tokens=self.input_tokens + text.input_tokens,
            cache_read_tokens=self.cache_read_tokens + text.cache_read_tokens,
            output_tokens=self.output_tokens + text.output_tokens,
            cost=self.cost + (text.cost or 0.0),
            unpriced=self.unpriced + (text.calls if text.cost is None else 0),
        )


async def spending(entries: Iterable[Entry], blobs: Blobs) -> list[Spent]:
    """What was used, by month and model. A summary that several recaps share was written once and counts once."""
    limit = asyncio.Semaphore(_AT_ONCE)

    async def read(key: str, kind: type[Summary | Output]) -> Summary | Output | None:
        async with limit:
            try:
                return await asyncio.to_thread(kind.model_validate_json, await blobs.read(key))
            except BlobMissing:  # deleted meanwhile, or never written
                return None

    months: dict[str, tuple[str, type[Summary | Output]]] = {}
    for entry in entries:
        month = f"{entry.asked_at:%Y-%m}"
        months.setdefault(entry.summary_key, (month, Summary))
        for name in OUTPUTS:
            months[f"{outputs_of(entry.recap_id)}/{name}.json"] = (month, Output)
    texts = await asyncio.gather(*(read(key, kind) for key, (_, kind) in months.items()))
    sums: dict[tuple[str, str], Spent] = {}
    for (month, _), text in zip(months.values(), texts, strict=True):
        if text is not None and text.calls:
            sums[month, text.model] = sums.get((month, text.model), Spent(month=month, model=text.model)).with_text(
                text
            )
    return [sums[key] for key in sorted(sums)]
