"""The binary frames in which the services stream: lengths, checksums, headers, a payload."""

from __future__ import annotations

import binascii
import json
import struct
from collections.abc import Mapping
from typing import Any

_STRING = b"\x07"
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def frame(headers: Mapping[str, str], payload: bytes) -> bytes:
    """One message of `application/vnd.amazon.eventstream`."""
    head = b"".join(
        bytes([len(name)]) + name.encode() + _STRING + struct.pack("!H", len(value.encode())) + value.encode()
        for name, value in headers.items()
    )
    prelude = struct.pack("!II", 16 + len(head) + len(payload), len(head))
    message = prelude + struct.pack("!I", binascii.crc32(prelude)) + head + payload
    return message + struct.pack("!I", binascii.crc32(message))


def event(name: str, value: Mapping[str, Any]) -> bytes:
    """An event, padded by a member `p` that no model knows, as the real service does against listeners."""
    body = json.dumps(value, ensure_ascii=False)
    padded = {"p": _ALPHABET[: 1 + len(body) % len(_ALPHABET)], **value}
    return _message("event", name, padded)


def exception(name: str, message: str) -> bytes:
    """An error in the middle of a stream, after which nothing follows."""
    return _message("exception", name, {"message": message})


def _message(kind: str, name: str, value: Mapping[str, Any]) -> bytes:
    headers = {f":{kind}-type": name, ":content-type": "application/json", ":message-type": kind}
    return frame(headers, json.dumps(value, ensure_ascii=False).encode())
