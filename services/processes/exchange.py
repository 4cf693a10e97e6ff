"""One call of a child: the request goes in, progress and one result come back, each as a line of JSON."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import services.vocabulary.errors as tree

LINE = 256 * 1024 * 1024
"""The longest line that is taken from a child, in bytes."""

ROOT = Path(__file__).resolve().parents[2]
"""Where children start, so that they find our packages."""

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV")

Heard = Callable[[dict[str, Any]], None]


class ChildDied(Exception):  # noqa: N818 - it is an event: the child is gone
    """The child ended without an answer: killed, out of memory, or crashed in native code."""


class ChildTimeout(ChildDied):
    """The child did not answer within its wall clock and was killed."""


class ChildBug(Exception):  # noqa: N818 - the message is the child's traceback
    """The child's code raised something that is not in the error tree."""


def environment(more: dict[str, str] | None) -> dict[str, str]:
    """What a child sees of our environment, which holds secrets, and what it is given beside that."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | (more or {})


async def exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: dict[str, Any], on_progress: Heard | None
) -> dict[str, Any]:
    """The child's result for the request.

    Raises what the child raised from the error tree, ChildDied when it ended, ChildBug for anything else.
    """
    try:
        writer.write(json.dumps(request).encode() + b"\n")
        await writer.drain()
        while line := await reader.readline():
            message = json.loads(line)
            if "progress" in message:
                if on_progress:
                    on_progress(message["progress"])
            elif "error" in message:
                _raise(message["error"])
            else:
                result: dict[str, Any] = message["result"]
                return result
    except ConnectionError as error:
        raise ChildDied("the child is gone") from error
    raise ChildDied("the child ended without an answer")


def _raise(error: dict[str, str]) -> None:
    kind, message = error["kind"], error["message"]
    known = getattr(tree, kind, None)
    if isinstance(known, type) and issubclass(known, tree.EarshotError):
        raise known(message)
    if kind == "MemoryError":
        raise ChildDied(message)
    raise ChildBug(message)
