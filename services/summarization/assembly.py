"""A summary put together from a model's reply and, of a long recording, from the notes on its parts."""

from __future__ import annotations

from collections.abc import Sequence

from services.summarization.drafts import Drafting, distinct
from services.summarization.parts import Notes
from services.summarization.replies import Beginning, SummaryReply
from services.vocabulary.recap import ActionItem, Point, Summary

_LEAST_TRACED = 1 / 3
"""Of a reply of which less is proved nothing is believed."""
_MOST = 20


def assembled(reply: SummaryReply, desk: Drafting, notes: Sequence[Notes] = ()) -> Summary | None:
    """The checked summary; None where too little of the reply is proved. Takes time: use a thread."""
    statements = desk.statements
    offered, traced = statements.offered, statements.traced
    gist, draft = desk.point(reply.gist), desk.draft(reply)
    offered, traced = statements.offered - offered, statements.traced - traced
    points = draft.points
    if gist is None and points:
        gist, points = points[0], points[1:]
    if gist is None or traced < _LEAST_TRACED * offered:
        return None
    decisions, items = _kept(draft.decisions, draft.action_items, desk, notes)
    shown = 1 + len(points) + len(decisions) + len(items)
    return Summary(
        language=desk.language,
        gist=gist,
        points=points,
        topics=draft.topics,
        chapters=desk.chapters(_beginnings(reply, notes)),
        decisions=decisions,
        action_items=items,
        statements=shown + offered - traced,
        traced=shown,
        notes=_said_of_parts(notes),
    )


def _beginnings(reply: SummaryReply, notes: Sequence[Notes]) -> Sequence[Beginning]:
    return reply.chapters or [beginning for each in notes for beginning in each.chapters]


def _kept(
    decisions: tuple[Point, ...], items: tuple[ActionItem, ...], desk: Drafting, notes: Sequence[Notes]
) -> tuple[tuple[Point, ...], tuple[ActionItem, ...]]:
    """Decisions and action items: a long recording's from the notes on its parts, so that merging loses none."""
    usable = [each.draft for each in notes if not (each.quoted and desk.translated)]
    if not notes:
        return decisions[:_MOST], items[:_MOST]
    return (
        distinct([point for draft in usable for point in draft.decisions])[:_MOST],
        distinct([item for draft in usable for item in draft.action_items])[:_MOST],
    )


def _said_of_parts(notes: Sequence[Notes]) -> tuple[str, ...]:
    """What is to be said where the model gave nothing for some of the parts."""
    quoted = sum(each.quoted for each in notes)
    if not quoted:
        return ()
    return (
        f"The language model gave no notes on {quoted} of {len(notes)} parts; their own sentences were used instead.",
    )
