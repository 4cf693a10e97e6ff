"""Which yt-dlp this is and whether it can solve what YouTube asks. Only in the child."""

from __future__ import annotations

import importlib.metadata
import re
from datetime import UTC, date, datetime
from typing import Any

from yt_dlp.utils._jsruntime import DenoJsRuntime
from yt_dlp.version import __version__


def release() -> dict[str, Any]:
    """yt-dlp's version and age in days, the version of its solver scripts and of the JavaScript runtime (or None)."""
    runtime = DenoJsRuntime().info
    return {
        "yt_dlp": __version__,
        "age_days": _age(__version__),
        "solver": _installed("yt-dlp-ejs"),
        "runtime": f"{runtime.name} {runtime.version}" if runtime and runtime.supported else None,
        "impersonation": _installed("curl-cffi"),
    }


def _age(version: str) -> int | None:
    numbers = re.match(r"(\d{4})\.(\d{1,2})\.(\d{1,2})", version)
    if not numbers:
        return None
    year, month, day = (int(number) for number in numbers.groups())
    return (datetime.now(UTC).date() - date(year, month, day)).days


def _installed(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
