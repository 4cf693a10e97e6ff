"""The bot with fast engines as a process of its own, so that it can be killed: `python -m tests.workflow.bot_process`.

Settings come from the environment, as the product's do. `HEARD` is the diary of the fake recognizer, `PACE` the part
of a recording's length that it takes.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from bot import logs
from bot.server import running, until_stopped
from bot.settings import Settings
from tests.fakes.engines import fake_engines


async def main() -> None:
    """Serve until SIGTERM, as `bot.server.serve` does."""
    settings = Settings(_env_file=None)
    logs.configure(settings.log_level, settings.log_format)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    pace = float(os.environ.get("PACE", "0.1"))
    async with running(settings, fake_engines(pace=pace, journal=Path(os.environ["HEARD"]))) as parts:
        await until_stopped(parts, stop)


if __name__ == "__main__":
    asyncio.run(main())
