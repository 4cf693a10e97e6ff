"""Which addresses belong to strangers' servers on the open internet, and which to nobody's but ours."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from services.vocabulary.errors import OperatorError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA's registries of special-purpose addresses, as of November 2026, written out because `is_global` differs between
# versions of Python and passes some of them (192.0.0.0/24 in part, 168.63.129.16 wholly).
_CLOSED: dict[str, str] = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "a private network",
    "100.64.0.0/10": "a carrier's private network",
    "127.0.0.0/8": "this machine",
    "169.254.0.0/16": "link-local, where clouds keep their metadata",
    "172.16.0.0/12": "a private network",
    "192.0.0.0/24": "reserved for protocols",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "a 6to4 relay",
    "192.168.0.0/16": "a private network",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "168.63.129.16/32": "the cloud's own host",  # Azure's wire server has a public address
    "224.0.0.0/4": "multicast",
    "255.255.255.255/32": "broadcast",
    "240.0.0.0/4": "reserved",
    "::/128": "this network",
    "::1/128": "this machine",
    "::/96": "IPv4-compatible",
    "64:ff9b::/96": "translated to IPv4",
    "64:ff9b:1::/48": "translated to IPv4",
    "100::/64": "discarded",
    "2001::/32": "a Teredo tunnel",
    "2001::/23": "reserved for protocols",
    "2001:db8::/32": "documentation",
    "2002::/16": "a 6to4 tunnel",
    "3fff::/20": "documentation",
    "5f00::/16": "segment routing",
    "fc00::/7": "a private network",
    "fe80::/10": "link-local",
    "fec0::/10": "a private network",
    "ff00::/8": "multicast",
}
_CLOSED_NETWORKS = tuple((ip_network(network), reason) for network, reason in _CLOSED.items())
_ROUTED_IPV6 = IPv6Network("2000::/3")  # all that IANA has handed out for unicast on the internet
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # RFC 5214: the interface's half of an address that holds an IPv4 address


def read_address(text: str) -> Address | None:
    """The address, an IPv4 one taken out of its IPv6 mapping (::ffff:0:0/96); None for anything else and for scopes.

    An address with a scope ('fe80::1%eth0') names an interface of this machine, so it is nobody's outside.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return None if address.scope_id else address.ipv4_mapped or address
    return address


def closed(address: Address) -> str | None:
    """What the address is when it is not one of the open internet; None when it is. Expects it unmapped."""
    for network, reason in _CLOSED_NETWORKS:
        if address.version == network.version and address in network:
            return reason
    if isinstance(address, IPv6Address):
        if address not in _ROUTED_IPV6:
            return "not handed out"
        if (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
            return "an ISATAP tunnel"
    return None if address.is_global else "reserved"


def parse_networks(text: str) -> tuple[Network, ...]:
    """The networks of EGRESS_ALLOW: addresses and networks separated by commas. Raises OperatorError."""
    return tuple(_network(part.strip()) for part in text.split(",") if part.strip())


def _network(text: str) -> Network:
    try:
        network = ip_network(text)
    except ValueError as error:
        raise OperatorError(
            f"EGRESS_ALLOW holds {text!r} ({error}): write addresses and networks separated by commas, such as "
            "'10.0.0.0/8, 127.0.0.1'"
        ) from error
    if network.prefixlen == 0:
        raise OperatorError(f"EGRESS_ALLOW holds {text!r}, which is everything: name the networks that are yours")
    if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped:
        raise OperatorError(f"EGRESS_ALLOW holds {text!r}: write mapped addresses as the IPv4 ones that they are")
    return network
