"""An answer made of the recording's own sentences."""

from __future__ import annotations

from services.answering.questions import Kind, about
from services.answering.selection import Request, choose
from services.answering.support import is_said
from services.answering.threads import Standalone, standalone
from services.evidence.checker import Checker
from services.evidence.citations import cite_sentence
from services.evidence.languages import language_of
from services.evidence.queries import Query, understand, unknown_person
from services.evidence.retrieval import Retriever
from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Point

ENGINE = "extractive"
WORDS = 70
"""Words of an answer, at most, unless told otherwise."""


def extract(question: Question, retriever: Retriever, *, words: int = WORDS) -> Answer:
    """The answer in at most that many words; not `found` where the recording does not say."""
    asked = standalone(question, retriever)
    query = understand(about(asked.text, asked.kind), retriever.transcript)
    rows = _rows(retriever, asked, query, words)
    checker = Checker(retriever.transcript)
    points = [_point(retriever, row) for row in rows]
    traced = tuple(point for point in points if checker.check(point.text, point.citations).passed)
    return Answer(
        found=bool(traced),
        sentences=traced,
        language=retriever.transcript.language,
        note=_note(question.text, retriever.transcript.language),
        engine=ENGINE,
    )


def _rows(retriever: Retriever, asked: Standalone, query: Query, words: int) -> list[int]:
    if asked.again and asked.kind in (Kind.PERSON, Kind.TIME):
        return list(asked.again)
    if unknown_person(asked.text, retriever.transcript) or not is_said(retriever, query, asked.kind):
        return []
    return choose(retriever, Request(query, asked.kind, words, without=asked.again))


def _point(retriever: Retriever, row: int) -> Point:
    citation = cite_sentence(retriever.transcript, retriever.sentences[row])
    return Point(text=retriever.texts[row], citations=(citation,))


def _note(question: str, language: str) -> str | None:
    """What to say where question and recording are in different languages; None where they are not."""
    asked_in = language_of(question)
    if asked_in is None or language in (asked_in, "und"):
        return None
    return "The recording is in another language than the question, so only words that both share could be matched."
