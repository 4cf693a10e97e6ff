"""Text of strangers made safe for standard Markdown, which streamed messages are written in."""

from __future__ import annotations

import re

from services.publishing import mrkdwn

# What `mrkdwn.literal` leaves alone and Markdown reads: links, images, headings, quotes, lists, tables, escapes.
_MARKS = str.maketrans(
    {"[": "\uff3b", "]": "\uff3d", "\\": "\u29f5", "|": "\u00a6", "#": "\uff03", "<": "\u2039", ">": "\u203a"}
)
_LIST = re.compile(r"^(\s*(?:[-+]|\d{1,9}[.)]))(?=\s)")
_WORD_JOINER = "\u2060"
# Slack makes links of bare addresses here, and has no switch for it as mrkdwn does (`verbatim`).
_BARE = re.compile(r"(?i)(https?:/|www\.)")


def literal(text: str, limit: int = 1_000) -> str:
    """Markdown that shows exactly this text as one line, at most `limit` characters long as it is sent."""
    tame = _BARE.sub(lambda found: found[0][:-1] + _WORD_JOINER + found[0][-1], text.translate(_MARKS))
    # Markdown needs no entities where nothing is in angle brackets.
    return mrkdwn.literal(_LIST.sub(rf"{_WORD_JOINER}\1", tame), limit).replace("&amp;", "&")


def link(url: str | None, shown: str) -> str:
    """A link around Markdown that is safe already; only the words where the address is none for people."""
    tame = mrkdwn.address(url)
    return f"[{shown}]({tame.replace('(', '%28').replace(')', '%29')})" if tame else shown
