"""The type of a JSON value that only a model or a schema describes."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = Any
"""Whatever JSON can say, and with shapes of the services bytes and dates besides."""
