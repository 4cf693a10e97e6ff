"""The base of every value that is stored, sent between processes or shown."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; unknown fields are refused, so that a typing error cannot pass as data.

    Errors do not show what was refused: it may be what people said, and errors go to the log.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
