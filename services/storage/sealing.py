"""Secrets at rest: sealed with keys that are kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from services.vocabulary.errors import OperatorError

NEW_KEY = "openssl rand -base64 32 | tr '+/' '-_'"
"""The command that prints a new key."""


class Seal:
    """Fernet (AES-128-CBC with HMAC-SHA256). The first key seals, any opens, so that a new one can be put in front.

    Raises OperatorError for keys that are none.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernets = [Fernet(key) for key in keys]
            self._all = MultiFernet(self._fernets)
        except ValueError as error:
            raise OperatorError(
                f"TOKEN_KEY is no key, or a list with one that is none; make one with: {NEW_KEY}"
            ) from error

    def close(self, secret: str) -> str:
        """The secret, sealed with the first key."""
        return self._all.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret. Raises OperatorError where none of the keys sealed it, or somebody changed it."""
        try:
            return self._all.decrypt(sealed).decode()
        except InvalidToken as error:
            raise OperatorError(
                "the tokens of a workspace cannot be read with TOKEN_KEY; put the key that they were sealed with back, "
                "after a comma, or let the workspace install the app again"
            ) from error

    def is_current(self, sealed: str) -> bool:
        """Whether the first key sealed it."""
        try:
            self._fernets[0].decrypt(sealed)
        except InvalidToken:
            return False
        return True
