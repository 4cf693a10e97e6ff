"""Puts the stand-ins together: which operation is answered by what."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.aws.bedrock import Bedrock
from sandbox.aws.caching import Cache
from sandbox.aws.clock import Clock
from sandbox.aws.converse import Converse, unmodeled
from sandbox.aws.engines import Engines
from sandbox.aws.guardrails import Guardrails
from sandbox.aws.polly import Polly
from sandbox.aws.s3 import Store
from sandbox.aws.script import Script
from sandbox.aws.service import Service
from sandbox.aws.transcribe import Transcribe
from sandbox.aws.transcribe_work import Pace, Work
from services.storage.scratch import Scratch


@dataclass
class Parts:
    """The services' insides, whose settings tests may turn."""

    cache: Cache
    converse: Converse
    guardrails: Guardrails
    bedrock: Bedrock
    transcribe: Transcribe
    polly: Polly

    @property
    def services(self) -> dict[str, Service]:
        """Handlers by service and operation."""
        return {
            "bedrock-runtime": Service(
                {
                    "Converse": self.converse.converse,
                    "CountTokens": self.converse.count_tokens,
                    "ApplyGuardrail": self.guardrails.apply,
                },
                {"ConverseStream": self.converse.stream},
                unmodeled,
            ),
            "bedrock": Service(
                {
                    "ListInferenceProfiles": self.bedrock.list_profiles,
                    "GetInferenceProfile": self.bedrock.get_profile,
                    "ListFoundationModels": self.bedrock.list_models,
                    "CreateModelInvocationJob": self.bedrock.create_job,
                    "GetModelInvocationJob": self.bedrock.get_job,
                    "StopModelInvocationJob": self.bedrock.stop_job,
                }
            ),
            "transcribe": Service(
                {
                    "StartTranscriptionJob": self.transcribe.start,
                    "GetTranscriptionJob": self.transcribe.get,
                    "ListTranscriptionJobs": self.transcribe.list,
                    "DeleteTranscriptionJob": self.transcribe.delete,
                }
            ),
            "polly": Service(
                {"SynthesizeSpeech": self.polly.synthesize, "DescribeVoices": self.polly.describe_voices},
            ),
        }

    def reset(self) -> None:
        """Forget what happened and what was set."""
        for part in (self.cache, self.guardrails, self.bedrock, self.transcribe, self.polly):
            part.reset()


@asynccontextmanager
async def assemble(engines: Engines, store: Store, clock: Clock, script: Script, pace: Pace) -> AsyncIterator[Parts]:
    """All parts, with their running jobs ended on leaving."""
    cache = Cache(clock)
    guardrails = Guardrails()
    converse = Converse(script, cache, guardrails, engines.responder)
    room = await asyncio.to_thread(tempfile.mkdtemp, prefix="aws-")
    scratch = Scratch(Path(room))
    parts = Parts(
        cache=cache,
        converse=converse,
        guardrails=guardrails,
        bedrock=Bedrock(converse, store, clock),
        transcribe=Transcribe(Work(engines.ear, store, clock, pace, scratch)),
        polly=Polly(engines.voice, scratch),
    )
    try:
        yield parts
    finally:
        await parts.transcribe.close()
        await parts.bedrock.close()
        await scratch.clear()
