"""Ways to write an address that must not be dialled, as they stand in a URL."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

CLOSED_IPV4 = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.5",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "0.0.0.0",  # noqa: S104 - nothing listens there
    "192.0.0.8",
    "192.0.0.192",
    "168.63.129.16",
    "192.0.2.7",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
]
CLOSED_IPV6 = [
    "::",
    "::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "64:ff9b::1",
    "fc00::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
SCOPED = ["fe80::1%25eth0", "::1%25lo", "ff02::1%251"]


def spellings(address: str) -> list[str]:
    """The IPv4 address in every way that a resolver or a tunnel understands."""
    number = int(IPv4Address(address))
    a, b, c, d = IPv4Address(address).packed
    return [
        address,
        str(number),
        hex(number),
        f"0{number:o}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        f"{a:#x}.{number & 0xFFFFFF:#o}".replace("0o", "0"),
        *(f"[{form}]" for form in embedded(address)),
    ]


def embedded(address: str) -> list[str]:
    """The IPv4 address inside IPv6 ones."""
    number = int(IPv4Address(address))
    forms = [
        (0xFFFF << 32) | number,  # mapped
        number,  # compatible
        (0x64FF9B << 96) | number,  # NAT64
        (0x64FF9B0001 << 80) | number,  # NAT64 of a network's own
        (0x2002 << 112) | (number << 80) | 1,  # 6to4
        (0x2001 << 112) | (number ^ 0xFFFFFFFF),  # Teredo
        (0x2A00 << 112) | (0x5EFE << 32) | number,  # ISATAP
    ]
    return [str(IPv6Address(form)) for form in forms] + [f"::ffff:{address}"]


LITERALS = [form for address in CLOSED_IPV4 for form in spellings(address)] + [
    f"[{address}]" for address in [*CLOSED_IPV6, *SCOPED]
]
ADDRESSES = [*CLOSED_IPV4, *CLOSED_IPV6, *(form for address in CLOSED_IPV4[:8] for form in embedded(address))]
OPEN = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001:830::200e", "::ffff:8.8.8.8"]
