"""The arguments of a Web API call, wherever a client puts them."""

from __future__ import annotations

import json
from typing import Any, cast

from aiohttp import web

from sandbox.slack.errors import JSON, SlackError, missing

# aiohttp's name for a body that says nothing about itself is the last one.
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "application/octet-stream"}


class Arguments:
    """The merged arguments of one call.

    Slack's clients send the same argument as a query parameter, a form field or a JSON value, and nested
    values as objects or as JSON text; the readers below accept all of these.
    """

    def __init__(self, values: JSON, beside_json: JSON | None = None) -> None:
        self.values = values
        self._beside_json = values if beside_json is None else beside_json

    def without_json(self) -> Arguments:
        """Return what is left for a method that does not look into JSON bodies."""
        return Arguments(self._beside_json)

    def text(self, name: str) -> str | None:
        """Return the argument as text, or None when it is absent, null or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        return value if isinstance(value, str) else json.dumps(value)

    def required(self, name: str) -> str:
        """Return the argument as text; raises `invalid_arguments` when it is absent."""
        value = self.text(name)
        if value is None:
            raise missing(name)
        return value

    def flag(self, name: str) -> bool:
        """Return whether the argument is true in any of Slack's spellings."""
        return str(self.values.get(name, "")).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        """Return the argument as a whole number; raises `invalid_arguments` when it is not one."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            problem = f"[ERROR] must be an integer [json-pointer:/{name}]"
            raise SlackError("invalid_arguments", response_metadata={"messages": [problem]}) from None

    def seconds(self, name: str) -> float:
        """Return the argument as a number of seconds, 0 when it is absent; raises `invalid_arguments`."""
        try:
            return float(self.values.get(name) or 0)
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments") from None

    def structure(self, name: str, code: str = "invalid_arguments") -> Any:  # noqa: ANN401 - whatever JSON the caller sent
        """Return a nested argument, or None when it is absent; raises `code` when it is text but not JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(code) from None

    def names(self, name: str) -> list[str]:
        """Return a list argument: JSON list, repeated or separated by commas."""
        value = self.values.get(name)
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = self.structure(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value or "").split(",") if part.strip()]


async def read_arguments(request: web.Request) -> Arguments:
    """Merge query, JSON, form and multipart arguments of a GET or POST; the body wins over the query.

    Raises:
        SlackError: `invalid_json` or `json_not_object` for a JSON body that is not an object, `invalid_post_type`
            for a body of another kind.
    """
    values: JSON = dict(request.query)
    if request.method != "POST" or not request.can_read_body:
        return Arguments(values)
    if request.content_type == "application/json":
        return Arguments({**values, **await _read_json(request)}, values)
    if request.content_type not in _FORMS:
        raise SlackError("invalid_post_type")
    form = await request.post()
    return Arguments(values | {name: value for name, value in form.items() if isinstance(value, str)})


async def _read_json(request: web.Request) -> JSON:
    body = await request.text()
    if not body.strip():
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise SlackError("json_not_object")
    return cast("JSON", parsed)
