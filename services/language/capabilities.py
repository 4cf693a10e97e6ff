"""What a model can do: asked of pydantic-ai, which keeps up with the vendors, and of a small table for the rest."""

from __future__ import annotations

import math
from typing import Any, Literal, NamedTuple

from pydantic_ai.models import Model

from services.language.tokens import estimate
from services.vocabulary.base import Value

Mode = Literal["native", "tool", "prompted"]

_UNKNOWN_WINDOW = 128_000
# The reply stands in the same window, and an estimate may be too low by a tenth.
_REPLY_ROOM = 24_576
_TRUSTED_SHARE = 0.9
# What thinking may take beside the reply, because it is counted against the same limit.
_THOUGHTS = {"low": 4_096, "medium": 8_192, "high": 16_384}
_EFFORT_VARIANTS = {"openai", "openai_responses", "xai", "zai_effort"}


class _Row(NamedTuple):
    """What the table knows of the models whose id holds `part`."""

    part: str
    cache_from: int
    output_weight: int
    wastefulness: float
    longest: int | None


# From AWS's pages on prompt caching, token burndown and models, November 2026. A cache point after less than
# `cache_from` tokens is silently ignored. `wastefulness` is from recorded usage, the highest that was seen.
_TABLE = (
    _Row("claude-haiku-4-5", 4096, 5, 1.0, 64_000),
    _Row("claude-opus-4", 4096, 5, 1.0, 32_000),
    _Row("claude-sonnet-4-6", 2048, 5, 1.0, 64_000),
    _Row("claude-sonnet-4", 1024, 5, 1.0, 64_000),
    _Row("claude", 4096, 5, 1.35, 64_000),
    _Row("nova-2", 1024, 1, 1.0, 64_000),
    _Row("nova", 1024, 1, 1.0, 10_000),
)
_OTHERS = _Row("", 4096, 1, 1.1, 8_192)


class Capability(Value):
    """What one model can do.

    `mode` is how it is made to reply in a type. `window` is in tokens. `cache_from` is the fewest tokens that are worth
    a cache point, None where it knows none. `wastefulness` is what an estimate is multiplied by. `thinks` says whether
    it does so unasked. `knows_effort`: whether a wish for low, medium or high means something to it. `longest` is the
    most it can write, None where that is not known.
    """

    mode: Mode
    window: int
    cache_from: int | None = None
    output_weight: int = 1
    wastefulness: float = 1.0
    thinks: bool = False
    knows_effort: bool = False
    longest: int | None = None

    @property
    def context(self) -> int:
        """Tokens, as estimated, that a prompt may have so that it and a reply surely fit."""
        return int((self.window - min(_REPLY_ROOM, self.window // 4)) * _TRUSTED_SHARE)

    def tokens(self, text: str) -> int:
        """How many tokens this model makes of the text, about."""
        return math.ceil(estimate(text) * self.wastefulness)

    def limit(self, reply: int, effort: str | None) -> int:
        """The limit to send for a reply of that many tokens: with room for thinking, and no more than it can write."""
        thinks = self.thinks or (effort is not None and self.knows_effort)
        wanted = reply + (_THOUGHTS[effort or "medium"] if thinks else 0)
        return min(wanted, self.longest) if self.longest else wanted


def capability(model: Model[Any], *, window: int | None = None) -> Capability:
    """What pydantic-ai's profile and the table say of a model. `window` overrides what they know."""
    profile = model.profile
    cached = profile.get("bedrock_supports_prompt_caching", False)
    row = next((row for row in _TABLE if row.part in model.model_name), _OTHERS)
    variant = profile.get("bedrock_thinking_variant")
    return Capability(
        mode=_mode(profile),
        window=window or model.context_window or _UNKNOWN_WINDOW,
        cache_from=row.cache_from if cached else None,
        output_weight=row.output_weight,
        wastefulness=row.wastefulness,
        thinks=bool(profile.get("thinking_always_enabled") or profile.get("thinking_enabled_by_default")),
        knows_effort=bool(profile.get("bedrock_supports_effort")) or variant in _EFFORT_VARIANTS,
        longest=profile.get("anthropic_max_output_tokens") or row.longest,
    )


def _mode(profile: Any) -> Mode:  # noqa: ANN401 - a TypedDict whose keys differ by vendor
    """A schema that the service enforces, or else a tool that it is made to call, or else a plain request."""
    if profile.get("supports_json_schema_output", False):
        return "native"
    return "tool" if profile.get("bedrock_supports_tool_choice", False) else "prompted"
