"""A Converse request as scripts and responders read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.aws.catalog import Model


@dataclass(frozen=True)
class Conversation:
    """A request that the model has to reply to: its parameters as the API takes them, and what they say in short."""

    model: Model
    model_id: str
    parameters: dict[str, Any]
    streamed: bool

    @property
    def system(self) -> str:
        """The instructions."""
        return "\n".join(texts(self.parameters.get("system", [])))

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages as sent."""
        found: list[dict[str, Any]] = self.parameters.get("messages", [])
        return found

    @property
    def prompt(self) -> str:
        """All text of the messages, in order."""
        return "\n".join(text for message in self.messages for text in texts(message["content"]))

    @property
    def question(self) -> str:
        """The last text block of the last message: what differs from call to call."""
        return (texts(self.messages[-1]["content"]) or [""])[-1] if self.messages else ""

    @property
    def schema(self) -> dict[str, Any] | None:
        """The JSON schema that the reply's text must keep; None where none was asked for."""
        text_format = self.parameters.get("outputConfig", {}).get("textFormat")
        found: dict[str, Any] | None = (
            json.loads(text_format["structure"]["jsonSchema"]["schema"]) if text_format else None
        )
        return found

    @property
    def tools(self) -> dict[str, dict[str, Any]]:
        """The JSON schemas of the tools, by name."""
        listed = self.parameters.get("toolConfig", {}).get("tools", [])
        return {
            tool["toolSpec"]["name"]: tool["toolSpec"]["inputSchema"]["json"] for tool in listed if "toolSpec" in tool
        }

    @property
    def forced(self) -> bool:
        """Whether a tool must be used."""
        return bool(self.parameters.get("toolConfig", {}).get("toolChoice", {}).keys() & {"any", "tool"})

    @property
    def max_tokens(self) -> int:
        """The most tokens of the reply."""
        return int(self.parameters.get("inferenceConfig", {}).get("maxTokens", self.model.output))

    @property
    def text(self) -> str:
        """Instructions and messages, to match against."""
        return f"{self.system}\n{self.prompt}"


def texts(blocks: list[dict[str, Any]]) -> list[str]:
    """The texts of blocks: plain ones, of tools' results and of search results."""
    found = []
    for block in blocks:
        if "text" in block:
            found.append(block["text"])
        for holder in ("toolResult", "searchResult"):
            if holder in block:
                found += texts(block[holder]["content"])
        if "json" in block:
            found.append(json.dumps(block["json"]))
    return found
