"""The jobs of Amazon Transcribe: asked for, started, waited for, deleted. Waiting holds no thread."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from services.storage.aws import Calls, code_of
from services.transcription.amazon_reasons import JobGone, missing, translate
from services.vocabulary.base import Value
from services.vocabulary.errors import RetryableError

T = TypeVar("T")

_GROWTH, _JITTER = 1.5, 0.2
_TROUBLES = 10  # tries that fail in a row before we give up: some three minutes at the usual intervals
# An account has 100 places for jobs and few calls a second: who comes too many waits for hours before giving up.
_CROWDED, _CROWDED_SECONDS = frozenset({"LimitExceededException", "ThrottlingException"}), 6 * 3600.0


class Poll(Value):
    """Seconds between two looks at a job: the first, growing up to the longest."""

    first: float = 2.0
    longest: float = 30.0


class Jobs:
    """Jobs by name, through a boto3 client that all share; at most `threads` calls run at once.

    Raises RetryableError when the service is away or busy for long, OperatorError when it refuses us.
    """

    def __init__(self, client: Any, *, threads: int, poll: Poll) -> None:  # noqa: ANN401 - boto3 has no types
        self._client = client
        self._poll = poll
        self._calls = Calls("transcribe", threads)
        self._hints: dict[str, asyncio.Event] = {}
        self._dice = random.Random()  # noqa: S311 - spreads requests, keeps no secret

    def notify(self, name: str) -> None:
        """Something happened to that job (an event says so): look at it now. Other names are ignored."""
        if hint := self._hints.get(name):
            hint.set()

    async def find(self, name: str) -> dict[str, Any] | None:
        """The job as the service describes it; None where there is none."""

        async def once() -> dict[str, Any] | None:
            try:
                found = await self._calls(self._client.get_transcription_job, TranscriptionJobName=name)
            except ClientError as error:
                if missing(error):
                    return None
                raise
            return dict(found["TranscriptionJob"])

        return await self._patiently(name, once)

    async def start(self, request: dict[str, Any]) -> None:
        """Start a job, waiting for a place where all are taken. One that was started already is as good."""

        async def once() -> None:
            try:
                await self._calls(self._client.start_transcription_job, **request)
            except ClientError as error:
                if code_of(error) != "ConflictException":
                    raise

        await self._patiently(request["TranscriptionJobName"], once)

    async def wait(self, name: str, *, seconds: float, moved: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """The job once it is COMPLETED or FAILED; `moved` hears of every look at it before.

        Raises JobGone where it is not there any more, RetryableError after that many seconds.
        """
        until = asyncio.get_running_loop().time() + seconds
        delay = self._poll.first
        while True:
            job = await self.find(name)
            if job is None:
                raise JobGone(name)
            if job["TranscriptionJobStatus"] in {"COMPLETED", "FAILED"}:
                return job
            if asyncio.get_running_loop().time() > until:
                raise RetryableError("The transcription takes far longer than it should; it is looked at again later")
            moved(job)
            delay = self._poll.first if await self._rest(name, delay) else min(self._poll.longest, delay * _GROWTH)

    async def _patiently(self, name: str, action: Callable[[], Awaitable[T]]) -> T:
        """The action's result, in our errors. It is done again where that may help: longest where others are served."""
        until = asyncio.get_running_loop().time() + _CROWDED_SECONDS
        delay, troubles = self._poll.first, 0
        while True:
            try:
                return await action()
            except (ClientError, BotoCoreError) as error:
                ours = translate(error)
                troubles = 0 if code_of(error) in _CROWDED else troubles + 1
                late = troubles >= _TROUBLES or asyncio.get_running_loop().time() > until
                if late or not isinstance(ours, RetryableError):
                    raise ours from error
            await self._rest(name, delay)
            delay = min(self._poll.longest, delay * _GROWTH)

    async def _rest(self, name: str, seconds: float) -> bool:
        """Sleep for about so long, or until `notify`; says whether it was that."""
        hint = self._hints.setdefault(name, asyncio.Event())
        try:
            async with asyncio.timeout(seconds * self._dice.uniform(1 - _JITTER, 1 + _JITTER)):
                await hint.wait()
        except TimeoutError:
            return False
        else:
            return True
        finally:
            self._hints.pop(name, None)

    async def delete(self, name: str) -> None:
        """Delete a job's record; one that is not there is as good."""

        async def once() -> None:
            try:
                await self._calls(self._client.delete_transcription_job, TranscriptionJobName=name)
            except ClientError as error:
                if not missing(error):
                    raise

        await self._patiently(name, once)

    def close(self) -> None:
        """Let the threads go."""
        self._calls.close()
