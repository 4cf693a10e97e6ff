"""Deliveries over HTTP: signed requests to the addresses of an app on this machine."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import json
import time
from typing import Literal, cast
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from sandbox.slack.errors import JSON
from sandbox.slack.manifest import Endpoints
from sandbox.slack.transport import UndeliveredError

_FORM = "application/x-www-form-urlencoded"
_OK = range(200, 300)


class HttpDelivery:
    """Posts to the endpoints of one app. `endpoints` None means that the app takes deliveries over Socket Mode."""

    name: Literal["socket_mode", "http"] = "http"
    # "nearly immediately, after one minute, after five minutes": Slack's documentation of the Events API.
    pauses: tuple[float, ...] = (0.0, 60.0, 300.0)
    timeout_reason = "http_timeout"

    def __init__(self, signing_secret: str, endpoints: Endpoints | None) -> None:
        self._secret = signing_secret
        self.endpoints = endpoints
        self._session: aiohttp.ClientSession | None = None
        self._posts: dict[str, asyncio.Task[JSON]] = {}

    async def wait_ready(self) -> None:
        """Return at once: whether an address answers is seen by calling it."""

    async def send(self, envelope: JSON) -> asyncio.Future[JSON] | None:
        """Post an envelope's payload to the address for its kind; None when the app has no such address."""
        url = self._url(envelope)
        if url is None:
            return None
        content_type, body = _body(envelope["type"], envelope["payload"])
        headers = _retry_headers(envelope)
        post = asyncio.create_task(self._post(url, content_type, body, headers))
        self._posts[envelope["envelope_id"]] = post
        return post

    def give_up(self, envelope_id: str) -> None:
        """Hang up when the answer is not there yet."""
        post = self._posts.pop(envelope_id, None)
        if post is not None and not post.done():
            post.cancel()

    async def verify(self, url: str, challenge: str) -> None:
        """Send `url_verification`; raises UndeliveredError when the challenge does not come back."""
        body = json.dumps({"token": "sandbox", "challenge": challenge, "type": "url_verification"})
        ack = await self._post(url, "application/json", body, {})
        answer = ack["payload"]
        given = answer.get("challenge", answer.get("text"))
        if given != challenge:
            raise UndeliveredError("challenge_failed")

    async def check_ssl(self, url: str) -> int:
        """Send the `ssl_check` of a command's address and return the status of the answer."""
        ack = await self._post(url, _FORM, urlencode({"ssl_check": "1", "token": "sandbox"}), {})
        return int(ack["status"])

    async def close(self) -> None:
        """Hang up everywhere."""
        for post in self._posts.values():
            post.cancel()
        await asyncio.gather(*self._posts.values(), return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _url(self, envelope: JSON) -> str | None:
        if self.endpoints is None:
            return None
        payload = envelope["payload"]
        if envelope["type"] == "slash_commands":
            return self.endpoints.command(payload["command"])
        if payload.get("type") == "block_suggestion":
            return self.endpoints.options
        return self.endpoints.events if envelope["type"] == "events_api" else self.endpoints.interactivity

    async def _post(self, url: str, content_type: str, body: str, headers: dict[str, str]) -> JSON:
        if not is_loopback(url):
            raise UndeliveredError("not_on_this_machine", final=True)
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), trust_env=False)
        signed = {**signature(self._secret, body), **headers, "Content-Type": content_type}
        signed |= {"User-Agent": "Slackbot 1.0 (local)", "Accept": "application/json,*/*"}
        try:
            async with self._session.post(url, data=body.encode(), headers=signed, allow_redirects=False) as response:
                text = await response.text()
        except (aiohttp.ClientError, UnicodeDecodeError) as error:
            raise UndeliveredError("connection_failed") from error
        if response.status not in _OK:
            raise UndeliveredError("http_error", final=response.headers.get("X-Slack-No-Retry") == "1")
        return {"status": response.status, "payload": _answer(response.content_type, text)}


def signature(secret: str, body: str, timestamp: int | None = None) -> dict[str, str]:
    """Return Slack's headers of a signed request.

    The time is that of the machine, not of the clock that tests turn: an app refuses what is older than five minutes
    by its own clock.
    """
    seconds = str(int(time.time()) if timestamp is None else timestamp)
    digest = hmac.new(secret.encode(), f"v0:{seconds}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": seconds, "X-Slack-Signature": f"v0={digest}"}


def is_loopback(url: str) -> bool:
    """Return whether an address is http on this machine; the local Slack calls no other."""
    try:
        parsed = URL(url)
        host = parsed.host or ""
        return parsed.scheme == "http" and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False


def _body(kind: str, payload: JSON) -> tuple[str, str]:
    if kind == "events_api":
        return "application/json", json.dumps(payload)
    if kind == "slash_commands":
        return _FORM, urlencode(payload)
    return _FORM, urlencode({"payload": json.dumps(payload)})


def _retry_headers(envelope: JSON) -> dict[str, str]:
    number = envelope.get("retry_attempt")
    if not number:
        return {}
    return {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": str(envelope["retry_reason"])}


def _answer(content_type: str, text: str) -> JSON:
    """Return the app's answer as an ack's payload: JSON as it is, plain text as the `text` of a message."""
    if content_type == "application/json":
        try:
            parsed = json.loads(text)
        except ValueError:
            return {}
        return cast("JSON", parsed) if isinstance(parsed, dict) else {}
    return {"text": text} if text.strip() else {}
