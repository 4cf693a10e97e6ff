"""The receipt of a deletion."""

from __future__ import annotations

from services.publishing.blocks import message, section
from services.publishing.message import Message

_KEPT = " The recording and its transcript stay, because another recap here is of the same recording."


def receipt_message(counts: dict[str, int], *, kept: bool) -> Message:
    """What was deleted, by kind (in the singular). `kept`: something stays for the sake of another recap."""
    parts = [f"{count} {kind if count == 1 else _plural(kind)}" for kind, count in counts.items() if count]
    words = f"Deleted for good: {_listed(parts)}." if parts else "There was nothing left to delete."
    if kept:
        words += _KEPT
    return message(words, [section(words)])


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
