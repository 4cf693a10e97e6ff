"""The bot with fast engines as a process of its own, so that it can be killed: `python -m tests.workflow.bot_process`.

Settings come from the environment, as the product's do. `HEARD` is the diary of the fake recognizer.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from bot import logs
from bot.server import running
from bot.settings import Settings
from tests.fakes.engines import fake_engines


async def main() -> None:
    """Serve until SIGTERM, as `bot.server.serve` does."""
    settings = Settings(_env_file=None)
    logs.configure("WARNING", "text")
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with running(settings, fake_engines(pace=0.1, journal=Path(os.environ["HEARD"]))):
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
