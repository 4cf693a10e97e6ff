"""Signed links to the player: who has one may listen, until it runs out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import struct
from collections.abc import Callable

_DAY = 86_400
_CONTEXT = b"earshot player link\0"
# Half of SHA-256 is as much as HMAC needs (RFC 2104, section 5), and a message holds dozens of these links.
_MAC = 16
_SECOND = re.compile(r"t=(\d{1,6})")
_EXPIRY = struct.Struct(">I")


class LinkForged(Exception):  # noqa: N818 - what the link is, not a fault of ours
    """The token was not made by us."""


class LinkExpired(Exception):  # noqa: N818 - the same
    """The token was ours, and its time is over."""


class PlayerLinks:
    """Makes and reads the tokens.

    `key` is secret and at least 16 bytes long. `public_url` is where people reach the bot's server. A link lasts
    `days`, to the end of the day (UTC), so links made on one day are equal.
    """

    def __init__(self, key: bytes, *, public_url: str, days: int = 30) -> None:
        if len(key) < _MAC:
            raise ValueError("the key of player links needs at least 16 bytes")
        self._key = key
        self._base = public_url.rstrip("/")
        self._days = days

    def sign(self, recap_id: str, now: float) -> str:
        """A token for one recap. `now` is Unix time."""
        expiry = (int(now) // _DAY + self._days + 1) * _DAY
        payload = _EXPIRY.pack(expiry) + recap_id.encode()
        return f"{_encode(payload)}.{_encode(self._mac(payload))}"

    def verify(self, token: str, now: float) -> str:
        """The recap's id. Raises LinkForged or LinkExpired."""
        body, _, mac = token.partition(".")
        try:
            payload, given = _decode(body), _decode(mac)
            if not hmac.compare_digest(given, self._mac(payload)):
                raise LinkForged
            recap_id = payload[_EXPIRY.size :].decode()
        except (ValueError, binascii.Error) as error:
            raise LinkForged from error
        if now >= _EXPIRY.unpack_from(payload)[0]:
            raise LinkExpired
        return recap_id

    def page(self, recap_id: str, now: float) -> str:
        """Where the recap plays from its beginning."""
        return f"{self._base}/r/{self.sign(recap_id, now)}"

    def recap_at(self, url: str, now: float) -> tuple[str, float | None]:
        """The recap that an address opens, and the second there. Raises LinkForged (also for others'), LinkExpired."""
        page, _, fragment = url.partition("#")
        prefix = f"{self._base}/r/"
        if not self._base or not page.startswith(prefix):
            raise LinkForged
        second = _SECOND.fullmatch(fragment)
        return self.verify(page.removeprefix(prefix), now), float(second[1]) if second else None

    def opener(self, recap_id: str, now: float) -> Callable[[float], str]:
        """What opens the recap at a second: a `Link` of publishing."""
        page = self.page(recap_id, now)
        return lambda seconds: f"{page}#t={max(0, int(seconds))}"

    def _mac(self, payload: bytes) -> bytes:
        return hmac.new(self._key, _CONTEXT + payload, hashlib.sha256).digest()[:_MAC]


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encode(data) != text:  # two spellings of the same bytes would be two links
        raise ValueError("not the spelling that we write")
    return data
