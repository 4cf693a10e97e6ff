"""From an HTTP request to the parameters of an operation, checked against the service's model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.model import Shape, StructureShape

from sandbox.aws.errors import AwsError
from sandbox.aws.json_values import Json
from sandbox.aws.models import Called, service_model
from sandbox.aws.reading import Reader

_SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request, ?"
    r"SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}"
)
_BEARERS = {"bedrock-runtime", "bedrock"}


@dataclass(frozen=True)
class Sent:
    """An HTTP request: its query's members, its headers and its body."""

    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


def authenticate(called: Called, headers: Mapping[str, str]) -> None:
    """Refuse a request that is not signed for the service. The signature itself is not computed. Raises AwsError."""
    given = headers.get("Authorization", "")
    if given.startswith("Bearer ") and called.service in _BEARERS and given[len("Bearer ") :].strip():
        return
    if not given:
        raise AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", status=403)
    match = _SIGNED.fullmatch(given)
    if not match:
        raise AwsError("IncompleteSignatureException", f"Authorization header is not complete: {given}", status=403)
    wanted = service_model(called.service).signing_name
    if match["service"] != wanted:
        message = f"Credential should be scoped to correct service: '{wanted}'."
        raise AwsError("InvalidSignatureException", message, status=403)


def parameters(called: Called, sent: Sent) -> dict[str, Any]:
    """The operation's parameters. Raises AwsError naming all that the model does not allow."""
    shape = called.operation.input_shape
    if shape is None:
        return {}
    reader = Reader()
    found = reader.read(shape, _gathered(shape, called.labels, sent, reader))
    if reader.problems:
        count = len(reader.problems)
        message = f"{count} validation error{'s'[: count > 1]} detected: {'; '.join(reader.problems)}"
        raise AwsError(invalid(called.service), message)
    members: dict[str, Any] = found
    return members


def invalid(service: str) -> str:
    """The name under which a service refuses parameters."""
    return "BadRequestException" if service == "transcribe" else "ValidationException"


def _gathered(shape: StructureShape, labels: Mapping[str, str], sent: Sent, reader: Reader) -> dict[str, Any]:
    """All members by their names on the wire, from address, query, headers and body; each from its place only."""
    places = {name: member.serialization.get("location", "body") for name, member in shape.members.items()}
    body = _body(sent.body)
    for name, member in shape.members.items():
        if places[name] != "body" and member.serialization.get("name", name) in body:
            reader.problems.append(f"'{name}' does not belong in the body")
    values = dict(body)
    known_query = set()
    for name, member in shape.members.items():
        wire = member.serialization.get("name", name)
        if places[name] == "uri":
            values[wire] = _scalar(member, labels[wire])
        elif places[name] == "querystring":
            known_query.add(wire)
            if wire in sent.query:
                values[wire] = _scalar(member, sent.query[wire])
        elif places[name] == "header" and wire in sent.headers:
            values[wire] = _scalar(member, sent.headers[wire])
    if unknown := sent.query.keys() - known_query:
        reader.problems.append(f"unknown query members {sorted(unknown)}")
    return values


def _body(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise AwsError("SerializationException", f"the body is no JSON: {error}", status=400) from error
    if not isinstance(parsed, dict):
        raise AwsError("SerializationException", "the body is no JSON object", status=400)
    return parsed


def _scalar(shape: Shape, text: str) -> Json:
    """A value from an address, a query or a header, where all is text."""
    if shape.type_name in {"integer", "long"} and re.fullmatch(r"-?\d+", text):
        return int(text)
    if shape.type_name == "boolean" and text in {"true", "false"}:
        return text == "true"
    return text
