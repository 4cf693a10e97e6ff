"""The models that there are here, and what each allows; from public tables of November 2026."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """A model: its id without a profile, its name and maker, its bounds in tokens, and what it allows.

    `cached` is the least number of tokens that is cached (0: it caches nothing). `profile_only` ones are called by an
    inference profile alone. `schema` says whether it takes a JSON schema for its reply, `forced` whether it can be
    made to use a tool, `sampling` whether temperature and topP may be set.
    """

    id: str
    name: str
    provider: str
    context: int = 1_000_000
    output: int = 128_000
    cached: int = 1024
    profile_only: bool = True
    schema: bool = True
    forced: bool = True
    sampling: bool = True
    counts: bool = True


_CLAUDE, _NOVA = "Anthropic", "Amazon"

MODELS = (
    Model("anthropic.claude-haiku-5-5", "Claude Haiku 5.5", _CLAUDE, cached=4096),
    Model(
        "anthropic.claude-haiku-4-5-20251001-v1:0",
        "Claude Haiku 4.5",
        _CLAUDE,
        context=200_000,
        output=64_000,
        cached=4096,
    ),
    Model("anthropic.claude-sonnet-5-5", "Claude Sonnet 5.5", _CLAUDE, cached=2048, forced=False, sampling=False),
    Model("anthropic.claude-sonnet-5", "Claude Sonnet 5", _CLAUDE, cached=2048, sampling=False),
    Model("anthropic.claude-sonnet-4-6", "Claude Sonnet 4.6", _CLAUDE, output=64_000, cached=2048),
    Model("anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5", _CLAUDE, context=200_000, output=64_000),
    Model("anthropic.claude-opus-5-5", "Claude Opus 5.5", _CLAUDE, cached=4096, forced=False, sampling=False),
    Model("anthropic.claude-opus-4-8", "Claude Opus 4.8", _CLAUDE, cached=4096),
    Model(
        "anthropic.claude-fable-5-2",
        "Claude Fable 5.2",
        _CLAUDE,
        cached=4096,
        schema=False,
        forced=False,
        sampling=False,
    ),
    Model("amazon.nova-2-lite-v1:0", "Nova 2 Lite", _NOVA, output=64_000, schema=False, counts=False),
    Model("amazon.nova-pro-v1:0", "Nova Pro", _NOVA, context=300_000, output=10_000, schema=False, counts=False),
    Model("amazon.nova-micro-v1:0", "Nova Micro", _NOVA, context=128_000, output=10_000, schema=False, counts=False),
    Model("google.gemma-3-27b-it", "Gemma 3 27B IT", "Google", 128_000, 8192, 0, profile_only=False, counts=False),
    Model("minimax.minimax-m2", "MiniMax M2", "MiniMax", 200_000, 64_000, 0, profile_only=False, counts=False),
    Model(
        "mistral.mistral-large-3-675b-instruct",
        "Mistral Large 3",
        "Mistral AI",
        256_000,
        32_000,
        0,
        profile_only=False,
        counts=False,
    ),
    Model(
        "nvidia.nemotron-nano-12b-v2",
        "Nemotron Nano 12B v2",
        "NVIDIA",
        128_000,
        8192,
        0,
        profile_only=False,
        counts=False,
    ),
    Model("qwen.qwen3-32b-v1:0", "Qwen3 32B", "Qwen", 128_000, 16_000, 0, profile_only=False, counts=False),
)
_PROFILES = ("global", "us", "eu", "apac", "jp", "au")
_ARN = re.compile(r"arn:aws[^:]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)/(?P<id>.+)")


def profiles(model: Model) -> tuple[str, ...]:
    """The inference profiles of a model."""
    return tuple(f"{prefix}.{model.id}" for prefix in _PROFILES) if model.profile_only else ()


def find(model_id: str) -> tuple[Model, bool] | None:
    """The model that an id, a profile's id or an ARN names, and whether a profile names it; None for an unknown one."""
    arn = _ARN.fullmatch(model_id)
    wanted = arn["id"] if arn else model_id
    for model in MODELS:
        if wanted == model.id:
            return model, False
        if wanted in profiles(model):
            return model, True
    return None
