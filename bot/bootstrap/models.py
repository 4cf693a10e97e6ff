"""The language model: Bedrock's by preference, or a server of one's own, under one allowance for all workers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

from bot.settings import Settings
from services.language import LanguageModel, Prompt, Usage
from services.language.budget import SharedBudget
from services.language.openai_compatible import OpenAICompatibleModel
from services.language.preference import PreferredModels
from services.language.prices import Prices, read_prices
from services.storage.database import migrate, open_database
from services.storage.token_buckets import TokenBuckets
from services.vocabulary.errors import OperatorError


async def open_model(
    settings: Settings, stack: AsyncExitStack, observe: Callable[[Prompt, Usage], None] | None
) -> LanguageModel:
    """The model, or models in order of preference. Raises OperatorError for a setting that is missing or wrong."""
    own = await asyncio.to_thread(read_prices, settings.model_prices) if settings.model_prices else {}
    await migrate(settings.tables_url)
    database = await asyncio.to_thread(open_database, settings.tables_url)
    stack.push_async_callback(database.dispose)
    budget = SharedBudget(
        TokenBuckets(database),
        tokens_per_minute=settings.tokens_per_minute,
        calls_per_minute=settings.calls_per_minute,
    )
    if settings.model_url:
        server = await asyncio.to_thread(_own_server, settings, Prices(own, provider=None), budget, observe)
        stack.push_async_callback(server.close)
        return PreferredModels([server])
    from bot.bootstrap import aws  # noqa: PLC0415 - not installed where only local engines are

    return PreferredModels(await asyncio.to_thread(aws.bedrock_models, settings, Prices(own), budget, observe))


def _own_server(
    settings: Settings, prices: Prices, budget: SharedBudget, observe: Callable[[Prompt, Usage], None] | None
) -> OpenAICompatibleModel:
    if not (settings.model_url and settings.model_name):
        raise OperatorError("MODEL_URL is set, so set MODEL_NAME, too: the model's name on that server")
    return OpenAICompatibleModel(
        settings.model_url,
        settings.model_name,
        key=settings.model_key.get_secret_value() if settings.model_key else None,
        prices=prices,
        budget=budget,
        observe=observe,
    )
