"""What a model can do: asked of pydantic-ai, which keeps up with the vendors, and of a small table for the rest."""

from __future__ import annotations

from typing import Any, Literal

from pydantic_ai.models import Model

from services.vocabulary.base import Value

Mode = Literal["native", "tool", "prompted"]

_UNKNOWN_WINDOW = 128_000
# The reply stands in the same window, and an estimate may be too low by a tenth.
_REPLY_ROOM = 24_576
_TRUSTED_SHARE = 0.9
# What thinking may take beside the reply, because it is counted against the same limit.
_THOUGHTS = {"low": 4_096, "medium": 8_192, "high": 16_384}
_EFFORT_VARIANTS = {"openai", "openai_responses", "xai", "zai_effort"}

# A part of the model's id; the fewest tokens that its vendor caches, below which a cache point is silently ignored; how
# many tokens of quota one token of output takes. From AWS's pages on prompt caching and token burndown, November 2026.
_TABLE: tuple[tuple[str, int, int], ...] = (
    ("claude-haiku-4-5", 4096, 5),
    ("claude-opus-4-5", 4096, 5),
    ("claude-opus-4-6", 4096, 5),
    ("claude-sonnet-4-6", 2048, 5),
    ("claude-sonnet-4-5", 1024, 5),
    ("claude", 4096, 5),
    ("nova", 1024, 1),
)


class Capability(Value):
    """What one model can do.

    `mode` is how it is made to reply in a type. `window` is in tokens. `cache_from` is the fewest tokens that are worth
    a cache point, None where it knows none. `thinks` says whether it does so unasked. `knows_effort`: whether a wish
    for low, medium or high means something to it. `longest` is the most it can write, None where that is not known.
    """

    mode: Mode
    window: int
    cache_from: int | None = None
    output_weight: int = 1
    thinks: bool = False
    knows_effort: bool = False
    longest: int | None = None

    @property
    def context(self) -> int:
        """Tokens, as estimated, that a prompt may have so that it and a reply surely fit."""
        return int((self.window - min(_REPLY_ROOM, self.window // 4)) * _TRUSTED_SHARE)

    def limit(self, reply: int, effort: str | None) -> int:
        """The limit to send for a reply of that many tokens: with room for thinking, and no more than it can write."""
        thinks = self.thinks or (effort is not None and self.knows_effort)
        wanted = reply + (_THOUGHTS[effort or "medium"] if thinks else 0)
        return min(wanted, self.longest) if self.longest else wanted


def capability(model: Model[Any], *, window: int | None = None) -> Capability:
    """What pydantic-ai's profile and the table say of a model. `window` overrides what they know."""
    profile = model.profile
    cached = profile.get("bedrock_supports_prompt_caching", False)
    row = next((row for row in _TABLE if row[0] in model.model_name), ("", 4096, 1))
    variant = profile.get("bedrock_thinking_variant")
    return Capability(
        mode=_mode(profile),
        window=window or model.context_window or _UNKNOWN_WINDOW,
        cache_from=row[1] if cached else None,
        output_weight=row[2],
        thinks=bool(profile.get("thinking_always_enabled") or profile.get("thinking_enabled_by_default")),
        knows_effort=bool(profile.get("bedrock_supports_effort")) or variant in _EFFORT_VARIANTS,
        longest=profile.get("anthropic_max_output_tokens"),
    )


def _mode(profile: Any) -> Mode:  # noqa: ANN401 - a TypedDict whose keys differ by vendor
    """A schema that the service enforces, or else a tool that it is made to call, or else a plain request."""
    if profile.get("supports_json_schema_output", False):
        return "native"
    return "tool" if profile.get("bedrock_supports_tool_choice", False) else "prompted"
