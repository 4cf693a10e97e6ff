"""An answer as a message: what was said, each sentence with the moment that proves it."""

from __future__ import annotations

from collections.abc import Sequence

from services.publishing import actions
from services.publishing.actions import Action
from services.publishing.blocks import MESSAGE, Block, button, context, message, section, weight
from services.publishing.blocks import actions as action_row
from services.publishing.fitting import Part, fit
from services.publishing.message import Message
from services.publishing.mrkdwn import literal
from services.publishing.times import Link, clock, proof
from services.vocabulary.question import Answer
from services.vocabulary.recap import Point
from services.vocabulary.transcript import Speaker

NOT_SAID = "The recording does not say."
_SENTENCE = 1_200
_NAME = 40
_PROOFS = 3


def answer_message(
    answer: Answer, *, subject: str, recap_id: str, link: Link, speakers: Sequence[Speaker] = ()
) -> Message:
    """The answer. `subject` is the answer's own id, for feedback; `speakers` put names to the proofs."""
    if not answer.found or not answer.sentences:
        return _not_said(answer, recap_id)
    labels = {speaker.id: speaker.label for speaker in speakers}
    after = [*_note(answer), actions.feedback(subject)]
    lines = [_sentence(sentence, labels, link) for sentence in answer.sentences]
    body = fit([Part("", lines, "sentence", elsewhere="that did not fit here")], MESSAGE - weight(*after))
    return message(" ".join(map(_aloud, answer.sentences)), [*body, *after])


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


def _not_said(answer: Answer, recap_id: str) -> Message:
    hint = context("Other words may help, or look it up in the transcript.")
    look = action_row([button("Full transcript", Action.TRANSCRIPT.value, value=recap_id)])
    return message(NOT_SAID, [section(NOT_SAID), *_note(answer), hint, look])
