"""An http(s) address in one canonical spelling (RFC 3986, section 6), taken apart."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from urllib.parse import SplitResult, unquote_plus, urlsplit

from services.media.links.hosts import host_of, unreadable
from services.media.links.spelling import QUERY_MARKS, normal_path, spelled
from services.vocabulary.base import Value
from services.vocabulary.errors import UserError

LONGEST = 2048
"""Characters of an address at most: longer ones are no recordings, but data in disguise."""

_PORTS = {"http": 80, "https": 443}
# White space, controls, lone surrogates, and what is drawn as nothing or turns the direction of writing; but for the
# joiners, which some scripts need.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
_TRACKING = frozenset({"si", "feature", "fbclid", "gclid", "igsh", "pp", "ref", "ref_src", "mc_cid", "mc_eid"})


class Address(Value):
    """The parts of an address. `port` is None where it is the scheme's own.

    `query` holds the parameters as they were written, in their order, without those that only track people.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: tuple[str, ...]
    fragment: str

    @cached_property
    def url(self) -> str:
        """The whole address without its fragment."""
        port = "" if self.port is None else f":{self.port}"
        query = f"?{'&'.join(self.query)}" if self.query else ""
        return f"{self.scheme}://{self.host}{port}{self.path}{query}"

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The path's parts, without empty ones."""
        return tuple(part for part in self.path.split("/") if part)

    def is_at(self, hosts: frozenset[str]) -> bool:
        """Whether the host is exactly one of these, on its usual port."""
        return self.port is None and self.host in hosts

    def is_within(self, domains: frozenset[str]) -> bool:
        """Whether the host is one of these domains, or below one."""
        labels = self.host.split(".")
        return any(".".join(labels[n:]) in domains for n in range(len(labels)))

    def value(self, name: str) -> str | None:
        """The first value of that parameter, decoded; None where it is missing or empty."""
        return _value(self.query, name)

    def fragment_value(self, name: str) -> str | None:
        """The same from a fragment that is written like a query (`#t=90`)."""
        return _value(self.fragment.split("&"), name)


def address_of(url: str) -> Address:
    """The canonical address. White space around it is dropped. Raises UserError where it is no web address."""
    url = url.strip()
    parts = _split(url)
    host = host_of(parts)
    address = Address(
        scheme=parts.scheme,
        host=host,
        port=_port(parts),
        path=normal_path(parts.path),
        query=tuple(_without_tracking(parts.query)),
        fragment=parts.fragment,
    )
    if len(address.url) > LONGEST:
        raise _too_long()
    return address


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST:
        raise _too_long()
    if any(unicodedata.category(c) in _HIDDEN and c not in _JOINERS for c in url):
        raise UserError("That link holds spaces or invisible characters, so please copy it again from its page.")
    if "\\" in url:
        raise UserError(r"That link holds a backslash (\), which no web address does; please copy it again.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise unreadable() from None
    if parts.scheme not in _PORTS:
        raise UserError("I can open only web links that begin with https:// or http://; please paste one of those.")
    if "@" in parts.netloc:
        raise UserError("That link carries a name or password before its host; please paste it without them.")
    return parts


def _port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError:
        raise unreadable() from None
    if port == 0:
        raise unreadable()
    return None if port == _PORTS[parts.scheme] else port


def _without_tracking(query: str) -> list[str]:
    kept = (spelled(parameter, QUERY_MARKS) for parameter in query.split("&") if parameter)
    return [parameter for parameter in kept if not _is_tracking(_name(parameter))]


def _is_tracking(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKING


def _name(parameter: str) -> str:
    return unquote_plus(parameter.partition("=")[0]).lower()


def _value(parameters: tuple[str, ...] | list[str], name: str) -> str | None:
    found = (unquote_plus(parameter.partition("=")[2]) for parameter in parameters if _name(parameter) == name)
    return next(found, None) or None


def _too_long() -> UserError:
    return UserError(f"That link is longer than {LONGEST} characters; please paste the recording's own, shorter link.")
