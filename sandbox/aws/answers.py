"""From a handler's values to an HTTP answer, each checked against the service's model before it goes out."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from sandbox.aws.errors import AwsError, OwnAnswerError
from sandbox.aws.json_values import Json
from sandbox.aws.models import Called, error_status, is_json_protocol
from sandbox.aws.reading import Reader


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def request_id() -> str:
    """What the services call a request."""
    return str(uuid.uuid4())


def as_json(shape: Shape, value: Json) -> Json:
    """A handler's value as JSON: blobs in base64, dates in the format of the shape."""
    if isinstance(value, datetime):
        iso = shape.serialization.get("timestampFormat") == "iso8601"
        return value.isoformat().replace("+00:00", "Z") if iso else value.timestamp()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(shape, StructureShape) and not getattr(shape, "is_document_type", False) and isinstance(value, dict):
        return {
            str(shape.members[name].serialization.get("name", name)) if name in shape.members else name: as_json(
                shape.members[name], item
            )
            if name in shape.members
            else item
            for name, item in value.items()
        }
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [as_json(shape.member, item) for item in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {name: as_json(shape.value, item) for name, item in value.items()}
    return value


def checked(shape: Shape, value: Json) -> Json:
    """The value as JSON. Raises OwnAnswerError where the model does not allow it."""
    wire = as_json(shape, value)
    reader = Reader()
    reader.read(shape, wire)
    if reader.problems:
        raise OwnAnswerError(f"{shape.name}: {'; '.join(reader.problems)}")
    return wire


def success(called: Called, value: Mapping[str, Any], unmodeled: Mapping[str, Any] | None = None) -> Answer:
    """The answer of an operation. `unmodeled` is laid over its JSON: what the real service says beyond its model."""
    status = int(called.operation.http.get("responseCode", 200))
    shape = called.operation.output_shape
    headers = {"x-amzn-RequestId": request_id(), "Content-Type": _content_type(called.service)}
    if shape is None:
        return Answer(status, b"{}" if is_json_protocol(called.service) else b"", headers)
    stream = next((name for name, member in shape.members.items() if member.serialization.get("streaming")), None)
    payload = value.get(stream) if stream else None
    wire = checked(shape, value)
    for name, member in shape.members.items():
        if member.serialization.get("location") == "header" and name in value:
            headers[str(member.serialization["name"])] = str(wire.pop(member.serialization["name"]))
    if stream:
        return Answer(status, payload if isinstance(payload, bytes) else b"", headers)
    return Answer(status, json.dumps(overlaid(wire, unmodeled or {}), ensure_ascii=False).encode(), headers)


def overlaid(wire: Json, extra: Json) -> Json:
    """JSON with more members, at any depth; in lists by position."""
    if isinstance(wire, dict) and isinstance(extra, Mapping):
        return {**wire, **{name: overlaid(wire.get(name), item) for name, item in extra.items()}}
    if isinstance(wire, list) and isinstance(extra, list):
        return [overlaid(item, more) for item, more in zip(wire, extra, strict=True)]
    return extra


def failure(service: str, error: AwsError) -> Answer:
    """The answer of an error, in the shape of the service's protocol."""
    status = error.status or error_status(service, error.code)
    headers = {"x-amzn-RequestId": request_id(), "Content-Type": _content_type(service)}
    if is_json_protocol(service):
        return Answer(
            status, json.dumps({"__type": error.code, "Message": error.message, **error.extra}).encode(), headers
        )
    headers["x-amzn-ErrorType"] = f"{error.code}:http://internal.amazon.com/coral/com.amazon.coral.service/"
    return Answer(status, json.dumps({"message": error.message, **error.extra}).encode(), headers)


def _content_type(service: str) -> str:
    return "application/x-amz-json-1.1" if is_json_protocol(service) else "application/json"
