"""The base of every value that is stored, sent between processes or shown."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; unknown fields are refused, so that a typing error cannot pass as data."""

    model_config = ConfigDict(frozen=True, extra="forbid")
