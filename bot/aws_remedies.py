"""What AWS refuses or cannot do, in a sentence that names the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from services.storage.aws import Fault, code_of, fault_of, message_of
from services.vocabulary.errors import OperatorError

_NO_CREDENTIALS = "set AWS credentials (a task role, AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)"
NO_REGION = "set AWS_REGION to a region that has the service"
"""The remedy for a service that a region does not have."""


@contextmanager
def asking(whom: str, actions: str) -> Iterator[None]:
    """Turns what AWS refuses into OperatorError with the remedy."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise OperatorError(remedy(whom, actions, error)) from error


def remedy(whom: str, actions: str, error: Exception) -> str:
    """The sentence for an exception of botocore; `actions` are what a role needs."""
    said = code_of(error) or message_of(error)
    match fault_of(error):
        case Fault.CREDENTIALS:
            return f"{whom} takes no credentials of ours ({said}): {_NO_CREDENTIALS}"
        case Fault.DENIED:
            return f"{whom} refuses us ({said}): allow {actions} to the role (deploy/earshot.yml has the policies)"
        case Fault.REGION:
            return f"{whom} is not in this region ({said}): {NO_REGION}"
        case Fault.PASSING:
            return f"{whom} is busy or out of reach ({said}): check the way to the internet, then try again"
        case _:
            return f"{whom} does not take what was asked ({said}): {message_of(error)}"
