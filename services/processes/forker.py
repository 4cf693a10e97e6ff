"""The far side of `Forks`: `python -m services.processes.forker MODULE:FUNCTION`.

It imports the module once and forks a child for each order that comes over the socket on standard input. An order is a
line of JSON: {"begin": number, "limits": [...]}, sent together with the socket of that child's conversation (see
`services.processes.child`), or {"end": number}. The process has one thread and holds no secret, so that forking is
safe; a child is its own process group, and is not reaped before its end was ordered, so that its id stays its own.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

from services.processes import child
from services.processes.limits import Limits

_MOST = 1 << 16


def main(entry: str) -> None:
    """Fork on order until the parent is gone; then nothing of it is left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(0))
    with contextlib.suppress(Exception):  # each child imports it again, and tells what is wrong with it
        importlib.import_module(entry.partition(":")[0])
    gc.collect()
    gc.freeze()  # or collecting in a child would copy every page that they share
    children: dict[int, int] = {}
    for order, conversation in _orders(control):
        if conversation is not None:
            children[order["begin"]] = _fork(control, conversation, Limits(*order["limits"]), entry)
        else:
            _end(children.pop(order["end"]))
    for process in children.values():
        _end(process)


def _orders(control: socket.socket) -> Iterator[tuple[dict[str, Any], int | None]]:
    """The orders, with the descriptor that came with one. They come in order, so do the descriptors."""
    rest, conversations = b"", list[int]()
    while True:
        data, received, _, _ = socket.recv_fds(control, _MOST, 1)
        if not data:
            return
        conversations += received
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            order = json.loads(line)
            yield order, conversations.pop(0) if "begin" in order else None


def _fork(control: socket.socket, conversation: int, limits: Limits, entry: str) -> int:
    process = os.fork()
    if not process:
        _become(control, conversation, limits, entry)
    os.close(conversation)
    with contextlib.suppress(OSError):  # the child may have done so itself, or be gone
        os.setpgid(process, process)
    return process


def _become(control: socket.socket, conversation: int, limits: Limits, entry: str) -> NoReturn:
    """Be the child: nothing of this process's own conversation is left to it."""
    os.setpgid(0, 0)
    control.close()
    for standard in (0, 1):
        os.dup2(conversation, standard)
    os.close(conversation)
    child.serve(limits, entry)


def _end(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)


if __name__ == "__main__":
    main(sys.argv[1])
