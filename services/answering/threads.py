"""A question of a thread made to stand alone: 'and what about the second one?', 'who said that?', 'and Grace?'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.answering.patterns import pattern
from services.answering.questions import Kind, kind_of
from services.evidence.folding import fold
from services.evidence.queries import named_speakers, topic_words
from services.evidence.retrieval import Retriever
from services.evidence.terms import tokens
from services.vocabulary.question import Exchange, Question
from services.vocabulary.transcript import Transcript

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_POINTING = pattern(
    r"""\b(?:that|this|it|its|they|them|those|these|he|she|his|her|him|there|the~same|one|ones|das|davon|ça|cela|eso
    |esto)\b"""
)
_AND_ANOTHER = pattern(r"^\W*(?:and|or|what~about|how~about|und|et|y|e)\b(?:~(?:what|how)~about)?")
_SAID_THAT = pattern(r"\b(?:who|when|where)~(?:\w+~)?(?:said|say|mentioned|was|is|did~\w+~say)~(?:that|this|it)\b")
_MORE = pattern(r"\b(?:more|else|details?|elaborate|explain|further|mehr|davantage|más)\b")
_SHORTEST = 3
"""Words of the shortest sentence that is looked for in an earlier answer."""


@dataclass(frozen=True)
class Standalone:
    """What is asked, all said in one text, with its kind. `again` are sentences of an answer that it points back to."""

    text: str
    kind: Kind
    again: tuple[int, ...] = ()


def standalone(question: Question, retriever: Retriever) -> Standalone:
    """The question with what the thread before it adds; as it is where it says enough itself."""
    text = " ".join(question.text.split())
    kind = kind_of(text)
    if not question.history:
        return Standalone(text, kind)
    last = question.history[-1]
    given = _given(last, retriever)
    if (chosen := _item(text, given)) is not None:
        return Standalone(f"{retriever.texts[chosen]} {_unpointed(text)}", Kind.OPEN, (chosen,))
    if _SAID_THAT.search(text) and given:
        return Standalone(last.question, kind, tuple(given))
    if not _leaves_out(text, retriever.transcript):
        return Standalone(text, kind)
    before = _asked_before(question.history)
    return Standalone(_completed(text, before, retriever.transcript), _kind(text, kind, before))


def _given(exchange: Exchange, retriever: Retriever) -> list[int]:
    """The recording's sentences that an answer was made of, in the answer's order."""
    answer = fold(exchange.answer)
    texts = [(row, text) for row, text in enumerate(retriever.texts) if len(text.split()) >= _SHORTEST]
    found = [(answer.find(fold(text)), row) for row, text in texts]
    return [row for place, row in sorted(found) if place >= 0]


def _item(text: str, given: list[int]) -> int | None:
    """The sentence that 'the second one' or 'the last point' means."""
    match = re.search(
        rf"\b({'|'.join(_ORDINALS)}|last|latter|former)(?: (?:one|point|item|thing|part|option))?\b\W*$",
        text.casefold(),
    )
    if not match or not given:
        return None
    word = match[1]
    place = {"last": -1, "latter": -1, "former": 0}.get(word, _ORDINALS.index(word) if word in _ORDINALS else 0)
    return given[place] if place < len(given) else None


def _leaves_out(text: str, transcript: Transcript) -> bool:
    """Whether the question needs the thread: it has no topic, or little and a word that points back."""
    words = len(topic_words(text, transcript.language))
    named = {word for words_ in named_speakers(text, transcript.speakers).values() for word in words_}
    topic = words - len(named & set(text.casefold().split()))
    return (
        topic <= 0
        or bool(_AND_ANOTHER.match(text))
        or (topic == 1 and bool(_POINTING.search(text) or _MORE.search(text)))
    )


def _completed(text: str, before: str, transcript: Transcript) -> str:
    """The earlier question with this one's speaker or topic in the place of its own, or with this one's words added."""
    new = named_speakers(text, transcript.speakers)
    old = {word for words in named_speakers(before, transcript.speakers).values() for word in words}
    if new and old:
        name = " ".join(word for words in new.values() for word in words)
        return _swapped(before, old, name)
    topic = topic_words(text, transcript.language)
    if topic and _AND_ANOTHER.match(text):
        return (
            f"{_swapped(before, set(topic_words(before, transcript.language).values()) - old, '')} {_unpointed(text)}"
        )
    return f"{_unpointed(text)} {before}"


def _swapped(text: str, words: set[str], by: str) -> str:
    """The text with the first of these words made another and the rest of them left out."""
    kept: list[str] = []
    for word in text.split():
        if not words & set(tokens(word)):
            kept.append(word)
        elif by:
            kept.append(by)
            by = ""
    return " ".join(kept)


def _unpointed(text: str) -> str:
    return _POINTING.sub(" ", _AND_ANOTHER.sub(" ", text)).strip(" ?.,!")


def _kind(text: str, kind: Kind, before: str) -> Kind:
    """'and Grace?' asks what was asked before; 'when?' asks something else about it."""
    return kind_of(before) if kind is Kind.OPEN and not _MORE.search(text) else kind


def _asked_before(history: tuple[Exchange, ...]) -> str:
    """The last question that says what it is about; earlier ones are added to one that does not."""
    asked: list[str] = []
    for exchange in reversed(history[-3:]):
        asked.append(exchange.question)
        if len(topic_words(exchange.question, "en")) > 1:
            break
    return " ".join(reversed(asked))
