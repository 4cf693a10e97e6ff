"""Rules written as patterns that people can read."""

from __future__ import annotations

import re


def pattern(text: str, *, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern in which white space and line ends are for reading only; where white space is meant stands '~'."""
    return re.compile("".join(text.split()).replace("~", r"\s+"), flags)
