"""Logs: one event a line, with the recap's id and never a word of a transcript."""

from __future__ import annotations

import atexit
import logging
import queue
import sys
from logging.handlers import QueueHandler, QueueListener
from typing import Any

import structlog
from structlog.typing import EventDict

# Whose lines are written whatever their level. Libraries are heard from WARNING on: below it they say little to whoever
# runs the bot, and some write down all they see, which is what people said.
_OURS = {"bot", "handlers", "services", "__main__"}


class _AsItIs(QueueHandler):
    """Hands a record on unformatted: tracebacks read source files, which the event loop must not wait for."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        return record.levelno >= logging.WARNING or record.name.partition(".")[0] in _OURS

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """The record itself, with what is bound where it was made: the thread that renders it knows nothing of that."""
        record.bound = structlog.contextvars.get_contextvars()
        return record


def _with_bound(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Give a library's record, or one of the standard logger, what was bound where it was made."""
    return {**getattr(event.get("_record"), "bound", {}), **event}


def configure(level: str, style: str) -> None:
    """Send our events and the libraries' warnings to standard error, as text or as JSON lines, from a thread."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_with_bound, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    listener = QueueListener(records, handler)
    listener.start()
    atexit.register(listener.stop)
    root = logging.getLogger()
    root.handlers[:] = [_AsItIs(records)]
    root.setLevel(level)
