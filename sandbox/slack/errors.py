"""How the local Slack says no."""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]


class SlackError(Exception):
    """An answer `{"ok": false, "error": code, ...details}`; the call that raised it changed nothing."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def answer(self) -> JSON:
        """Return the body of the answer."""
        return {"ok": False, "error": self.code, **self.details}


class RateLimitedError(SlackError):
    """Too many calls: status 429 with a `Retry-After` of whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


def invalid(code: str, problems: list[str]) -> SlackError:
    """Return an error that carries its problems where Slack's clients look for them."""
    metadata = {"messages": [f"[ERROR] {problem}" for problem in problems]}
    return SlackError(code, errors=problems, response_metadata=metadata)


def missing(field: str) -> SlackError:
    """Return the error for a required argument that was not given."""
    metadata = {"messages": [f"[ERROR] missing required field: {field}"]}
    return SlackError("invalid_arguments", response_metadata=metadata)
