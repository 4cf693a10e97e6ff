"""A model on the stand-in for Bedrock that only quotes, for the contracts of what is written over a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.aws import Cloud, Conversation, Reply, running
from services.language import Prompt
from tests.fakes.writers import answer_to, summary_of, told_to


@contextmanager
def quoting_cloud() -> Iterator[Cloud]:
    """Stand-ins whose models reply as the functions of `tests.fakes.writers` do."""
    with running() as cloud:
        cloud.script.add(None, _reply)
        yield cloud


def _reply(request: Conversation) -> Reply:
    purpose = request.parameters["requestMetadata"]["purpose"]
    prompt = Prompt(instructions=request.system, material=request.prompt, question=request.question, purpose=purpose)
    if purpose == "stream":
        return Reply(text=told_to(prompt))
    return Reply(value=answer_to(prompt) if purpose == "answer" else summary_of(prompt))
