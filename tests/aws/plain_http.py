"""HTTP as it is, past boto3, which would not send what is wrong and does not show what it does not know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import urllib3

_pool = urllib3.PoolManager(retries=False, timeout=20)


class Came:
    """An answer: its status, its headers, its bytes."""

    def __init__(self, answer: urllib3.BaseHTTPResponse) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.content = answer.data

    def json(self) -> Any:
        return json.loads(self.content)


def send(method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Came:
    """Send bytes as they are, anything else as JSON."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    return Came(_pool.request(method, url, body=data, headers=dict(headers or {}), redirect=False))
