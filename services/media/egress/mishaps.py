"""What went wrong between us and a stranger's server, by who acts."""

from __future__ import annotations

import socket

import aiohttp
import structlog

from services.media.egress.policy import PortRefusedError, RefusedError
from services.vocabulary.errors import EarshotError, RetryableError, UserError

_log = structlog.get_logger(__name__)

_OK, _PART = 200, 206
_LOGIN, _GONE = (401, 403, 407), (404, 410)
_PASSES = (408, 425, 429)
_SERVER_FAULT = 500
_TEMPORARY = (socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_SYSTEM, socket.EAI_MEMORY)

_LOGIN_SENTENCE = "That address asks for a login, so I cannot open it: please attach the recording instead."
_GONE_SENTENCE = "There is nothing at that address: please check the link."
_ADDRESS_SENTENCE = "That is not an address that I can open: please check the link."
_PRIVATE_SENTENCE = "That address is inside a private network, which I do not open."
_PORT_SENTENCE = "That address has an unusual port: I open web addresses on ports 80 and 443 only."
_NAME_SENTENCE = "There is no site of that name: please check the link."
_TRUST_SENTENCE = "That site cannot prove that it is the one it says, so I do not open it: please attach the recording."
_UNREADABLE_SENTENCE = "That address answers in a way that I cannot read: please attach the recording instead."


def of_status(response: aiohttp.ClientResponse) -> EarshotError | None:
    """What an answer's status means; None when it is good."""
    status, host = response.status, response.url.host
    if status == _OK or (status == _PART and "Range" in response.request_info.headers):
        return None
    if status in _LOGIN:
        return UserError(_LOGIN_SENTENCE)
    if status in _GONE:
        return UserError(_GONE_SENTENCE)
    if status in _PASSES or status >= _SERVER_FAULT:
        wait = response.headers.get("Retry-After", "")
        later = f" and asks to wait {wait} s" if wait.isascii() and wait.isdigit() and len(wait) < 7 else ""  # noqa: PLR2004
        return RetryableError(f"{host} answers with status {status}{later}")
    return UserError(f"That address does not give me the recording (status {status}): please attach it instead.")


def of_failure(error: aiohttp.ClientError | TimeoutError, host: str) -> EarshotError:
    """What a failed connection means."""
    if sentence := _for_the_person(error, host):
        return UserError(sentence)
    if isinstance(error, TimeoutError):
        return RetryableError(f"{host} does not deliver in time")
    return RetryableError(f"The connection to {host} does not hold: {type(error).__name__}")


def _for_the_person(error: aiohttp.ClientError | TimeoutError, host: str) -> str | None:
    """The sentence, where trying again changes nothing."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, RefusedError):
        _log.warning("egress refused", host=host, reason=str(cause))
        return _PORT_SENTENCE if isinstance(cause, PortRefusedError) else _PRIVATE_SENTENCE
    if isinstance(cause, socket.gaierror) and cause.errno not in _TEMPORARY:
        return _NAME_SENTENCE
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        _log.warning("certificate refused", host=host, remedy="where a proxy of yours signs, set CA_BUNDLE")
        return _TRUST_SENTENCE
    if isinstance(error, aiohttp.InvalidURL):
        return _ADDRESS_SENTENCE
    return _UNREADABLE_SENTENCE if isinstance(error, aiohttp.ClientResponseError) else None
