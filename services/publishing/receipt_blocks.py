"""What comes of a deletion: the receipt, or that it did not succeed."""

from __future__ import annotations

from services.publishing.blocks import message, section
from services.publishing.message import Message

_KEPT = " The recording and its transcript stay, because another recap here is of the same recording."


def receipt_message(counts: dict[str, int], *, kept: bool) -> Message:
    """What was deleted, by kind (in the singular). `kept`: something stays for the sake of another recap."""
    words = receipt_words(counts, kept=kept)
    return message(words, [section(words)])


def receipt_words(counts: dict[str, int], *, kept: bool) -> str:
    """The same as text."""
    parts = [f"{count} {kind if count == 1 else _plural(kind)}" for kind, count in counts.items() if count]
    words = f"Deleted for good: {_listed(parts)}." if parts else "There was nothing left to delete."
    return words + _KEPT if kept else words


def undeleted_message(reference: str | None) -> Message:
    """Something of it is still there; `reference` finds in the log why."""
    words = (
        "I could not delete all of this recap yet. Press Delete again in a few minutes; if that does not help, tell "
    )
    words += f"whoever runs me, with the reference {reference}." if reference else "whoever runs me."
    return message(words, [section(words)])


def _plural(kind: str) -> str:
    if kind.endswith("y"):
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
