"""The stand-in is held to the live service: it takes what that one took, and reads what that one said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.eventstream import EventStreamBuffer
from botocore.model import StructureShape

from sandbox.aws.converse import known
from sandbox.aws.errors import AwsError
from sandbox.aws.judging import judge
from sandbox.aws.models import Called, find
from sandbox.aws.reading import Reader
from sandbox.aws.requests import Sent, parameters
from tests.aws.recordings import Recorded, recorded


@pytest.fixture(scope="module")
def calls(shared: Path) -> list[Recorded]:
    return recorded(shared)


def _called(call: Recorded) -> Called:
    called = find("POST", call.path, None)
    assert called is not None, call
    return called


def _parameters(call: Recorded) -> dict[str, Any]:
    return parameters(_called(call), Sent({}, {}, call.sent))


def test_there_are_recordings_of_every_operation(calls: list[Recorded]) -> None:
    assert {_called(call).operation.name for call in calls} == {"Converse", "ConverseStream", "CountTokens"}
    assert len({call.name for call in calls}) >= 36
    assert sum(call.status == 400 for call in calls) >= 3


def test_every_recorded_request_passes_the_model_of_the_service(calls: list[Recorded]) -> None:
    for call in calls:
        sent = _parameters(call)
        assert sent["modelId"], call.name


def test_the_rules_beyond_the_model_pass_what_the_live_service_took(calls: list[Recorded]) -> None:
    """Models that the catalog does not have are judged by the rules of one that is strict."""
    for call in calls:
        if call.status != 200 or "count-tokens" in call.path:
            continue
        sent = _parameters(call)
        model, _ = known(sent["modelId"])
        judge(model, sent)


def test_what_the_live_service_did_not_know_is_not_known_here(calls: list[Recorded]) -> None:
    refused = [call for call in calls if call.status == 400 and b"identifier is invalid" in call.came]
    assert len(refused) >= 3
    for call in refused:
        with pytest.raises(AwsError, match="The provided model identifier is invalid"):
            known(_parameters(call)["modelId"])


def test_every_recorded_answer_is_read_with_its_unmodeled_members(calls: list[Recorded]) -> None:
    unmodeled = 0
    for call in calls:
        if call.streamed or call.status != 200:
            continue
        shape = _called(call).operation.output_shape
        loose, strict = Reader(loose=True), Reader()
        answer = json.loads(call.came)
        loose.read(shape, _without_kinds(answer))
        assert not loose.problems, (call.name, loose.problems)
        strict.read(shape, answer)
        unmodeled += bool(strict.problems)
    assert unmodeled > 10


def test_every_recorded_stream_is_read_to_its_end(calls: list[Recorded]) -> None:
    streams = [call for call in calls if call.streamed]
    assert len(streams) > 5
    for call in streams:
        shape = _called(call).operation.get_event_stream_output()
        names = [name for name, value in events(call.came) if _fits(shape, name, value)]
        assert names[0] == "messageStart"
        assert names[-2:] == ["messageStop", "metadata"], call.name


def events(stream: bytes) -> list[tuple[str, dict[str, Any]]]:
    """The events of a stream, read by botocore's own buffer, which checks both checksums."""
    buffer = EventStreamBuffer()
    buffer.add_data(stream)
    return [(message.headers[":event-type"], json.loads(message.payload)) for message in buffer]


def _fits(shape: StructureShape, name: str, value: dict[str, Any]) -> bool:
    reader = Reader(loose=True)
    reader.read(shape.members[name], _without_kinds(value))
    assert not reader.problems, reader.problems
    return True


def _without_kinds(value: Any) -> Any:
    """The answer without `"type": "tool_use"`, which the live service says although its model's choices have it not."""
    if isinstance(value, dict):
        return {k: _without_kinds(v) for k, v in value.items() if not (k == "type" and v == "tool_use")}
    return [_without_kinds(item) for item in value] if isinstance(value, list) else value
