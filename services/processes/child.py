"""The far side of a worker: `python -m services.processes.child LIMITS MODULE:FUNCTION`.

The function named is called once and returns the handler that serves each request, so that models are loaded once:

    def serve() -> Handler: ...            # in the child: load, then return
    def handle(request, progress): ...     # plain dicts that JSON can carry, in and out

Standard output carries the protocol, one JSON object a line; whatever a library prints goes to standard error.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, NoReturn, TextIO

from services.processes.limits import Limits
from services.vocabulary.errors import EarshotError

Progress = Callable[[dict[str, Any]], None]
Handler = Callable[[dict[str, Any], Progress], dict[str, Any]]


def _requests() -> queue.Queue[str]:
    """Lines from the parent. End of input means that the parent is gone, however it died: so is the child, at once."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            lines.put(line)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _protocol_stream() -> TextIO:
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return stream


def _failure(error: BaseException) -> dict[str, str]:
    if isinstance(error, EarshotError):
        return {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, MemoryError):
        return {"kind": "MemoryError", "message": "out of memory"}
    return {"kind": "bug", "message": "".join(traceback.format_exception(error))}


def serve(limits: Limits, entry: str) -> NoReturn:
    """Serve the requests that come by standard input until the parent closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    out = _protocol_stream()

    def send(message: dict[str, Any]) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    lines = _requests()
    limits.apply()
    module, function = entry.split(":")
    handler: Handler | None = None
    while True:
        request = json.loads(lines.get())
        try:
            if handler is None:
                handler = getattr(importlib.import_module(module), function)()
            send({"result": handler(request, lambda state: send({"progress": state}))})
        except Exception as error:  # noqa: BLE001 - every failure crosses the pipe and is raised again on the other side
            send({"error": _failure(error)})


if __name__ == "__main__":
    serve(Limits(*json.loads(sys.argv[1])), sys.argv[2])
