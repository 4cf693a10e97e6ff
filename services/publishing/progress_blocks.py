"""Work in progress as a message that is edited in place."""

from __future__ import annotations

from services.publishing.actions import Action
from services.publishing.blocks import Block, actions, button, context, message, section
from services.publishing.cards import card
from services.publishing.message import Message
from services.publishing.mrkdwn import GAP, literal
from services.publishing.naming import title_of
from services.publishing.speaker_lines import bar
from services.publishing.times import span
from services.vocabulary.progress import Progress, Stage
from services.vocabulary.source import Publication

# What each stage is called before, while and after it runs, and its part of the whole time, from recaps on two cores.
_WORDS = {
    Stage.INGEST: ("Get the recording", "Getting the recording", "Got the recording"),
    Stage.TRANSCRIBE: ("Listen to it", "Listening", "Listened to it"),
    Stage.SUMMARIZE: ("Write the recap", "Writing the recap", "Wrote the recap"),
    Stage.NARRATE: ("Record the spoken summary", "Recording the spoken summary", "Recorded the spoken summary"),
    Stage.PUBLISH: ("Post it here", "Posting it here", "Posted"),
}
_SHARES = {Stage.INGEST: 0.05, Stage.TRANSCRIBE: 0.7, Stage.SUMMARIZE: 0.1, Stage.NARRATE: 0.12, Stage.PUBLISH: 0.03}
_ORDER = list(_WORDS)
_CELLS = 20
_MINUTE = 60


def overall(progress: Progress) -> float:
    """How much of the whole is done, 0 to 1."""
    if progress.stage is Stage.QUEUED:
        return 0.0
    before = sum(_SHARES[stage] for stage in _ORDER[: _ORDER.index(progress.stage)])
    return min(1.0, before + _SHARES[progress.stage] * min(1.0, max(0.0, progress.fraction or 0.0)))


def progress_message(
    media_name: str,
    progress: Progress,
    *,
    recap_id: str,
    remaining: float | None = None,
    publication: Publication | None = None,
    url: str | None = None,
) -> Message:
    """How far the recap is, with a button that cancels it. `remaining` is an estimate in seconds.

    What is known of a link makes a card above it: `publication` as soon as there is one, and `url` under the title.
    """
    title = (publication.title.strip() if publication else "") or title_of(media_name)
    shown = [card(title, url=url, publication=publication, facts=_length(publication))] if publication or url else []
    if progress.stage is Stage.QUEUED:
        return _waiting(title, progress, recap_id, shown)
    left, done = _left(remaining), overall(progress)
    name = "" if shown else f"Working on *{literal(title, 150)}*\n"
    head = f"{name}{bar(done, _CELLS)}{GAP}*{done:.0%}*{f' · {left}' if left else ''}"
    stages = "\n".join(_stage_line(stage, progress) for stage in _ORDER)
    spoken = f"Working on {title}: {_WORDS[progress.stage][1].lower()}, {done:.0%} done{f', {left}' if left else ''}"
    return message(spoken, [*shown, section(head), context(stages), _cancel(recap_id)])


def _length(publication: Publication | None) -> list[str]:
    return [span(publication.duration)] if publication and publication.duration else []


def _waiting(title: str, progress: Progress, recap_id: str, shown: list[Block]) -> Message:
    place = progress.detail or "other recordings go first"
    name = "Waiting for its turn" if shown else f"*{literal(title, 150)}* is waiting for its turn"
    words = f"{name}: {literal(place, 100)}."
    return message(f"{title} is waiting for its turn: {place}.", [*shown, section(words), _cancel(recap_id)])


def _stage_line(stage: Stage, progress: Progress) -> str:
    ahead, now, past = _WORDS[stage]
    if stage is progress.stage:
        percent = f" {progress.fraction:.0%}" if progress.fraction is not None else " …"
        detail = f" · {literal(progress.detail, 100)}" if progress.detail else ""
        return f"▸{GAP}*{now}*{percent}{detail}"
    return f"✓{GAP}{past}" if _ORDER.index(stage) < _ORDER.index(progress.stage) else f"○{GAP}{ahead}"


def _left(remaining: float | None) -> str:
    if remaining is None:
        return ""
    if remaining < _MINUTE:
        return "less than a minute left"
    return f"about {round(remaining / _MINUTE)} min left"


def _cancel(recap_id: str) -> Block:
    return actions([button("Cancel", Action.CANCEL.value, value=recap_id)])
