"""The services' own models, as botocore ships them, and the way from an HTTP request to an operation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel

SERVICES = ("bedrock-runtime", "bedrock", "transcribe", "polly")


@dataclass(frozen=True)
class Called:
    """An operation of a service, and what the address says about it."""

    service: str
    operation: OperationModel
    labels: dict[str, str]


@dataclass(frozen=True)
class _Route:
    service: str
    operation: OperationModel
    method: str
    path: re.Pattern[str]
    labels: tuple[str, ...]


@cache
def service_model(service: str) -> ServiceModel:
    """The model of a service. It reads a file the first time."""
    description: Any = Loader().load_service_model(service, "service-2")
    return ServiceModel(description, service)


@cache
def _routes() -> tuple[_Route, ...]:
    routes = []
    for service in SERVICES:
        model = service_model(service)
        if "json" in model.metadata.get("protocols", ()):
            continue
        for name in model.operation_names:
            operation = model.operation_model(name)
            uri = operation.http["requestUri"].split("?")[0]
            labels = tuple(label.rstrip("+") for label in re.findall(r"{([^}]+)}", uri))
            pattern = "".join(_pattern(part) for part in re.split(r"({[^}]+})", uri))
            routes.append(_Route(service, operation, operation.http["method"], re.compile(pattern), labels))
    return tuple(routes)


def _pattern(part: str) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    return "(.+)" if part.endswith("+}") else "([^/]+)"


def find(method: str, raw_path: str, target: str | None) -> Called | None:
    """The operation that a request is for; None where there is none.

    `raw_path` is the path as it came, because a model's ARN holds escaped slashes. `target` is the header
    X-Amz-Target, by which the JSON protocol names its operations.
    """
    if target:
        prefix, _, name = target.rpartition(".")
        model = service_model("transcribe")
        if prefix == model.metadata["targetPrefix"] and name in model.operation_names:
            return Called("transcribe", model.operation_model(name), {})
        return None
    for route in _routes():
        match = route.path.fullmatch(raw_path)
        if match and route.method == method:
            return Called(
                route.service, route.operation, dict(zip(route.labels, map(unquote, match.groups()), strict=True))
            )
    return None


def error_status(service: str, code: str) -> int:
    """The HTTP status of an error by the service's model; 400 for one that the model does not know."""
    for shape in service_model(service).error_shapes:
        if shape.name == code or shape.metadata.get("error", {}).get("code") == code:
            return int(shape.metadata.get("error", {}).get("httpStatusCode", 400))
    return 400


def is_json_protocol(service: str) -> bool:
    """Whether the service speaks JSON 1.1 (operation in a header) rather than REST."""
    return "json" in service_model(service).metadata.get("protocols", ())


def load() -> None:
    """Read all models now; they are files, which a loop must not read."""
    _routes()
    for service in SERVICES:
        service_model(service)
