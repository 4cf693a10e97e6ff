"""`costs`: what an hour of audio would cost on AWS, and what language models have cost so far."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bootstrap import open_store
from bot.costs import AS_OF, MODELS, VOICES, Rates, hour, rates_of
from bot.settings import Settings
from bot.spending import Spent, spending
from services.storage.database import open_database
from services.storage.ledger import entries

if TYPE_CHECKING:
    from services.language.prices import Price

_WIDTH = 46


async def show_costs(settings: Settings) -> None:
    """Print both. Raises OperatorError for a database, a bucket or a price file that cannot be read."""
    estimated = await asyncio.to_thread(_rates, settings)
    spent = await _spent(settings)
    for line in (*_estimate(estimated, settings), "", *_account(spent)):
        sys.stdout.write(f"{line}\n")


def _rates(settings: Settings) -> dict[str, Rates | None]:
    """The models of the settings first, then the others of the table."""
    own: dict[str, Rates] = {}
    if settings.model_prices:
        from services.language.prices import read_prices  # noqa: PLC0415 - not installed where no model is

        own = {name: _own(price) for name, price in read_prices(settings.model_prices).items()}
    chosen = [settings.model_name] if settings.model_url and settings.model_name else settings.bedrock_models
    return {name: rates_of(name, own) for name in (*chosen, *own, *MODELS)}


def _own(price: Price) -> Rates:
    cached = price.input if price.cache_read is None else price.cache_read
    return Rates(input_tokens=price.input, output_tokens=price.output, cached_tokens=cached)


async def _spent(settings: Settings) -> list[Spent]:
    database = await asyncio.to_thread(_database, settings)
    if database is None:
        return []
    try:
        found = await entries(database)
    finally:
        await database.dispose()
    async with open_store(settings) as blobs:
        return await spending(found, blobs)


def _database(settings: Settings) -> AsyncEngine | None:
    """The database; None where there is no file yet, as reading it would make one."""
    url = make_url(settings.tables_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return None
    return open_database(settings.tables_url)


def _estimate(rates: dict[str, Rates | None], settings: Settings) -> Iterator[str]:
    yield f"An hour of audio on AWS, estimated in US dollars at prices of {AS_OF} (docs/costs.md)"
    yield f"{'model':{_WIDTH}} {'hearing':>8} {'thinking':>9} {'speaking':>9} {'total':>7}"
    for name, rate in rates.items():
        if rate is None:
            yield f"{name:{_WIDTH}} no price is known: write it into a file and set MODEL_PRICES"
            continue
        cost = hour(rate.model_copy(update={"characters": VOICES[settings.polly_engines[0]]}))
        yield f"{name:{_WIDTH}} {cost.hearing:8.2f} {cost.thinking:9.2f} {cost.speaking:9.2f} {cost.total:7.2f}"
    local = [name for name in ("transcriber", "summarizer", "speech") if settings.backend_of(name) == "local"]
    if local:
        yield f"These run on this machine and cost nothing there: {', '.join(local)}."


def _account(spent: Sequence[Spent]) -> Iterator[str]:
    if not spent:
        yield "No recap that is kept here was written by a language model, so nothing was spent on one."
        return
    yield "Spent on language models for the recaps and outputs that are still kept, in US dollars"
    yield f"{'month':7} {'model':{_WIDTH}} {'texts':>6} {'calls':>6} {'in':>10} {'cached':>10} {'out':>9} {'cost':>9}"
    for each in spent:
        yield (
            f"{each.month:7} {each.model:{_WIDTH}} {each.texts:6} {each.calls:6} {each.input_tokens:10} "
            f"{each.cache_read_tokens:10} {each.output_tokens:9} {each.cost:9.4f}"
        )
    yield f"All of it: {sum(each.cost for each in spent):.4f}"
    if unpriced := sum(each.unpriced for each in spent):
        yield f"Not in it: {unpriced} calls of models whose price is not known (set MODEL_PRICES)."
    yield "Answers are not in it, nor are Transcribe, Polly and S3: AWS's bill has them."
