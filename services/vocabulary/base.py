"""The base of every value that is stored, sent between processes or shown."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value. Fields that are not known are left out: while a deployment rolls, newer processes write them.

    Errors do not show what was refused: it may be what people said, and errors go to the log.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Strict(Value):
    """Refuses unknown fields, and its schema says so: what a model answers, what Slack hands back, what we publish."""

    model_config = ConfigDict(extra="forbid")
