"""The sum of several calls."""

from __future__ import annotations

from collections.abc import Sequence

from services.language import Usage


def total(used: Sequence[Usage]) -> Usage:
    """All of it as one, in the name of the last model. The cost is unknown if that of any call is."""
    costs = [usage.cost for usage in used]
    return Usage(
        model=used[-1].model,
        input_tokens=sum(usage.input_tokens for usage in used),
        output_tokens=sum(usage.output_tokens for usage in used),
        cache_read_tokens=sum(usage.cache_read_tokens for usage in used),
        cache_write_tokens=sum(usage.cache_write_tokens for usage in used),
        calls=sum(usage.calls for usage in used),
        seconds=round(sum(usage.seconds for usage in used), 3),
        cost=None if None in costs else sum(cost for cost in costs if cost is not None),
    )
