"""What Amazon Polly and the AWS library raise, told apart by who acts."""

from __future__ import annotations

from botocore import exceptions

from services.vocabulary.errors import OperatorError, RetryableError

_BUSY = {
    "ThrottlingException",
    "Throttling",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "ServiceFailureException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "InternalFailure",
    "InternalServerError",
    "RequestTimeout",
    "RequestTimeoutException",
}
_REFUSED = {
    "AccessDenied",
    "AccessDeniedException",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "NotAuthorized",
    "OptInRequired",
    "SignatureDoesNotMatch",
    "SubscriptionRequiredException",
    "UnrecognizedClientException",
}
_UNSUPPORTED = {"EngineNotSupportedException", "LanguageNotSupportedException"}
_SERVER_FAULT = 500
_UNCONFIGURED = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.NoRegionError,
    exceptions.TokenRetrievalError,
    exceptions.ProfileNotFound,
)


class Unsupported(Exception):  # noqa: N818 - a fact about the region, not a fault
    """This voice does not speak on this engine, or in this language, here."""


def translated(error: exceptions.ClientError | exceptions.BotoCoreError) -> Exception:
    """The same error as one of ours. What Polly found wrong with our text or our options is a bug: a RuntimeError."""
    if isinstance(error, exceptions.ClientError):
        return _answered(error)
    if isinstance(error, _UNCONFIGURED):
        return OperatorError(f"Amazon Polly cannot be called: {error}; set credentials and AWS_REGION")
    if isinstance(error, exceptions.ParamValidationError):
        return RuntimeError(f"Amazon Polly does not take what we ask: {error}")
    return RetryableError(f"Amazon Polly was not reached: {error}")


def _answered(error: exceptions.ClientError) -> Exception:
    code = str(error.response.get("Error", {}).get("Code", ""))
    said = str(error.response.get("Error", {}).get("Message", ""))
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if code in _BUSY or status >= _SERVER_FAULT:
        return RetryableError(f"Amazon Polly is busy ({code})")
    if code in _REFUSED:
        return OperatorError(
            f"Amazon Polly refuses us ({code}): allow polly:SynthesizeSpeech and polly:DescribeVoices to the role"
        )
    # A voice without the engine was seen to be answered as a ValidationException as well.
    if code in _UNSUPPORTED or (code == "ValidationException" and ("engine" in said or "voice" in said.lower())):
        return Unsupported(f"{code}: {said}")
    return RuntimeError(f"Amazon Polly does not take what we sent: {code}: {said}")
