"""What is sent for a prompt, and what is read from the reply: the same words for every vendor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_ai.messages import (
    CachePoint,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    UserContent,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.tools import ToolDefinition

from services.language import Prompt
from services.language.capabilities import Mode
from services.vocabulary.base import Value

T = TypeVar("T", bound=Value)

_SCHEMA = "\n\nReply with one JSON object of this schema and nothing else, no words and no fences around it:\n"
_SHORTER = (
    "Your reply to this was too long and was cut. Give fewer items, the most important ones only, and shorter "
    "sentences, so that the whole reply is at most half as long."
)
_REPAIR = "Your reply cannot be used:\n{}\nGive the whole reply again, corrected."
_MOST_ERRORS = 10


@dataclass(frozen=True)
class Ask:
    """One request: its messages, the form of the reply, and the tokens that the reply may have."""

    messages: tuple[ModelMessage, ...]
    parameters: ModelRequestParameters
    limit: int
    short: bool = False

    def texts(self) -> Iterator[str]:
        """All texts that are sent, the schema left out."""
        for message in self.messages:
            for part in message.parts:
                content = part.content if isinstance(part, SystemPromptPart | UserPromptPart | TextPart) else ()
                yield from (
                    (content,) if isinstance(content, str) else (each for each in content if isinstance(each, str))
                )

    def doubled(self) -> Ask:
        """The same with twice the room."""
        return replace(self, limit=2 * self.limit)

    def shortened(self) -> Ask:
        """The same, asking for less. The words come last, so that what is cached stays as it was."""
        return replace(self, messages=(*self.messages, _user(_SHORTER)), short=True)

    def repaired(self, said: str, error: ValidationError) -> Ask:
        """The same, with what came of it and what is wrong with that."""
        complaint = _user(_REPAIR.format(_faults(error)))
        answer = (ModelResponse(parts=[TextPart(said)]),) if said.strip() else ()
        return replace(self, messages=(*self.messages, *answer, complaint))


def ask(prompt: Prompt, mode: Mode, kind: type[Value] | None, *, cached: bool) -> Ask:
    """The first request for a prompt: instructions, then the material and its cache point, then the question."""
    question = prompt.question
    if kind is not None and mode == "prompted":
        question += _SCHEMA + json.dumps(kind.model_json_schema(), ensure_ascii=False)
    content: list[UserContent] = [prompt.material] if prompt.material else []
    if cached:
        content.append(CachePoint())
    content.append(question)
    parts = [SystemPromptPart(prompt.instructions)] if prompt.instructions else []
    request = ModelRequest(parts=[*parts, UserPromptPart(content)])
    return Ask(messages=(request,), parameters=_parameters(mode, kind), limit=prompt.max_tokens)


def _parameters(mode: Mode, kind: type[Value] | None) -> ModelRequestParameters:
    if kind is None or mode == "prompted":
        return ModelRequestParameters()
    # Names of generic types have brackets, which no service takes.
    name = re.sub(r"[^A-Za-z0-9_-]+", "_", kind.__name__)[:64]
    schema, about = kind.model_json_schema(), (kind.__doc__ or "").strip() or None
    if mode == "native":
        form = OutputObjectDefinition(json_schema=schema, name=name, description=about)
        return ModelRequestParameters(output_mode="native", output_object=form, allow_text_output=False)
    tool = ToolDefinition(name=name, parameters_json_schema=schema, description=about, kind="output")
    return ModelRequestParameters(output_mode="tool", output_tools=[tool], allow_text_output=False)


def read(said: str, kind: type[T]) -> T:
    """The value in a reply. Raises ValidationError."""
    first, last = said.find("{"), said.rfind("}")
    return kind.model_validate_json(said[first : last + 1] if 0 <= first < last else said)


def _user(text: str) -> ModelRequest:
    return ModelRequest(parts=[UserPromptPart(text)])


def _faults(error: ValidationError) -> str:
    faults: list[Any] = error.errors(include_url=False, include_input=False, include_context=False)[:_MOST_ERRORS]
    return "\n".join(f"- {'.'.join(str(step) for step in fault['loc']) or 'reply'}: {fault['msg']}" for fault in faults)
