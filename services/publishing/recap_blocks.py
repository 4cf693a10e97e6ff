"""The recap as a message: first what it was about, then what follows from it, then how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.publishing import actions
from services.publishing.actions import Action
from services.publishing.blocks import MESSAGE, Block, button, context, header, message, section, weight
from services.publishing.blocks import actions as action_row
from services.publishing.cards import card, is_linked
from services.publishing.fitting import Part, fit
from services.publishing.linked_moment import linked_line
from services.publishing.message import Message
from services.publishing.mrkdwn import GAP, literal
from services.publishing.naming import is_heard, language_name, media_title, words_from
from services.publishing.speaker_lines import speaker_lines
from services.publishing.times import Link, clock, due_of, moment, proof, span
from services.vocabulary.recap import ActionItem, Point, Recap

_POINT = 400
_TITLE = 120
_NAME = 60
_TOPICS = 10
# A recording this short without any point is shown word by word.
_SHORT_WORDS = 150
_POINTS_IN_SHORT = 3


def recap_message(recap: Recap, *, link: Link, notes: Sequence[str] = (), retry: bool = False) -> Message:
    """The finished recap; a short one where that was asked for. `link` opens the recording at a second.

    `notes` are honest sentences about what is missing (no voice for a language, uploads not allowed); `retry` adds a
    button that drives what failed once more.
    """
    frame_before = [_title(recap), context(_facts(recap)), section(_gist(recap, link)), *_linked(recap, link)]
    frame_after = [
        context(
            *(
                literal(note, 500)
                for note in (*_origin_notes(recap), *recap.summary.notes, *_spoken_notes(recap), *notes)[:8]
            ),
            _footer(recap),
        ),
        actions.feedback(recap.id),
        action_row(_buttons(recap, link, retry=retry)),
    ]
    room = MESSAGE - weight(*frame_before, *frame_after)
    return message(_aloud(recap), [*frame_before, *fit(_parts(recap, link), room), *frame_after])


def _parts(recap: Recap, link: Link) -> list[Part]:
    summary = recap.summary
    short = recap.length == "short"
    points = summary.points[:_POINTS_IN_SHORT] if short else summary.points
    parts = [
        Part("*Key points*", [f"•{GAP}{_statement(point, link)}" for point in points], "point"),
        Part("*To do*", [f"☐{GAP}{_action(recap, item, link)}" for item in summary.action_items], "action item"),
        Part("*Decided*", [f"✓{GAP}{_statement(point, link)}" for point in summary.decisions], "decision"),
        Part("*Word for word*", list(_words(recap, link)) if _is_short(recap) else [], "line"),
    ]
    if short:
        return parts
    return [
        *parts,
        Part("*Chapters*", _chapters(recap, link), "chapter"),
        Part("*Speakers*", speaker_lines(recap.transcript, link), "speaker"),
        Part("*Topics*", _topics(recap), "topic"),
    ]


def _title(recap: Recap) -> Block:
    media = recap.media
    title = media_title(media)
    return card(title, url=media.url, publication=media.publication) if is_linked(media) else header(title)


def _linked(recap: Recap, link: Link) -> list[Block]:
    line = linked_line(recap, link)
    return [section(line)] if line else []


def _gist(recap: Recap, link: Link) -> str:
    gist = recap.summary.gist
    if gist is not None:
        return f"*{literal(gist.text, 600)}*{_proof(gist, link)}"
    if _is_short(recap):
        return "There is too little here to sum up, so this is what was said."
    if recap.transcript.segments:
        return "I could not sum this up. Every word of it is in the transcript."
    return "I heard nobody speak in this recording, so there is nothing to sum up."


def _statement(point: Point | ActionItem, link: Link) -> str:
    return literal(point.text, _POINT) + _proof(point, link)


def _proof(point: Point | ActionItem, link: Link) -> str:
    return proof(point.citations[0].start, link) if point.citations else ""


def _action(recap: Recap, item: ActionItem, link: Link) -> str:
    known = {speaker.id: speaker.label for speaker in recap.transcript.speakers}
    owner = f"*{literal(known[item.owner], _NAME)}*: " if item.owner in known else ""
    due = due_of(item)
    when = f" _{literal(due, _NAME)}_" if due else ""
    urgent = "❗ " if item.urgency == "high" else ""
    return f"{urgent}{owner}{literal(item.text, _POINT)}{when}{_proof(item, link)}"


def _chapters(recap: Recap, link: Link) -> list[str]:
    return [f"{moment(chapter.start, link)}{GAP}{literal(chapter.title, _TITLE)}" for chapter in recap.summary.chapters]


def _topics(recap: Recap) -> list[str]:
    names = [literal(topic.name, _NAME) for topic in recap.summary.topics]
    more = [f"and {len(names) - _TOPICS} more"] if len(names) > _TOPICS else []
    return [" · ".join([*names[:_TOPICS], *more])] if names else []


def _is_short(recap: Recap) -> bool:
    transcript = recap.transcript
    few_words = bool(transcript.segments) and len(transcript.text.split()) <= _SHORT_WORDS
    return few_words and not recap.summary.points


def _words(recap: Recap, link: Link) -> Iterator[str]:
    transcript = recap.transcript
    labels = {speaker.id: speaker.label for speaker in transcript.speakers}
    for segment in transcript.segments:
        who = literal(labels.get(segment.speaker, ""), _NAME)
        yield f"{moment(segment.start, link, who=who)}{GAP}{literal(segment.text, _POINT)}"


def _facts(recap: Recap) -> str:
    transcript = recap.transcript
    facts = [span(transcript.duration)]
    if transcript.speakers:
        count = len(transcript.speakers)
        facts.append(f"{count} speaker{'s' if count > 1 else ''}")
    if transcript.segments:
        facts.append(literal(language_name(transcript.language), _NAME))
    return " · ".join(facts)


def _spoken_notes(recap: Recap) -> tuple[str, ...]:
    narration = recap.narration
    return (narration.reason,) if narration is not None and narration.key is None and narration.reason else ()


def _origin_notes(recap: Recap) -> Iterator[str]:
    """Why words that were offered were not used, and why it is not written in the language that was asked for."""
    if recap.media.left and is_heard(recap.transcript):
        yield f"I listened to it myself, because {' and '.join(recap.media.left)}."
    written = recap.summary.language
    if recap.language and recap.transcript.segments and recap.language != written and not recap.summary.model:
        asked, present = language_name(recap.language), language_name(written)
        yield f"You asked for {asked}. I quote what was said, so this is in {present}."


def _footer(recap: Recap) -> str:
    transcript, summary = recap.transcript, recap.summary
    said = list(filter(None, [words_from(transcript)]))
    if transcript.speech > 0:
        share = min(1.0, transcript.covered / transcript.speech)
        said.append(f"{share:.0%} of the speech is covered")
    if summary.statements:
        said.append(f"{summary.traced} of {summary.statements} statements traced to the recording")
    if transcript.segments and summary.language != transcript.language:
        said.append(f"written in {literal(language_name(summary.language), _NAME)}")
    said.append(f"took {span(recap.seconds)}")
    if summary.cost is not None:
        said.append(f"${summary.cost:.3f}")
    heard = transcript.engine if is_heard(transcript) else ""
    engines = " + ".join(literal(engine, _NAME) for engine in (heard, summary.engine) if engine)
    return " · ".join([*said, engines] if engines else said)


def _buttons(recap: Recap, link: Link, *, retry: bool) -> list[Block]:
    buttons = []
    start = link(0.0)
    if start is not None:
        buttons.append(button("Play and read along", Action.OPEN.value, url=start, style="primary"))
    if recap.transcript.segments:
        buttons.append(button("Full transcript", Action.TRANSCRIPT.value, value=recap.id))
        buttons.append(button("Ask a question", Action.ASK.value, value=recap.id))
    if retry:
        buttons.append(actions.retry_button(recap.id))
    return [*buttons, actions.delete_button(recap.id)]


def _aloud(recap: Recap) -> str:
    title = media_title(recap.media)
    gist = recap.summary.gist.text if recap.summary.gist else "there is nothing to sum up."
    points = "".join(
        f" {point.text} ({clock(point.citations[0].start)})" for point in recap.summary.points[:5] if point.citations
    )
    return f"Recap of {title}: {gist}{points}"
