"""A request as the person prefers it, where they said nothing else."""

from __future__ import annotations

from typing import TypeVar

from services.vocabulary.preference import Preference
from services.workflows.requests import RecapRequest, Summons

Asked = TypeVar("Asked", RecapRequest, Summons)


def preferring(asked: Asked, preference: Preference) -> Asked:
    """The same request, with the language, the length and the silence that it leaves open; it says which these are."""
    filled = {
        "language": asked.language or preference.language,
        "length": asked.length or preference.length,
        "audio": asked.audio and preference.audio,
    }
    left_open = tuple(name for name, value in filled.items() if value != getattr(asked, name))
    return asked.model_copy(update={**filled, "preferred": left_open})
