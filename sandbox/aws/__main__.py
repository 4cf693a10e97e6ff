"""`python -m sandbox.aws`: Bedrock, Transcribe, Polly and S3 on this machine, by local engines."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shlex
import signal
import sys

from sandbox.aws.cloud import Cloud, aws
from sandbox.aws.local_engines import local
from sandbox.aws.scripted import scripted


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.aws", description="Stand-ins for AWS, on 127.0.0.1 only. They are no models."
    )
    parser.add_argument("--port", type=int, default=4566, help="port of all services but S3, 0 for a free one")
    parser.add_argument("--s3-port", type=int, default=4567, help="port of S3, 0 for a free one")
    parser.add_argument("--bucket", default="earshot", help="a bucket that is made at the start")
    parser.add_argument("--scripted", action="store_true", help="hear and say the same thing always; needs no models")
    return parser.parse_args()


def _say(cloud: Cloud, bucket: str) -> None:
    sys.stdout.write("# Stand-ins for AWS. With these in its environment a program uses them:\n")
    for name, value in {**cloud.environment, "S3_BUCKET": bucket}.items():
        sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    sys.stdout.flush()


async def _run(arguments: argparse.Namespace) -> None:
    finished = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, finished.set)
    engines = scripted if arguments.scripted else local
    async with aws(engines=engines, port=arguments.port, s3_port=arguments.s3_port) as cloud:
        await cloud.store.ensure_bucket(arguments.bucket)
        _say(cloud, arguments.bucket)
        await finished.wait()


def main() -> int:
    """Run until interrupted; return the exit status."""
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(_arguments()))
    except (OSError, RuntimeError) as error:
        sys.stderr.write(f"python -m sandbox.aws: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
