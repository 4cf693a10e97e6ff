"""What a person wants where they say nothing else."""

from __future__ import annotations

from services.vocabulary.base import Value
from services.vocabulary.recap import Length


class Preference(Value):
    """The `language` (ISO 639-1) and the `length` of recaps, None for the usual one; `audio`: with a spoken version."""

    language: str | None = None
    length: Length | None = None
    audio: bool = True
