"""The base of every value that is stored, sent between processes or shown."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value. Fields that are not known are left out: while a deployment rolls, newer processes write them.

    Errors do not show what was refused: it may be what people said, and errors go to the log.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Strict(Value):
    """A value that comes from a language model: unknown fields are refused, and its schema says so."""

    model_config = ConfigDict(extra="forbid")
