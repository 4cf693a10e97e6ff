"""Requests to the gate, read strictly: what two programs could understand in two ways is turned away."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from services.vocabulary.base import Value

HEAD_LIMIT = 1 << 15
"""The longest head that is read, in bytes."""

_NAME = r"[A-Za-z0-9._-]{1,253}"
_AUTHORITY = re.compile(rf"(?:({_NAME})|\[([0-9A-Fa-f:.]{{2,45}})\])(?::(\d{{1,5}}))?")
_REQUEST_LINE = re.compile(r"([A-Z]{1,20}) (\S+) HTTP/1\.[01]")
_FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")
_PORTS = range(1, 1 << 16)
_HTTP_PORT = 80
# What is between two neighbours only (RFC 9110, 7.6.1), and `Expect`, so that no interim answer is asked for.
_BETWEEN_NEIGHBOURS = {"connection", "keep-alive", "te", "trailer", "upgrade", "expect", "host"}

Fields = tuple[tuple[str, str], ...]


class MalformedError(ValueError):
    """A request that is not one, or that could be read in two ways."""


class Head(Value):
    """A request's first line and its fields, as they were sent."""

    method: str
    target: str
    fields: Fields

    def all(self, name: str) -> list[str]:
        """The values of a field; `name` in lower case."""
        return [value for key, value in self.fields if key.lower() == name]


class Errand(Value):
    """Where a request wants to go. `forwarded` is the head for that server, empty for a tunnel; `length` its body."""

    host: str
    port: int
    forwarded: bytes = b""
    length: int = 0


def read_head(raw: bytes) -> Head:
    """The head that ends with an empty line. Raises MalformedError."""
    line, *lines = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    first = _REQUEST_LINE.fullmatch(line)
    fields = [_FIELD.fullmatch(field) for field in lines]
    if first is None or not line.isascii():
        raise MalformedError("that is no request")
    if None in fields:
        raise MalformedError("a field is not well-formed")
    return Head(method=first[1], target=first[2], fields=tuple((f[1], f[2].rstrip(" \t")) for f in fields if f))


def errand_of(head: Head) -> Errand:
    """What is asked for: a tunnel (CONNECT) or a fetch over plain http (absolute form). Raises MalformedError."""
    if head.method == "CONNECT":
        host, port = _place(head.target, None)
        return Errand(host=host, port=port)
    try:
        parts = urlsplit(head.target)
    except ValueError as error:
        raise MalformedError("the address is not well-formed") from error
    if parts.scheme.lower() != "http":
        raise MalformedError("only http addresses are fetched; everything else takes CONNECT")
    host, port = _place(parts.netloc, _HTTP_PORT)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Errand(host=host, port=port, forwarded=_forwarded(head, path, parts.netloc), length=_length(head))


def _place(authority: str, default: int | None) -> tuple[str, int]:
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise MalformedError("the host is not well-formed")
    port = int(match[3]) if match[3] else default
    if port is None or port not in _PORTS:
        raise MalformedError("there is no such port")
    return match[1] or match[2], port


def _length(head: Head) -> int:
    """The bytes of the body. Chunked bodies are turned away: nothing that we start sends them, and they smuggle."""
    lengths = head.all("content-length")
    if head.all("transfer-encoding"):
        raise MalformedError("a body must come with its length")
    if len(lengths) > 1 or not all(re.fullmatch(r"[0-9]{1,15}", length) for length in lengths):
        raise MalformedError("the length is not well-formed")
    return int(lengths[0]) if lengths else 0


def _forwarded(head: Head, path: str, authority: str) -> bytes:
    named = {name.strip().lower() for value in head.all("connection") for name in value.split(",")}
    dropped = (_BETWEEN_NEIGHBOURS | named) - {"content-length"}
    kept = [(key, value) for key, value in head.fields if key.lower() not in dropped and not _is_proxy_field(key)]
    fields = [("Host", authority), *kept, ("Connection", "close")]
    lines = [f"{head.method} {path} HTTP/1.1", *(f"{key}: {value}" for key, value in fields)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _is_proxy_field(name: str) -> bool:
    return name.lower().startswith("proxy-")


def closing(raw: bytes) -> bytes:
    """A server's head, saying that the connection ends with it. Raises MalformedError when it is no HTTP answer."""
    if not re.match(rb"HTTP/1\.[01] [1-5][0-9][0-9][ \r]", raw):
        raise MalformedError("the server does not speak HTTP")
    line, *fields = raw.removesuffix(b"\r\n\r\n").split(b"\r\n")
    hop = (b"connection:", b"keep-alive:", b"proxy-", b"upgrade:")
    kept = [field for field in fields if not field.lower().startswith(hop)]
    return b"\r\n".join([line, *kept, b"Connection: close", b"", b""])
