from __future__ import annotations

import logging
import queue

import structlog

from bot.logs import _AsItIs, _with_bound


def record_of(name: str, level: int) -> logging.LogRecord:
    return logging.LogRecord(name, level, __file__, 1, "something happened", (), None)


def test_a_plain_loggers_line_carries_what_was_bound_where_it_was_written() -> None:
    record = record_of("services.publishing.slack", logging.INFO)
    with structlog.contextvars.bound_contextvars(recap="T1:C1:1.1:F1"):
        _AsItIs(queue.SimpleQueue()).prepare(record)
    event = _with_bound(None, "info", {"event": "something happened", "_record": record})
    assert event["recap"] == "T1:C1:1.1:F1"


def test_libraries_are_heard_from_warnings_on() -> None:
    handler = _AsItIs(queue.SimpleQueue())
    assert handler.filter(record_of("services.media.decode", logging.DEBUG))
    assert not handler.filter(record_of("slack_bolt.AsyncApp", logging.INFO))
    assert handler.filter(record_of("slack_bolt.AsyncApp", logging.WARNING))
