"""The same calls to two stand-ins for Slack, and in what their answers differ."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

# What is a name for something, and differs by nature.
_ID = re.compile(r"^(?:[TUBCDGFWAV](?=[A-Z]*\d)[A-Z0-9]{6,}|Ev.+|\d{9,}\.\d{6})$")
_RANDOM = re.compile(r"^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{5})$")
_TIME = re.compile(r"^\d{9,}(\.\d+)?$")


@dataclass
class Side:
    """One stand-in, with a person's and an app's token. `known` are the ids that it gave, by the names in the steps."""

    api: str
    person: str
    app: str
    session: aiohttp.ClientSession
    known: dict[str, str] = field(default_factory=dict)

    async def call(self, method: str, arguments: Mapping[str, Any], *, by_app: bool = False) -> dict[str, Any]:
        """Call a method with a form body, the one encoding that both sides take everywhere."""
        body = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
        headers = {"Authorization": f"Bearer {self.app if by_app else self.person}"}
        async with self.session.post(f"{self.api}{method}", data=body, headers=headers) as response:
            if response.content_type != "application/json":
                return {"status": response.status}
            answer: dict[str, Any] = await response.json()
            return answer

    async def upload(self, url: str, content: bytes) -> None:
        """Send the bytes of a file."""
        async with self.session.post(url, data=content) as response:
            response.raise_for_status()

    def filled(self, value: Any) -> Any:
        """Replace `{name}` by what this side calls it."""
        if isinstance(value, str):
            return re.sub(r"\{(\w+)\}", lambda found: self.known[found[1]], value)
        if isinstance(value, Mapping):
            return {key: self.filled(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.filled(each) for each in value]
        return value


@dataclass(frozen=True)
class Step:
    """A call. `keep` names what its answer tells: name -> path in the answer, with dots."""

    name: str
    method: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    upload: bytes | None = None
    by_app: bool = False


def at(answer: Any, path: str) -> Any:
    """What stands at a path like `messages.0.ts`."""
    for part in path.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


async def differences(steps: list[Step], ours: Side, theirs: Side) -> AsyncIterator[str]:
    """Take the steps on both sides; yields `step | path | ours | theirs` for each difference."""
    for step in steps:
        answers = [await _take(step, side) for side in (ours, theirs)]
        shown = [dict(_leaves(answer, "", side)) for answer, side in zip(answers, (ours, theirs), strict=True)]
        for path in sorted(shown[0].keys() | shown[1].keys()):
            mine, other = (each.get(path, "absent") for each in shown)
            if mine != other:
                yield f"{step.name} | {path} | {mine} | {other}"


async def _take(step: Step, side: Side) -> dict[str, Any]:
    answer = await side.call(step.method, side.filled(step.arguments), by_app=step.by_app)
    for name, path in step.keep.items():
        side.known[name] = str(at(answer, path))
    if step.upload is not None:
        await side.upload(str(answer["upload_url"]), step.upload)
    return answer


def _leaves(value: Any, path: str, side: Side) -> Iterator[tuple[str, str]]:
    """The leaves of an answer in a form that can be compared: names for ids, 'a time' for times, 'an address'."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, f"{path}.{key}" if path else str(key), side)
    elif isinstance(value, list):
        yield f"{path}#", str(len(value))
        for index, each in enumerate(value):
            yield from _leaves(each, f"{path}.{index}", side)
    else:
        yield path, _leaf(value, side)


def _leaf(value: Any, side: Side) -> str:
    text = str(value)
    names = {known: name for name, known in side.known.items()}
    if text in names:
        return f"<{names[text]}>"
    if text.startswith(("http://", "https://")):
        return "an address"
    if _TIME.match(text):
        return "a time"
    if _RANDOM.match(text):
        return "random"
    return "an id" if _ID.match(text) else repr(value)
