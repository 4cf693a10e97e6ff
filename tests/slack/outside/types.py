"""JSON Schema compiled from Slack's own TypeScript types, where Node is present. It knows shapes, not lengths."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

_COMPILE_SECONDS = 240
_ARGUMENTS = {
    "blocks": "WrittenBlocks",
    "view": "WrittenView",
    "chunks": "WrittenChunks",
    "metadata": "WrittenMetadata",
}

# Messages inside of events, which are looked at on their own: of a union Slack's types say too little.
_NESTED = frozenset({"message", "previous_message", "root"})
# What the types want of every message and Slack leaves out of those inside of others.
# Where the method reference and recorded answers say otherwise: a number there, text in the types.
_TYPES_ARE_WRONG = (".comments_count:",)
_INSIDE = {"channel": "", "channel_type": "channel", "event_ts": ""}


@dataclass(frozen=True)
class SlackTypes:
    """The schemas, by the names of `javascript/entry.ts`."""

    definitions: Mapping[str, Any]

    def complaints(self, name: str, value: object) -> list[str]:
        """What is wrong with a value, as far as Slack's types can tell."""
        schema = {"$ref": f"#/definitions/{name}", "definitions": self.definitions}
        return [
            f"{name}{error.json_path}: {error.message[:300]}" for error in Draft7Validator(schema).iter_errors(value)
        ]

    def complaints_about_event(self, event: Mapping[str, Any]) -> list[str]:
        """What is wrong with an event. Slack sends members that its types leave out, so more than they know is fine."""
        kind = (event["type"], event.get("subtype"))
        branch = next((each for each in self._events() if _kind(each) == kind), None)
        if branch is None:
            return [f"{kind}: no such event"]
        schema = {**_open(branch), "definitions": _open(self.definitions)}
        schema["required"] = [name for name in schema.get("required", ()) if name not in _NESTED or name not in event]
        bare = {key: value for key, value in event.items() if key not in _NESTED}
        if files := event.get("files"):  # the types have no shape for what is left of a deleted one
            bare["files"] = [file for file in files if file.get("mode") != "tombstone"]
        found = [
            f"{kind}{error.json_path}: {error.message[:300]}" for error in Draft7Validator(schema).iter_errors(bare)
        ]
        for name in sorted(_NESTED & event.keys()):
            found += self.complaints_about_event({**_INSIDE, **event[name]})
        return [each for each in found if not any(wrong in each for wrong in _TYPES_ARE_WRONG)]

    def _events(self) -> Iterator[Mapping[str, Any]]:
        names = {name for name in self.definitions if name.endswith("Event")}
        for name in names:
            if "properties" in self.definitions[name]:
                yield self.definitions[name]

    def complaints_about_calls(self, calls: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
        """What is wrong with blocks, views, chunks and metadata in Web API calls (method and arguments)."""
        found: dict[str, None] = {}
        seen = set()
        for method, arguments in calls:
            for argument, name in _ARGUMENTS.items():
                value = arguments.get(argument)
                if value is None or value in ("", [], "[]"):
                    continue
                parsed = json.loads(value) if isinstance(value, str) else value
                shape = json.dumps([name, _shape(parsed)])
                if shape not in seen:
                    seen.add(shape)
                    found.update(dict.fromkeys(f"{method}: {each}" for each in self.complaints(name, parsed)))
        return list(found)


def compiled(packages: Path) -> SlackTypes:
    """Compile the types in a folder of packages, once."""
    schemas = packages / "schemas.json"
    if not schemas.exists():
        part = packages / "schemas.part"
        generator = "node_modules/ts-json-schema-generator/bin/ts-json-schema-generator.js"
        command = ["node", generator, "-p", "entry.ts", "-f", "tsconfig.json", "--no-type-check", "-o", part.name]
        subprocess.run(command, cwd=packages, check=True, capture_output=True, timeout=_COMPILE_SECONDS)
        part.replace(schemas)
    return SlackTypes(json.loads(schemas.read_text(encoding="utf-8"))["definitions"])


def _kind(schema: Mapping[str, Any]) -> tuple[str | None, str | None]:
    properties = schema["properties"]
    return properties.get("type", {}).get("const"), properties.get("subtype", {}).get("const")


def _shape(value: Any) -> Any:
    """What the types can tell of a value: its members, their kinds, and words that may be one of a few."""
    if isinstance(value, Mapping):
        return {key: _shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_shape(each) for each in value]
    if isinstance(value, str) and value.isidentifier():
        return value
    return type(value).__name__


def _open(schema: Any) -> Any:
    """The same, but more members than it names are fine."""
    if isinstance(schema, Mapping):
        return {key: _open(value) for key, value in schema.items() if key != "additionalProperties"}
    if isinstance(schema, list):
        return [_open(each) for each in schema]
    return schema
