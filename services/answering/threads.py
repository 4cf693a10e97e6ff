"""A question of a thread made to stand alone: 'and what about the second one?', 'who said that?', 'and Grace?'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.answering.questions import Kind, kind_of
from services.evidence.folding import fold
from services.evidence.queries import named_speakers, topic_words
from services.evidence.retrieval import Retriever
from services.vocabulary.question import Exchange, Question
from services.vocabulary.transcript import Transcript

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_POINTING = re.compile(
    r"\b(?:that|this|it|its|they|them|those|these|he|she|his|her|him|there|the same|one|ones|das|davon|ça|cela|eso|esto)\b",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(r"^\W*(?:and|or|what about|how about|und|et|y|e)\b(?: (?:what|how) about)?", re.IGNORECASE)
_SAID_THAT = re.compile(
    r"\b(?:who|when|where) (?:\w+ )?(?:said|say|mentioned|was|is|did \w+ say) (?:that|this|it)\b", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:more|else|details?|elaborate|explain|further|mehr|davantage|más)\b", re.IGNORECASE)


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
    found = [(answer.find(fold(text)), row) for row, text in enumerate(retriever.texts) if len(text.split()) > 2]  # noqa: PLR2004 - shorter ones are anywhere
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
    """The earlier question with this one's speaker in the place of its own, or with this one's words added."""
    new = named_speakers(text, transcript.speakers)
    old = named_speakers(before, transcript.speakers)
    if new and old:
        dropped = {word for words in old.values() for word in words}
        before = " ".join(word for word in before.split() if fold(word).strip("?.,!").removesuffix("'s") not in dropped)
    return f"{_unpointed(text)} {before}"


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
