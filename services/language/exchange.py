"""One call to a model, through pydantic-ai: bounded, counted, priced, its faults translated, nothing asked twice."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.exceptions import UserError as MisuseError
from pydantic_ai.messages import (
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ToolCallPart,
)
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from services.language import Prompt, Usage
from services.language.asking import Ask
from services.language.budget import Budget, Room
from services.language.capabilities import Capability
from services.language.mishaps import translated
from services.language.prices import Prices
from services.vocabulary.errors import OperatorError

_log = structlog.get_logger(__name__)

# Recorded requests have up to this many tokens beyond their texts, and those with a form this many more.
_FRAME = 20
_FORM = 500

Settings = Callable[[Prompt, int], ModelSettings]
Observe = Callable[[Prompt, Usage], None]


@dataclass(frozen=True)
class Outcome:
    """What a whole call gave: the text, or a tool's arguments as JSON; the vendor's reason to stop; the usage."""

    said: str
    stop: str
    finish: str | None
    usage: Usage


class Exchange:
    """Calls of one model. At most `at_once` of them run: each holds a thread of anyio's pool (40) while it waits.

    `settings` makes the vendor's settings from a prompt and a limit. `observe` is told of every call that used
    something, also of those whose reply was thrown away; for an early end the figures are estimates. `access_errors`
    are the vendor's own errors for missing credentials, which pydantic-ai lets through.
    """

    def __init__(
        self,
        model: Model[Any],
        capability: Capability,
        settings: Settings,
        *,
        prices: Prices,
        budget: Budget | None,
        observe: Observe | None,
        at_once: int,
        access_errors: tuple[type[Exception], ...] = (),
    ) -> None:
        self.name = model.model_name
        self.capability = capability
        self._model = model
        self._settings = settings
        self._prices = prices
        self._budget = budget
        self._observe = observe
        self._lanes = asyncio.Semaphore(at_once)
        self._access_errors = access_errors

    async def talk(self, ask: Ask, prompt: Prompt) -> AsyncGenerator[str | Outcome]:
        """The pieces of text as they come, and the outcome at last. Closing the iterator ends the call."""
        limit = self.capability.limit(ask.limit, prompt.effort)
        sent = self._size(ask)
        began, said, outcome = time.monotonic(), "", None
        async with self._room(sent + limit) as room, self._lanes:
            try:
                async with self._opened(ask, self._settings(prompt, limit)) as response:
                    async for event in response:
                        room.used = room.used or sent
                        if text := _text(event):
                            said += text
                            yield text
                outcome = self._outcome(response.get(), time.monotonic() - began)
                yield outcome
            finally:
                if room.used:
                    usage = outcome.usage if outcome else self._guess(sent, said, time.monotonic() - began)
                    room.used = usage.input_tokens - usage.cache_read_tokens
                    room.used += usage.output_tokens * self.capability.output_weight
                    self._note(prompt, usage)

    @asynccontextmanager
    async def _room(self, tokens: int) -> AsyncIterator[Room]:
        if self._budget is None:
            yield Room(tokens)
            return
        async with self._budget.room(self.name, tokens) as room:
            yield room

    @asynccontextmanager
    async def _opened(self, ask: Ask, settings: ModelSettings) -> AsyncIterator[Any]:
        try:
            async with model_request_stream(
                self._model, ask.messages, model_settings=settings, model_request_parameters=ask.parameters
            ) as response:
                yield response
        except (AgentRunError, MisuseError) as error:
            ours = translated(error)
            _log.warning("model_call_failed", model=self.name, kind=type(ours).__name__, reason=str(ours))
            raise ours from error
        except self._access_errors as error:
            raise OperatorError(f"no access to the language model {self.name}: {error}. Give credentials") from error

    def _outcome(self, response: ModelResponse, seconds: float) -> Outcome:
        tools = [part.args_as_json_str() for part in response.parts if isinstance(part, ToolCallPart)]
        text = "".join(part.content for part in response.parts if isinstance(part, TextPart))
        used = response.usage
        usage = Usage(
            model=self.name,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            cache_read_tokens=used.cache_read_tokens,
            cache_write_tokens=used.cache_write_tokens,
            seconds=round(seconds, 3),
        )
        stop = str((response.provider_details or {}).get("finish_reason", ""))
        said = tools[0] if tools else text
        return Outcome(said=said, stop=stop, finish=response.finish_reason, usage=self._priced(usage))

    def _size(self, ask: Ask) -> int:
        """The tokens of a request, about: its texts, the schema that goes with it, and what the vendor puts around."""
        form = ask.parameters.output_object
        schemas = [form.json_schema] if form else [tool.parameters_json_schema for tool in ask.parameters.output_tools]
        texts = (*ask.texts(), *(json.dumps(schema) for schema in schemas))
        return _FRAME + len(schemas) * _FORM + sum(self.capability.tokens(text) for text in texts)

    def _guess(self, sent: int, said: str, seconds: float) -> Usage:
        return self._priced(
            Usage(
                model=self.name,
                input_tokens=sent,
                output_tokens=self.capability.tokens(said),
                seconds=round(seconds, 3),
            )
        )

    def _priced(self, usage: Usage) -> Usage:
        return usage.model_copy(update={"cost": self._prices.cost(usage)})

    def _note(self, prompt: Prompt, usage: Usage) -> None:
        _log.info("model_call", purpose=prompt.purpose, subject=prompt.subject, **usage.model_dump())
        if self._observe:
            self._observe(prompt, usage)


def _text(event: object) -> str:
    """What an event adds to the text; thoughts and arguments of tools are not for reading."""
    match event:
        case PartStartEvent(part=TextPart(content=text)):
            return text
        case PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
            return text
        case _:
            return ""
