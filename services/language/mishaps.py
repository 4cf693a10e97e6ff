"""What went wrong in a call, translated from the vendors' errors into ours."""

from __future__ import annotations

from pydantic_ai import exceptions as theirs

from services.vocabulary.errors import EarshotError, OperatorError, RetryableError, UserError

_CONTENT = (
    "The language model declined to work on this content. The transcript is still there to read; "
    "try again with another recording or question."
)
_GUARDRAIL = (
    "The content rules that are set for the language model stopped it here. The transcript is still there to read; "
    "whoever runs Earshot can look at those rules."
)


class BusyError(RetryableError):
    """The model is throttled or down and made nothing; another model, or this one later, may do it.

    `after` is how many seconds the service asked us to wait, None where it did not say.
    """

    after: float | None = None


class BrokenError(BusyError):
    """The call broke when it was under way (408, 424, a fault in the stream): worth one more try at once."""


class TimedOutError(BusyError):
    """No byte came for as long as we wait. The model may have worked, and been paid, so it is not asked again."""


class CrowdedError(BusyError):
    """Too many calls of our own wait for the model's allowance."""


class RejectedError(OperatorError):
    """The service refuses the form of the request, such as a schema that it cannot compile."""


_ACCESS = (
    "the language model refused access: {}. Check the credentials and the permission to call the model (on Bedrock: "
    "bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream, and its use granted to the account)"
)
_REMEDIES: tuple[tuple[type[theirs.AgentRunError | theirs.UserError], type[OperatorError], str], ...] = (
    (theirs.ModelAuthenticationError, OperatorError, _ACCESS),
    (theirs.ModelNotFoundError, OperatorError, "there is no such language model: {}. Check its name and the region"),
    (theirs.ModelQuotaExceededError, OperatorError, "the quota of the language model is used up: {}. Ask for more"),
    (theirs.ModelRequestRejectedError, RejectedError, "the language model refused the request: {}. Check its settings"),
    (theirs.UserError, OperatorError, "the language model cannot be asked like this: {}"),
)


def translated(error: Exception) -> EarshotError | ValueError:
    """Our error for one of pydantic-ai's. The caller raises it from the original."""
    if isinstance(error, theirs.ModelContextWindowExceededError):
        return ValueError(f"the prompt is too long for the model: {_said(error)}")
    for kind, ours, sentence in _REMEDIES:
        if isinstance(error, kind):
            return ours(sentence.format(_said(error)))
    if isinstance(error, theirs.ModelTimeoutError) and error.phase in (None, "read", "write"):
        return TimedOutError(f"the language model sent nothing for too long: {_said(error)}")
    if isinstance(error, theirs.ModelAPIError):
        return _fault(error)
    return BrokenError(f"the language model's answer could not be read: {type(error).__name__}")


def _fault(error: theirs.ModelAPIError) -> BusyError:
    """Busy if the service refused before it began, broken if it may have begun."""
    if isinstance(error, theirs.ModelConnectionError):
        broke = error.phase in ("read", None)
    elif isinstance(error, theirs.ModelHTTPError):
        broke = error.in_stream or error.status_code in (408, 424)
    else:
        broke = True
    fault = (BrokenError if broke else BusyError)(f"the language model failed: {_said(error)}")
    fault.after = error.retry_after
    return fault


def declined(reason: str) -> UserError:
    """The sentence for a reply that a guardrail or the model itself withheld."""
    return UserError(_GUARDRAIL if reason == "guardrail_intervened" else _CONTENT)


def _said(error: Exception) -> str:
    """What the service said, without the prompt: only its code and message."""
    if not isinstance(error, theirs.ModelAPIError):
        return str(error)[:300]
    body = error.body.get("Error", error.body) if isinstance(error.body, dict) else None
    message = next((body[key] for key in ("Message", "message") if key in body), "") if body else ""
    status = error.status_code if isinstance(error, theirs.ModelHTTPError) else None
    parts = (error.model_name, error.provider_error_code, status, message or (None if body else error.message))
    return ", ".join(str(part)[:300] for part in parts if part)
