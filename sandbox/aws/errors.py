"""How the services refuse: an exception's name, its sentence and an HTTP status."""

from __future__ import annotations

from sandbox.aws.json_values import Json


class AwsError(Exception):
    """An error that is answered as the real service does.

    `code` is the name of the exception. `status` None takes the one of the service's model, or 400 where the model
    does not know the error. `extra` are further members of the body.
    """

    def __init__(self, code: str, message: str, *, status: int | None = None, **extra: Json) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.extra = extra


class OwnAnswerError(RuntimeError):
    """A stand-in was about to answer something that the service's model does not allow: a bug of the stand-in."""
