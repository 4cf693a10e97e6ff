"""From a host's name to its addresses."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host and port in, addresses out, the preferred first. Raises socket.gaierror where there are none."""

_THREADS = 16


class SystemResolver:
    """The system's resolver, in threads of its own: strangers' slow name servers hold up nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, "resolve")

    async def __call__(self, host: str, port: int) -> list[str]:
        """All addresses of the host. Raises socket.gaierror."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _addresses, host, port)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or longer than 63 characters
        raise socket.gaierror(socket.EAI_NONAME, f"{host!r} is no name") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
