"""Faults on demand: what the real services do to their callers sooner or later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from sandbox.aws.errors import AwsError
from sandbox.aws.json_values import Json

Kind = Literal[
    "throttle",  # too many requests
    "timeout",  # 408, the model took too long
    "model_error",  # 424, the model failed
    "not_ready",  # 429, the model is being loaded
    "unavailable",  # 503
    "internal",  # 500
    "denied",  # 403, no permission
    "not_found",  # 404, the model has ended
    "quota",  # too much already
    "too_long",  # the input is longer than the model takes
    "slow",  # the first byte comes late
    "drop",  # the connection breaks before anything is done
    "lost",  # all is done, and the connection breaks before the answer
    "mid_stream",  # the stream ends in an exception after some events
    "cut_stream",  # the connection breaks in the middle of a stream
    "max_tokens",  # the reply is cut off
    "refusal",  # the model does not want to
    "guardrail",  # a guardrail replaces the reply
    "malformed",  # the reply is no JSON although JSON was asked for
]

_NAMES = {
    "throttle": ("ThrottlingException", "Too many requests, please wait before trying again."),
    "timeout": ("ModelTimeoutException", "Model has timed out in processing the request. Try your request again."),
    "model_error": ("ModelErrorException", "The model returned an error. Try your request again."),
    "not_ready": ("ModelNotReadyException", "The model is not ready for inference."),
    "unavailable": ("ServiceUnavailableException", "The service is unable to process your request. Try again."),
    "internal": ("InternalServerException", "The system encountered an unexpected error during processing."),
    "denied": ("AccessDeniedException", "User is not authorized to perform this action."),
    "not_found": ("ResourceNotFoundException", "This model version has reached the end of its life."),
    "quota": ("ServiceQuotaExceededException", "Your request exceeds the service quota for your account."),
    "too_long": ("ValidationException", "Input is too long for requested model."),
}
_ELSEWHERE = {
    ("transcribe", "throttle"): ("LimitExceededException", "Rate exceeded", 429),
    ("transcribe", "quota"): ("LimitExceededException", "You've reached the limit of concurrent jobs.", 429),
    ("transcribe", "internal"): ("InternalFailureException", "There was an internal error. Try again.", 500),
    ("polly", "throttle"): ("ThrottlingException", "Rate exceeded", 400),
    ("polly", "internal"): ("ServiceFailureException", "An unknown condition has caused a service failure.", 500),
    ("s3", "throttle"): ("SlowDown", "Please reduce your request rate.", 503),
    ("s3", "internal"): ("InternalError", "We encountered an internal error. Please try again.", 500),
    ("s3", "unavailable"): ("ServiceUnavailable", "Please reduce your request rate.", 503),
    ("s3", "denied"): ("AccessDenied", "Access Denied", 403),
    ("s3", "not_found"): ("NoSuchKey", "The specified key does not exist.", 404),
}
_STATUS = {"denied": 403, "unavailable": 503, "internal": 500}


@dataclass
class Fault:
    """What goes wrong with calls of `operation` (a pattern), and how many more `times` (0: until it is taken away).

    `skip` calls pass first. `service`, `model` (a part of the model's id) and `about` (a regular expression that is
    found in the call's parameters, written as Python writes them) narrow it down. `seconds` belongs to 'slow', `after`
    is the number of events before a stream ends, and `exception` the one that ends it.
    """

    operation: str
    kind: Kind
    times: int = 1
    skip: int = 0
    service: str = "*"
    model: str = ""
    about: str = ""
    seconds: float = 1.0
    after: int = 2
    exception: str = "modelStreamErrorException"

    def befalls(self, service: str, operation: str, parameters: Mapping[str, Json]) -> bool:
        """Whether such a call may go wrong by this fault."""
        return (
            fnmatchcase(operation, self.operation)
            and fnmatchcase(service, self.service)
            and self.model in str(parameters.get("modelId", ""))
            and (not self.about or re.search(self.about, str(parameters)) is not None)
        )

    def error(self, service: str) -> AwsError | None:
        """The error that this fault is on that service; None for faults of other kinds."""
        if (service, self.kind) in _ELSEWHERE:
            code, message, status = _ELSEWHERE[service, self.kind]
            return AwsError(code, message, status=status)
        if self.kind in _NAMES:
            code, message = _NAMES[self.kind]
            return AwsError(code, message, status=_STATUS.get(self.kind))
        return None


class Faults:
    """The faults that are waiting to happen."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, operation: str, kind: Kind, **options: Json) -> Fault:
        """Let calls of an operation (or of those that match, such as 'Converse*') go wrong; see `Fault`."""
        fault = Fault(operation, kind, **options)
        self._waiting.append(fault)
        return fault

    def take(self, service: str, operation: str, parameters: Mapping[str, Json]) -> Fault | None:
        """Use up the next fault for a call."""
        for fault in tuple(self._waiting):
            if not fault.befalls(service, operation, parameters):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            if fault.times:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
            return fault
        return None

    def waiting(self) -> tuple[Fault, ...]:
        """The faults that have not been used up."""
        return tuple(self._waiting)

    def reset(self) -> None:
        """Take all faults away."""
        self._waiting.clear()
