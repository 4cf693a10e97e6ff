"""An answer as a message: what was said, each sentence with the moment that proves it."""

from __future__ import annotations

from collections.abc import Sequence

from services.publishing import actions, markdown, mrkdwn
from services.publishing.actions import Action
from services.publishing.blocks import MESSAGE, Block, button, context, message, section, weight
from services.publishing.blocks import actions as action_row
from services.publishing.fitting import Part, fit
from services.publishing.message import Message
from services.publishing.mrkdwn import literal
from services.publishing.times import Link, clock, proof
from services.vocabulary.question import Answer
from services.vocabulary.recap import Citation, Point
from services.vocabulary.transcript import Speaker

NOT_SAID = "The recording does not say."
_SENTENCE = 1_200
_NAME = 40
_TITLE = 150
_PROOFS = 3


def answer_message(
    answer: Answer,
    *,
    subject: str,
    recap_id: str,
    link: Link,
    speakers: Sequence[Speaker] = (),
    about: str | None = None,
) -> Message:
    """The answer. `subject` is the answer's own id, for feedback; `speakers` put names to the proofs.

    `about` names the recording where the thread does not show it.
    """
    if not answer.found or not answer.sentences:
        return _not_said(answer, recap_id, about)
    labels = {speaker.id: speaker.label for speaker in speakers}
    after = closing(answer, subject=subject, about=about)
    lines = [_sentence(sentence, labels, link) for sentence in answer.sentences]
    body = fit([Part("", lines, "sentence", elsewhere="that did not fit here")], MESSAGE - weight(*after))
    return message(" ".join(map(_aloud, answer.sentences)), [*body, *after])


def closing(answer: Answer, *, subject: str, about: str | None = None) -> list[Block]:
    """What stands under an answer: what has to be known of it, and thumbs."""
    return [*_note(answer), *_about(about), actions.feedback(subject)]


def spoken_sentence(sentence: Point, *, link: Link, speakers: Sequence[Speaker] = ()) -> str:
    """One sentence of an answer in Markdown, to be shown while the next is written."""
    labels = {speaker.id: speaker.label for speaker in speakers}
    proofs = [
        f"{mrkdwn.TIE}({markdown.link(link(citation.start), _who(citation, labels))})"
        for citation in sentence.citations[:_PROOFS]
    ]
    return markdown.literal(sentence.text, _SENTENCE) + "".join(proofs)


def _who(citation: Citation, labels: dict[int, str]) -> str:
    return f"{markdown.literal(labels.get(citation.speaker, ''), _NAME)} {clock(citation.start)}".strip()


def asked_message(user: str, question: str) -> Message:
    """Repeats a question that was typed into a modal, so that the thread shows what is being answered."""
    words = f"<@{user}> asks: {literal(question, _SENTENCE)}"
    return message(words, [section(words)])


def _sentence(sentence: Point, labels: dict[int, str], link: Link) -> str:
    proofs = [
        proof(citation.start, link, who=literal(labels.get(citation.speaker, ""), _NAME))
        for citation in sentence.citations[:_PROOFS]
    ]
    return literal(sentence.text, _SENTENCE) + "".join(proofs)


def _aloud(sentence: Point) -> str:
    return sentence.text + (f" ({clock(sentence.citations[0].start)})" if sentence.citations else "")


def _note(answer: Answer) -> list[Block]:
    note = literal(answer.note or "", 500)
    return [context(note)] if note else []


def _about(name: str | None) -> list[Block]:
    return [context(f"From *{literal(name, _TITLE)}*")] if name else []


def _not_said(answer: Answer, recap_id: str, about: str | None) -> Message:
    hint = context("Other words may help, or look it up in the transcript.")
    look = action_row([button("Full transcript", Action.TRANSCRIPT.value, value=recap_id)])
    return message(NOT_SAID, [section(NOT_SAID), *_note(answer), *_about(about), hint, look])
