"""`python -m bot models`: the weights of the local engines, fetched and built before they are needed."""

from __future__ import annotations

import asyncio

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from bot.settings import Settings
from services.weights import ReportFetch, cached, ensure

LOCAL_MODELS = ("whisper-base", "campplus", "voice-en-joe")


async def get_models(settings: Settings) -> None:
    """Fetch what is missing, with a bar for each model. Raises OperatorError with the remedy."""
    columns = (TextColumn("{task.description:<14}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        for name in LOCAL_MODELS:
            task = bar.add_task(name, total=1.0)
            await asyncio.to_thread(ensure, name, settings.models_dir, _show(bar, task))
            bar.update(task, completed=1.0)


def _show(bar: Progress, task: TaskID) -> ReportFetch:
    return lambda _part, fraction: bar.update(task, completed=fraction)


def missing_models(settings: Settings) -> list[str]:
    """The names of the models that are not in the cache."""
    return [name for name in LOCAL_MODELS if cached(name, settings.models_dir) is None]
