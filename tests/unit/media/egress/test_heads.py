"""Requests to the gate, whatever bytes they are made of."""

from __future__ import annotations

import re
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from services.media.egress.heads import MalformedError, closing, errand_of, read_head

TARGET = st.sampled_from(
    ["http://a.example/", "a.example:443", "[::1]:80", "http://a.example:80/x?y#z", "http://a@b/", "/", "*", "http://["]
)
FIELD = st.sampled_from(
    [
        "Proxy-Authorization: Basic c2VjcmV0",
        "Proxy-Connection: keep-alive",
        "Connection: close, X-Hop",
        "X-Hop: 1",
        "Content-Length: 3",
        "Transfer-Encoding: chunked",
        "Host: other.example",
        "Accept: */*",
    ]
)
METHOD = st.sampled_from(["GET", "POST", "CONNECT", "get", "G T"])


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    for bytes_ in (raw, b"GET http://a.example/ HTTP/1.1\r\n" + raw + b"\r\n\r\n", b"CONNECT " + raw + b" HTTP/1.1"):
        with suppress(MalformedError):
            errand_of(read_head(bytes_))
    for bytes_ in (raw, b"HTTP/1.1 200 OK\r\n" + raw + b"\r\n\r\n"):
        with suppress(MalformedError):
            assert closing(bytes_).endswith(b"\r\nConnection: close\r\n\r\n")


@given(METHOD, TARGET, st.lists(FIELD, max_size=6))
def test_what_is_forwarded_is_one_request_without_what_is_ours(method: str, target: str, fields: list[str]) -> None:
    raw = "\r\n".join([f"{method} {target} HTTP/1.1", *fields, "", ""]).encode()
    try:
        errand = errand_of(read_head(raw))
    except MalformedError:
        return
    assert re.fullmatch(r"[a-z.]+|[0-9a-f:]+", errand.host)
    forwarded = errand.forwarded.decode().lower()
    assert (forwarded == "") == (method == "CONNECT")
    assert "proxy-" not in forwarded
    assert "x-hop" not in forwarded or "Connection: close, X-Hop" not in fields
    if forwarded:
        assert forwarded.count("\r\n\r\n") == forwarded.count("connection:") == forwarded.count("\nhost:") == 1
        assert "transfer-encoding" not in forwarded
        assert errand.length == (3 if "Content-Length: 3" in fields else 0)
