"""Times as people write them, and the links that open them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from services.publishing import mrkdwn
from services.vocabulary.recap import ActionItem

Link = Callable[[float], str | None]
"""Where a person can open the recording at a second; None where that is not possible."""


def due_of(item: ActionItem) -> str | None:
    """When it is due, in the words of the recording ("by Friday"); None where its text says so already."""
    return item.due if item.due and item.due.casefold() not in item.text.casefold() else None


def no_link(_seconds: float) -> None:
    """The `Link` of a recording that cannot be opened at a second."""


def clock(seconds: float) -> str:
    """A position: 0:07, 12:34, 1:02:03."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def span(seconds: float) -> str:
    """A length: 38 s, 42 min, 1 h 5 min."""
    whole = max(0, round(seconds))
    if whole < 60:  # noqa: PLR2004 - seconds in a minute
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def proof(seconds: float, link: Link, *, who: str = "") -> str:
    """What goes behind a statement: its moment in brackets, kept on the line of the last word."""
    return f"{mrkdwn.TIE}({moment(seconds, link, who=who)})"


def moment(seconds: float, link: Link, *, who: str = "") -> str:
    """A position in mrkdwn, linked where it can be opened. `who` is mrkdwn that goes before it."""
    return mrkdwn.link(link(seconds), f"{who} {clock(seconds)}".strip())


def dated(moment: float) -> str:
    """A point in time (Unix) in mrkdwn, which each reader sees in their own zone and language."""
    return _date(moment, "{date_long} at {time}")


def pretty(moment: float) -> str:
    """The same, in short: 'today', 'yesterday', else the day."""
    return _date(moment, "{date_short_pretty} at {time}")


def _date(moment: float, form: str) -> str:
    plainly = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"<!date^{int(moment)}^{form}|{plainly}>"
