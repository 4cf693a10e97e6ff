"""What is worth another try."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.workflows.failures import is_retryable

_CAUSE = Exception("server closed the connection unexpectedly")


@pytest.mark.parametrize(
    "error",
    [
        RetryableError("slow"),
        OperationalError("SELECT 1", {}, _CAUSE),
        InterfaceError("SELECT 1", {}, _CAUSE),
        NoConnectionError("all connections are taken"),
    ],
)
def test_what_time_may_mend_is_tried_again(error: Exception) -> None:
    assert is_retryable(error)


@pytest.mark.parametrize(
    "error",
    [UserError("no"), OperatorError("no"), IntegrityError("INSERT", {}, _CAUSE), TimeoutError(), ValueError()],
)
def test_what_it_does_not_mend_is_not(error: Exception) -> None:
    assert not is_retryable(error)
