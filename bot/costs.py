"""What an hour of audio costs on AWS, estimated from a table of prices.

The figures are from public tables of November 2026 (Transcribe's is the first tier of us-east-1) and want to be held
against the bill; every one of them can be given otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from services.vocabulary.base import Value

AS_OF = "2026-11"
"""The month that the figures below are of."""

_MILLION = 1_000_000


class Rates(Value):
    """US dollars: per minute heard, and per million of tokens or characters."""

    transcribe_minute: float = Field(default=0.024, ge=0)
    input_tokens: float = Field(ge=0)
    output_tokens: float = Field(ge=0)
    cached_tokens: float = Field(ge=0)
    characters: float = Field(default=30.0, ge=0)


class Use(Value):
    """What is done with an hour of audio.

    150 words a minute make 9,000, and with their times and speakers about 17,000 tokens. The transcript is read
    `passes` times for the recap and its outputs, which write `written` tokens, and once from the cache for each
    question, whose answer takes `answered` tokens. Two minutes are spoken, and read again for their marks.
    """

    tokens: int = Field(default=17_000, ge=0)
    passes: int = Field(default=3, ge=0)
    written: int = Field(default=8_000, ge=0)
    questions: int = Field(default=5, ge=0)
    answered: int = Field(default=400, ge=0)
    spoken: int = Field(default=1_900, ge=0)
    readings: int = Field(default=2, ge=0)


class Cost(Value):
    """US dollars for an hour of audio, by what does the work."""

    hearing: float
    thinking: float
    speaking: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.hearing + self.thinking + self.speaking


MODELS = {
    "anthropic.claude-haiku-5-5": Rates(input_tokens=0.10, output_tokens=0.50, cached_tokens=0.01),
    "amazon.nova-2-lite-v1:0": Rates(input_tokens=0.30, output_tokens=2.50, cached_tokens=0.075),
    "anthropic.claude-haiku-4-5-20251001-v1:0": Rates(input_tokens=1, output_tokens=5, cached_tokens=0.10),
    "anthropic.claude-sonnet-5-5": Rates(input_tokens=2, output_tokens=10, cached_tokens=0.10),
    "anthropic.claude-opus-5-5": Rates(input_tokens=4, output_tokens=20, cached_tokens=0.20),
}
"""Rates by model, for its global inference profile (regional ones cost a tenth more), with a generative voice."""

VOICES = {"standard": 4.0, "neural": 16.0, "generative": 30.0, "long-form": 100.0}
"""Dollars for a million characters, by Polly's engine."""

# What an inference profile of an area costs beside the global one.
_AREAS = {"global": 1.0, **dict.fromkeys(("us", "eu", "apac", "jp", "au"), 1.1)}


def hour(rates: Rates, use: Use | None = None) -> Cost:
    """The cost of one hour of audio."""
    use = use or Use()
    tokens = use.passes * use.tokens * rates.input_tokens + use.questions * use.tokens * rates.cached_tokens
    written = (use.written + use.questions * use.answered) * rates.output_tokens
    return Cost(
        hearing=60 * rates.transcribe_minute,
        thinking=(tokens + written) / _MILLION,
        speaking=use.readings * use.spoken * rates.characters / _MILLION,
    )


def rates_of(model: str, own: Mapping[str, Rates]) -> Rates | None:
    """The rates of a model or inference profile, `own` ones first; None where no price is known."""
    area, _, base = model.partition(".")
    known = MODELS.get(base if area in _AREAS else model)
    if model in own or known is None:
        return own.get(model)
    dearer = _AREAS.get(area, 1.0)
    return known.model_copy(
        update={
            "input_tokens": known.input_tokens * dearer,
            "output_tokens": known.output_tokens * dearer,
            "cached_tokens": known.cached_tokens * dearer,
        }
    )


def table() -> str:
    """The estimate for each model, as a table in Markdown."""
    lines = ["| model | hearing | thinking | speaking | an hour of audio |", "|---|---:|---:|---:|---:|"]
    for name, rates in MODELS.items():
        cost = hour(rates)
        figures = (f"${figure:.2f}" for figure in (cost.hearing, cost.thinking, cost.speaking, cost.total))
        lines.append(f"| `{name}` | {' | '.join(figures)} |")
    return "\n".join(lines)
