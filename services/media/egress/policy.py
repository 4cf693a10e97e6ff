"""The decision on every connection to a stranger: to which address and port, by which scheme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.media.egress.addresses import Network, closed, read_address

SCHEMES = {"http": 80, "https": 443}


class RefusedError(OSError):
    """The policy forbids a connection. An OSError, so that a library that dials takes it for a failed one."""


class PortRefusedError(RefusedError):
    """The address may be dialled, but not on this port."""


class Policy:
    """What may be dialled: addresses of the open internet on ports 80 and 443, and all ports of `allow`.

    `allow` holds the operator's own networks (EGRESS_ALLOW). Only resolved addresses are judged, because a resolver
    also takes '127.1' and '0x7f000001', and because a name says nothing about where it leads.
    """

    def __init__(self, allow: Iterable[Network] = ()) -> None:
        self._allow = tuple(allow)

    def check(self, address: str, port: int) -> None:
        """Raise RefusedError, with the reason, where this address must not be dialled on this port."""
        read = read_address(address)
        if read is None:
            raise RefusedError(f"{address} is not an address of the internet")
        if any(read.version == network.version and read in network for network in self._allow):
            return
        if reason := closed(read):
            raise RefusedError(f"{address} is closed ({reason})")
        if port not in SCHEMES.values():
            raise PortRefusedError(f"port {port} is closed")

    def vet(self, addresses: Sequence[str], port: int) -> list[str]:
        """The addresses of one name, as they are to be dialled.

        Raises RefusedError when any of them is refused, because a name that mixes them is an attack or a mistake.
        """
        for address in addresses:
            self.check(address, port)
        if not addresses:
            raise RefusedError("the name has no address")
        return [str(read_address(address)) for address in addresses]
