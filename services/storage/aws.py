"""What every AWS client needs: calls that hold no event loop, and one reading of what went wrong.

boto3 blocks, so calls run in threads of their own: the shared default pool stays free for files.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

from botocore import exceptions

_CREDENTIALS = frozenset(
    {
        "400",  # all that a HEAD request says of a token that has expired
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "InvalidToken",
        "MissingAuthenticationTokenException",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
        "TokenRefreshRequired",
        "UnrecognizedClientException",
    }
)
_DENIED = frozenset({"403", "AccessDenied", "AccessDeniedException", "AllAccessDisabled", "Forbidden"})
_REGION = frozenset(
    {
        "301",
        "307",
        "AuthorizationHeaderMalformed",
        "IllegalLocationConstraintException",
        "PermanentRedirect",
        "TemporaryRedirect",
    }
)
_PASSING = frozenset(
    {
        "BandwidthLimitExceeded",
        "InternalError",
        "InternalFailure",
        "InternalFailureException",
        "LimitExceededException",
        "OperationAborted",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
_SERVER_SIDE, _TOO_MANY = 500, 429
_NO_CREDENTIALS = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.ProfileNotFound,
    exceptions.SSOError,
    exceptions.TokenRetrievalError,
)
_NO_REGION = (exceptions.NoRegionError, exceptions.EndpointProviderError, exceptions.InvalidRegionError)
# What is raised while a body is read (IncompleteReadError, ResponseStreamingError) is in the last two.
_LINE = (
    exceptions.ConnectionError,
    exceptions.CredentialRetrievalError,
    exceptions.MetadataRetrievalError,
    exceptions.ChecksumError,
    exceptions.FlexibleChecksumError,
    exceptions.HTTPClientError,
    exceptions.IncompleteReadError,
)


class Fault(StrEnum):
    """What went wrong, by what mends it."""

    CREDENTIALS = "credentials"
    DENIED = "denied"
    REGION = "region"
    PASSING = "passing"
    OTHER = "other"


def code_of(error: Exception) -> str:
    """The service's own code of the error; empty where no service answered. A HEAD request's is the HTTP status."""
    if isinstance(error, exceptions.ClientError):
        return str(error.response.get("Error", {}).get("Code", ""))
    return ""


def message_of(error: Exception) -> str:
    """The service's own sentence."""
    if isinstance(error, exceptions.ClientError):
        return str(error.response.get("Error", {}).get("Message", ""))
    return str(error)


def fault_of(error: Exception) -> Fault:
    """What kind of fault an exception of botocore is."""
    if isinstance(error, _NO_CREDENTIALS):
        return Fault.CREDENTIALS
    if isinstance(error, _NO_REGION):
        return Fault.REGION
    if isinstance(error, _LINE):
        return Fault.PASSING
    if isinstance(error, exceptions.ClientError):
        return _by_code(code_of(error), int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)))
    return Fault.OTHER


def _by_code(code: str, status: int) -> Fault:
    for codes, fault in (
        (_CREDENTIALS, Fault.CREDENTIALS),
        (_DENIED, Fault.DENIED),
        (_REGION, Fault.REGION),
        (_PASSING, Fault.PASSING),
    ):
        if code in codes:
            return fault
    return Fault.PASSING if status >= _SERVER_SIDE or status == _TOO_MANY else Fault.OTHER


class Calls:
    """Runs blocking calls in `threads` threads of their own; `name` is what a debugger shows.

    A canceled call that has begun goes on in its thread until the client's own timeout ends it.
    """

    def __init__(self, name: str, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def __call__(self, call: Callable[..., Any], /, **arguments: Any) -> Any:  # noqa: ANN401 - as boto3 has it
        """The result of `call(**arguments)`."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: call(**arguments))

    def close(self) -> None:
        """Begin no further calls; those under way end by themselves."""
        self._pool.shutdown(wait=False, cancel_futures=True)
