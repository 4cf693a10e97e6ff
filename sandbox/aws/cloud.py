"""Starts the stand-ins on a thread with a loop of its own, and says how to reach and control them."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cached_property

import aiohttp
import boto3
from aiohttp import web

from sandbox.aws.assembly import Parts, assemble
from sandbox.aws.clock import Clock
from sandbox.aws.engines import Engines, OpenEngines
from sandbox.aws.faults import Faults
from sandbox.aws.gateway import Gateway
from sandbox.aws.journal import Journal
from sandbox.aws.json_values import Json
from sandbox.aws.models import load
from sandbox.aws.s3 import Store, moto
from sandbox.aws.s3_proxy import S3Proxy
from sandbox.aws.script import Script
from sandbox.aws.scripted import scripted
from sandbox.aws.transcribe_work import Pace

REGION = "us-east-1"
_HOST = "127.0.0.1"
_KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "stand-in"}


@dataclass(repr=False)
class Cloud:
    """Running stand-ins. Its controls may be used from any thread.

    `environment` is what a program needs to reach them: nothing else of it is known here. `script` says what models
    reply, `faults` what goes wrong, `journal` what was called, `pace` how long transcription jobs take, `clock` moves
    time, `engines` are those that were passed in, `store` reads and writes S3 past the journal.
    """

    url: str
    s3_url: str
    clock: Clock
    script: Script
    faults: Faults
    journal: Journal
    pace: Pace
    store: Store
    engines: Engines
    parts: Parts

    @property
    def environment(self) -> dict[str, str]:
        """The standard variables of AWS's libraries."""
        services = ("BEDROCK_RUNTIME", "BEDROCK", "TRANSCRIBE", "POLLY")
        return {
            **{f"AWS_ENDPOINT_URL_{service}": self.url for service in services},
            "AWS_ENDPOINT_URL_S3": self.s3_url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            **_KEYS,
        }

    @cached_property
    def _session(self) -> Json:
        return boto3.Session(
            aws_access_key_id=_KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=_KEYS["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )

    def client(self, service: str, **options: Json) -> Json:
        """A boto3 client of a service here, with `options` of `Session.client`. It takes a moment to make."""
        url = self.s3_url if service == "s3" else self.url
        return self._session.client(service, endpoint_url=url, **options)

    def new_bucket(self) -> str:
        """A bucket that nobody else has. It blocks for a moment."""
        name = f"earshot-{uuid.uuid4().hex[:12]}"
        self.store.client.create_bucket(Bucket=name)
        return name

    def reset(self) -> None:
        """Forget scripts, faults, calls, jobs and caches. Buckets stay."""
        for part in (self.script, self.faults, self.journal, self.pace, self.parts):
            part.reset()
        for engine in (self.engines.ear, self.engines.voice):
            if hasattr(engine, "reset"):
                engine.reset()


@asynccontextmanager
async def aws(*, engines: OpenEngines = scripted, port: int = 0, s3_port: int = 0) -> AsyncIterator[Cloud]:
    """The stand-ins, for as long as the block lasts; ports 0 are free ones. It takes some seconds to start.

    They live on a thread of their own, so that blocking clients may call them from anywhere. `engines` are opened
    there.
    """
    runner = _Thread(engines, port, s3_port)
    try:
        yield await asyncio.to_thread(runner.start)
    finally:
        await asyncio.to_thread(runner.stop)


@contextmanager
def running(*, engines: OpenEngines = scripted, port: int = 0, s3_port: int = 0) -> Iterator[Cloud]:
    """The same for those without a loop."""
    runner = _Thread(engines, port, s3_port)
    try:
        yield runner.start()
    finally:
        runner.stop()


class _Thread:
    """A thread that runs the stand-ins until it is told to stop."""

    def __init__(self, engines: OpenEngines, port: int, s3_port: int) -> None:
        self._options = (engines, port, s3_port)
        self._started: Future[Cloud] = Future()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="stand-ins", daemon=True)

    def start(self) -> Cloud:
        self._thread.start()
        return self._started.result()

    def stop(self) -> None:
        if self._loop and self._stop and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with _serving(*self._options) as cloud:
                self._started.set_result(cloud)
                await self._stop.wait()
        except BaseException as error:
            if self._started.done():
                raise
            self._started.set_exception(error)


@asynccontextmanager
async def _serving(open_engines: OpenEngines, port: int, s3_port: int) -> AsyncIterator[Cloud]:
    clock, script, faults, journal, pace = Clock(), Script(), Faults(), Journal(), Pace()
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(load)
        engines = await stack.enter_async_context(open_engines())
        moto_url = await stack.enter_async_context(moto())
        session = await stack.enter_async_context(aiohttp.ClientSession(auto_decompress=False))
        store = await asyncio.to_thread(Store, moto_url, REGION)
        parts = await stack.enter_async_context(assemble(engines, store, clock, script, pace))
        gateway = Gateway(parts.services, journal, faults, clock)
        proxy = S3Proxy(moto_url, journal, faults, clock, session)
        url = await stack.enter_async_context(_listening(gateway.handle, port))
        s3_url = await stack.enter_async_context(_listening(proxy.handle, s3_port))
        yield Cloud(url, s3_url, clock, script, faults, journal, pace, store, engines, parts)


@asynccontextmanager
async def _listening(handle: Json, port: int) -> AsyncIterator[str]:
    application = web.Application(client_max_size=64 << 20)
    application.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5, auto_decompress=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, _HOST, port)
        await site.start()
        bound = runner.addresses[0][1]
        yield f"http://{_HOST}:{bound}"
    finally:
        await runner.cleanup()
