"""Who spoke, how much, and how we know their names."""

from __future__ import annotations

from services.publishing.mrkdwn import GAP, literal
from services.publishing.times import Link, moment
from services.vocabulary.transcript import Speaker, Transcript

_CELLS = 10
_QUOTE = 60
_NAME = 60


def bar(fraction: float, cells: int = _CELLS) -> str:
    """A bar of letters; anything more than nothing shows at least one cell."""
    bounded = min(1.0, max(0.0, fraction))
    full = max(round(bounded * cells), int(bounded > 0))
    return "▰" * full + "▱" * (cells - full)


def speaker_lines(transcript: Transcript, link: Link) -> list[str]:
    """A line for each voice, the one that talks most first; none where a single voice has no name."""
    speakers = sorted(transcript.speakers, key=lambda speaker: -speaker.share)
    if len(speakers) == 1 and speakers[0].name is None:
        return []
    return [_line(transcript, speaker, link) for speaker in speakers]


def _line(transcript: Transcript, speaker: Speaker, link: Link) -> str:
    name = f"*{literal(speaker.label, _NAME)}*"
    return f"{bar(speaker.share)}{GAP}{name} {speaker.share:.0%}{_evidence(transcript, speaker, link)}"


def _evidence(transcript: Transcript, speaker: Speaker, link: Link) -> str:
    known = [segment for segment in speaker.evidence if 0 <= segment < len(transcript.segments)]
    if speaker.name is None or not known:
        return ""
    segment = transcript.segments[known[0]]
    return f", named at {moment(segment.start, link)}: “{literal(segment.text, _QUOTE)}”"
