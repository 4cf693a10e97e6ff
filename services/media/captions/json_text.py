"""JSON from strangers."""

from __future__ import annotations

import json
from typing import Any

from services.media.captions.refusals import too_long, unreadable

_MOST_BRACKETS, _MOST_COMMAS = 1_000_000, 4_000_000
"""A day of speech with a time for every word has a quarter of that; each takes memory, whatever it holds."""


def loaded(text: str, what: str) -> Any:  # noqa: ANN401 - strangers' JSON is of any shape
    """The value. Raises UserError that names `what` for text that is no JSON, and for far too much of it."""
    if text.count("{") + text.count("[") > _MOST_BRACKETS or text.count(",") > _MOST_COMMAS:
        raise too_long()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise unreadable(what) from None
