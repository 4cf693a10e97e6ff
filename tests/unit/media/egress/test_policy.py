"""Which addresses are open, and what may stand in EGRESS_ALLOW."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.media.egress import Policy, parse_networks
from services.media.egress.policy import PortRefusedError, RefusedError
from services.vocabulary.errors import OperatorError
from tests.unit.media.egress.forms import ADDRESSES, CLOSED_IPV4, CLOSED_IPV6, OPEN, SCOPED, embedded


def test_closed_addresses_are_refused() -> None:
    written = [*ADDRESSES, *(scoped.replace("%25", "%") for scoped in SCOPED), "127.1", "2130706433", "", "x"]
    assert [address for address in written if _admits(Policy(), address)] == []


@pytest.mark.parametrize("address", OPEN)
def test_addresses_of_the_open_internet_are_dialled_on_two_ports(address: str) -> None:
    assert Policy().vet([address], 443) == Policy().vet([address], 80) == [address.removeprefix("::ffff:")]
    for port in (0, 22, 25, 6379, 8080):
        with pytest.raises(PortRefusedError):
            Policy().check(address, port)


def test_one_bad_address_refuses_the_name() -> None:
    for bad in ADDRESSES:
        for addresses in ([OPEN[0], bad], [bad, OPEN[0]], [*OPEN, bad]):
            with pytest.raises(RefusedError):
                Policy().vet(addresses, 443)


def test_a_name_without_addresses_is_refused() -> None:
    with pytest.raises(RefusedError):
        Policy().vet([], 443)


@given(st.integers(0, 2**32 - 1))
def test_an_address_inside_another_is_never_more_open_than_itself(number: int) -> None:
    plain, policy = str(IPv4Address(number)), Policy()
    verdicts = [_admits(policy, form) for form in embedded(plain)]
    mapped = verdicts[0]
    assert mapped == _admits(policy, plain)
    assert not any(verdicts[1:7])


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_only_global_unicast_of_ipv6_is_open(address: IPv6Address) -> None:
    if _admits(Policy(), str(address)):
        assert address.ipv4_mapped or (address.packed[0] >> 5 == 1 and address.is_global)


def _admits(policy: Policy, address: str) -> bool:
    try:
        policy.check(address, 443)
    except RefusedError:
        return False
    return True


def test_allowed_networks_are_open_on_every_port_and_nothing_else_is() -> None:
    policy = Policy(parse_networks("10.0.0.0/8, 127.0.0.1,fd00::/8,"))
    assert policy.vet(["10.1.2.3", "::ffff:10.9.9.9", "127.0.0.1", "fd12::1"], 8080) == [
        "10.1.2.3",
        "10.9.9.9",
        "127.0.0.1",
        "fd12::1",
    ]
    for address in set(CLOSED_IPV4 + CLOSED_IPV6) - {"10.0.0.5", "127.0.0.1", "fd00:ec2::254", "fd20:ce::254"}:
        assert not _admits(policy, address)
    with pytest.raises(PortRefusedError):
        policy.vet(["10.1.2.3", OPEN[0]], 8080)


def test_nothing_is_allowed_by_an_empty_setting() -> None:
    assert parse_networks("") == parse_networks(" , ") == ()


@pytest.mark.parametrize(
    "text", ["10.0.0.0/7/8", "10.1.2.3/8", "localhost", "0.0.0.0/0", "::/0", "::ffff:10.0.0.0/104", "10.0.0.1;10.0.0.2"]
)
def test_a_wrong_setting_names_the_remedy(text: str) -> None:
    with pytest.raises(OperatorError, match="EGRESS_ALLOW"):
        parse_networks(f"127.0.0.1, {text}")
