"""The card under a link to our player."""

from __future__ import annotations

from services.publishing.blocks import Block, context, section
from services.publishing.mrkdwn import link, literal
from services.publishing.naming import media_title
from services.publishing.times import clock, span
from services.vocabulary.recap import Recap

_TITLE = 150
_GIST = 600
_LINE = 400
_NAME = 60


def unfurl_card(recap: Recap, url: str, at: float | None) -> Block:
    """Title, length and gist; where the link opens a second, the line that is said there."""
    facts = f"{span(recap.transcript.duration)} · recap by Earshot"
    lines = [f"*{link(url, literal(media_title(recap.media), _TITLE) or '…')}*", facts]
    if recap.summary.gist:
        lines.append(literal(recap.summary.gist.text, _GIST))
    blocks = [section("\n".join(lines))]
    if said := _said(recap, at):
        blocks.append(context(said))
    return {"blocks": blocks}


def _said(recap: Recap, at: float | None) -> str | None:
    """The segment at that second, or the next one; None for a second that the recording has not."""
    if at is None or at >= recap.transcript.duration:
        return None
    segment = next((each for each in recap.transcript.segments if each.end > at), None)
    if segment is None:
        return None
    who = recap.transcript.label(segment.speaker)
    named = f", {literal(who, _NAME)}" if who else ""
    return f"At {clock(at)}{named}: “{literal(segment.text, _LINE)}”"
