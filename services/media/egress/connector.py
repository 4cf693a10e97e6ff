"""The policy at the one place where our own client opens sockets."""

from __future__ import annotations

import socket
import ssl
from ipaddress import ip_address

from aiohttp import AddrInfoType, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from services.media.egress.policy import Policy
from services.media.egress.resolving import Resolve

_ADDRESSES = 4


class _JudgedNames(AbstractResolver):
    """Names whose addresses are all open; one that is not refuses the name."""

    def __init__(self, policy: Policy, resolve: Resolve) -> None:
        self._policy = policy
        self._resolve = resolve

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the parent's signature
    ) -> list[ResolveResult]:
        """The addresses to dial. Raises RefusedError, socket.gaierror."""
        addresses = self._policy.vet(await self._resolve(host, port), port)[:_ADDRESSES]
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET if ip_address(address).version == 4 else socket.AF_INET6  # noqa: PLR2004 - it is IPv4's name
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return {"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": flags}


def guarded(policy: Policy, resolve: Resolve, context: ssl.SSLContext) -> TCPConnector:
    """A connector whose every socket was judged by the very address that it is made for.

    The resolver alone would be a hole, because aiohttp never asks it about addresses that are written out; the socket
    factory alone would be one too, because of several addresses it would let the good ones through.
    """

    def make(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, place = info
        policy.check(str(place[0]), int(place[1]))
        return socket.socket(family, kind, protocol)

    return TCPConnector(
        resolver=_JudgedNames(policy, resolve),
        socket_factory=make,
        ssl=context,
        use_dns_cache=False,
        force_close=True,
    )
