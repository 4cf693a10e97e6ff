"""What the contract of language models is held on: every backend, with a way to script it and to make it fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sandbox.aws import Cloud
from services.language import LanguageModel
from services.language.bedrock import BedrockModel, client_config
from services.language.openai_compatible import OpenAICompatibleModel
from services.language.preference import PreferredModels
from services.language.prices import Price, Prices
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from tests.fakes.language import FakeLanguageModel
from tests.fakes.openai_server import ChatServer, chat_server

CLAUDE = "us.anthropic.claude-sonnet-4-6"
HAIKU = "global.anthropic.claude-haiku-5-5"
NOVA = "us.amazon.nova-pro-v1:0"
FABLE = "global.anthropic.claude-fable-5-2"
FREE = Price(input=1, output=1)


class Place(Protocol):
    """A model under test."""

    model: LanguageModel

    def says(self, *said: dict[str, Any] | str) -> None:
        """What it replies, one after the other, the last for ever."""
        ...

    def fails(self, kind: str, times: int = 1) -> None:
        """Let the next calls go wrong: 'throttle', 'broken', 'refusal', 'denied', 'too_long'."""
        ...

    @property
    def calls(self) -> int:
        """How many calls reached it."""
        ...


class FakePlace:
    def __init__(self) -> None:
        self._fake = FakeLanguageModel()
        self.model: LanguageModel = self._fake

    def says(self, *said: dict[str, Any] | str) -> None:
        for each in said[:-1]:
            self._fake.add("*", each, times=1)
        self._fake.add("*", said[-1])

    def fails(self, kind: str, times: int = 1) -> None:
        error = {
            "refusal": UserError("The model declined."),
            "denied": OperatorError("no access: give a key"),
            "too_long": ValueError("too long"),
        }.get(kind, RetryableError("busy"))
        self._fake.add("*", error, times=times)

    @property
    def calls(self) -> int:
        return self._fake.calls


class BedrockPlace:
    def __init__(self, cloud: Cloud, model: LanguageModel) -> None:
        self._cloud = cloud
        self.model = model

    def says(self, *said: dict[str, Any] | str) -> None:
        self._cloud.script.add(None, *said)

    def fails(self, kind: str, times: int = 1) -> None:
        fault: Any = "model_error" if kind == "broken" else kind
        self._cloud.faults.add("Converse*", fault, times=times)

    @property
    def calls(self) -> int:
        return self._cloud.journal.count("Converse*")


class ChatPlace:
    def __init__(self, server: ChatServer, model: LanguageModel) -> None:
        self._server = server
        self.model = model

    def says(self, *said: dict[str, Any] | str) -> None:
        self._server.says = [each if isinstance(each, str) else json.dumps(each) for each in said]

    def fails(self, kind: str, times: int = 1) -> None:
        self._server.faults += [{"broken": "mid_stream", "refusal": "filtered"}.get(kind, kind)] * times

    @property
    def calls(self) -> int:
        return len(self._server.requests)


async def bedrock(cloud: Cloud, model_id: str, **options: Any) -> BedrockModel:
    """A model on the stand-in."""

    def make() -> BedrockModel:
        client = cloud.client("bedrock-runtime", config=options.pop("config", None) or client_config())
        return BedrockModel(client, model_id, prices=options.pop("prices", Prices()), **options)

    return await asyncio.to_thread(make)


@asynccontextmanager
async def chat(**options: Any) -> AsyncIterator[tuple[ChatServer, OpenAICompatibleModel]]:
    """A model on a server that speaks OpenAI's way."""
    async with chat_server() as server:
        prices = Prices({"llama": FREE}, provider=None)
        model = await asyncio.to_thread(
            lambda: OpenAICompatibleModel(server.url, "llama", prices=prices, window=200_000, **options)
        )
        yield server, model
        await model.close()


async def no_pause(_seconds: float) -> None:
    """A pause that takes no time."""
    await asyncio.sleep(0)


@asynccontextmanager
async def place(kind: str, cloud: Cloud) -> AsyncIterator[Place]:
    """The place of that name."""
    if kind == "fake":
        yield FakePlace()
    elif kind == "openai":
        async with chat() as (server, model):
            yield ChatPlace(server, model)
    elif kind == "preferred":
        models = [await bedrock(cloud, name) for name in (CLAUDE, NOVA)]
        yield BedrockPlace(cloud, PreferredModels(models, sleep=no_pause))
    else:
        yield BedrockPlace(cloud, await bedrock(cloud, kind))
