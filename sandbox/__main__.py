"""`python -m sandbox`: a local Slack on this machine."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from sandbox.slack.manifest import Manifest, read_manifest
from sandbox.slack.server import serve


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Slack, on 127.0.0.1 only.")
    parser.add_argument("--port", type=int, default=8080, help="port to listen on, 0 for a free one (default 8080)")
    parser.add_argument("--state", type=Path, help="folder in which everything is kept; without it nothing is")
    parser.add_argument("--manifest", type=Path, help="app manifest: its commands, shortcuts, scopes and events count")
    parser.add_argument("--bot-token", default="xoxb-sandbox", help="the bot token that is valid here")
    parser.add_argument("--app-token", default="xapp-sandbox", help="the app-level token that is valid here")
    parser.add_argument("--no-rate-limits", action="store_true", help="let the app call as often as it likes")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace, manifest: Manifest) -> None:
    finished = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, finished.set)
    async with serve(
        port=arguments.port,
        state=arguments.state,
        manifest=manifest,
        bot_token=arguments.bot_token,
        app_token=arguments.app_token,
        rate_limits=not arguments.no_rate_limits,
    ) as running:
        sys.stdout.write(f"Local Slack: {running.url}/  (Web API: {running.url}/api/)\n")
        sys.stdout.flush()
        await finished.wait()


def main() -> int:
    """Run until interrupted; return the exit status."""
    arguments = _arguments()
    try:
        manifest = read_manifest(arguments.manifest) if arguments.manifest else Manifest()
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(arguments, manifest))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"python -m sandbox: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
