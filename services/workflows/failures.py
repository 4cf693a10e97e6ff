"""From an error to what is said about it, by who can act.

An error that went through the engine's database comes back as its name and its message, so both forms are read here.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

import structlog
from dbos import PortableWorkflowError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from services.vocabulary import errors
from services.vocabulary.base import Value

_log = structlog.get_logger(__name__)


class Blame(StrEnum):
    """Who can do something about it."""

    USER = "user"
    TIME = "time"
    OPERATOR = "operator"
    BUG = "bug"


class Failure(Value):
    """What the thread is told. `reference` is also in the log; `can_retry`: a Retry button makes sense."""

    blame: Blame
    sentence: str
    reference: str | None = None
    can_retry: bool = True


# What the engine raises after the last try of a step; only retryable errors are tried again.
_GAVE_UP = "DBOSMaxStepRetriesExceeded"


def _kind(error: BaseException) -> type[BaseException]:
    names = (
        [error.name] if isinstance(error, PortableWorkflowError) else [kind.__name__ for kind in type(error).__mro__]
    )
    if names[0] == _GAVE_UP:
        return errors.RetryableError
    for name in names:
        known = getattr(errors, str(name), None)
        if isinstance(known, type) and issubclass(known, errors.EarshotError):
            return known
    return Exception


def is_retryable(error: BaseException) -> bool:
    """Whether a step that raised this is worth another try: a database that is away or busy comes back, too."""
    return isinstance(error, (errors.RetryableError, InterfaceError, OperationalError, NoConnectionError))


def failure_of(error: BaseException, subject: str) -> Failure:
    """The failure to tell for an error in the work on `subject` (its id, from which the reference is made)."""
    reference = hashlib.sha256(subject.encode()).hexdigest()[:8]
    kind = _kind(error)
    if issubclass(kind, errors.UserError):
        return Failure(blame=Blame.USER, sentence=str(error), can_retry=issubclass(kind, errors.LaterError))
    if issubclass(kind, errors.RetryableError):
        sentence = "A service I need is not answering. Nothing is lost: try again in a few minutes."
        return Failure(blame=Blame.TIME, sentence=sentence, reference=reference)
    if issubclass(kind, errors.OperatorError):
        sentence = "I am not set up to do this yet. Please tell whoever runs me, with the reference below."
        return Failure(blame=Blame.OPERATOR, sentence=sentence, reference=reference)
    sentence = "Something went wrong on my side. Nothing you did; try again, or tell whoever runs me."
    return Failure(blame=Blame.BUG, sentence=sentence, reference=reference)


def report_failure(error: Exception, recap_id: str) -> Failure:
    """Write down why a recap, or a part of it, was not made; the failure to tell."""
    failure = failure_of(error, recap_id)
    if failure.blame is Blame.USER:
        _log.info("recap refused", recap=recap_id, reason=failure.sentence)
    else:
        _log.error("recap failed", recap=recap_id, reference=failure.reference, exc_info=error)
    return failure
