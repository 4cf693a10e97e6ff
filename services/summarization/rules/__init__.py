"""How people promise, ask, agree and decide, one module a language. A language without rules finds nothing."""

from __future__ import annotations

from services.summarization.rules import english, french, german, spanish
from services.summarization.rules.pattern import Rules

__all__ = ["Rules", "rules_for"]


def rules_for(language: str) -> Rules | None:
    """The rules of a language (ISO 639-1), None where there are none."""
    return {"en": english.RULES, "de": german.RULES, "fr": french.RULES, "es": spanish.RULES}.get(language)
