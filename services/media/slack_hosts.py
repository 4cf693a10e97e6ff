"""Which servers may see our token for the sake of a file: Slack's own, as the API address tells them."""

from __future__ import annotations

from urllib.parse import urlsplit

_SLACK = ("slack.com", "slack-gov.com")
_PORTS = {"https": 443, "http": 80}


def is_file_host(url: str, *, api_url: str) -> bool:
    """Whether the address is Slack's, so that the token may go there.

    With Slack's own API that is https on any host of the same domain (files.slack.com, a workspace's own). With
    another API address in the settings it is exactly that scheme, host and port.
    """
    try:
        place, api = _place(url), _place(api_url)
    except ValueError:
        return False
    domain = next((name for name in _SLACK if _within(api[1], name)), None)
    if domain is None:
        return place == api
    return place[0] == "https" and place[2] == _PORTS["https"] and _within(place[1], domain)


def _place(url: str) -> tuple[str, str, int]:
    """Scheme, host and port. Raises ValueError for an address that is no plain http(s) one."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or "\\" in url:
        raise ValueError(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
