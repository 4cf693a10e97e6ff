"""What a question asks for: its topic, the speakers that it names, and how much of the recording it is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from services.evidence.stopwords import is_stop_word
from services.evidence.terms import stem, tokens
from services.vocabulary.transcript import Speaker, Transcript

_SUMMARY = """summarize summarise summary recap overview outline
    zusammenfassen zusammenfassung fasse résumer résume résumé resumir resumen resumo riassumi riassunto samenvatting"""
_GENERIC = f"""{_SUMMARY} discuss discussed discussing discussion discussions talk talked talking group team meeting
    call recording video podcast episode conversation transcript participants think thought thoughts opinion opinions view
    views perspective mention mentioned mentions describe described explain explained elaborate comment commented
    respond responded say said tell told give list show find
    besprechung gespräch gesagt sagte sagen meinte denkt réunion discuter dit pense parlé reunión dijo piensa habló
    reunião disse riunione detto vergadering gezegd"""
_SAYING = """say says said think thinks thought feel felt mention mentioned suggest suggested propose proposed want
    wanted ask asked answer answered respond responded reply explain explained describe described argue agree agreed disagree
    recommend recommended contribute discuss discussed promise promised do offer plan talk present introduce elaborate
    comment believe approach learn know report raise point question"""
_WHOLE = re.compile(
    r"\b(?:whole|entire|overall|general)\s+(?:\w+\s+)?(?:meeting|call|recording|video|episode|conversation)\b"
    r"|\bwhat\s+(?:was|is|were)\s+(?:this|it|that|the\s+\w+)\s+(?:all\s+)?about\s*\??$|^\W*(?:tl;?dr|summary|recap)\W*$"
    r"|^\W*(?:please\s+)?(?:summari[sz]e|recap)(?:\s+(?:this|it|that|(?:the|this)\s+(?:meeting|call|recording|video)))?\W*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Query:
    """A question made ready for matching.

    `words` maps each stemmed topic term to a word as it was written; `speakers` are the ids of the speakers named, who
    are not part of the topic; `topic` is the text that is left. `summary` asks for a survey of the topic, and `whole`
    one of the entire recording.
    """

    text: str
    topic: str
    words: dict[str, str]
    speakers: tuple[int, ...] = ()
    summary: bool = False
    whole: bool = False


def understand(text: str, transcript: Transcript) -> Query:
    """What the question asks for, in terms of that transcript."""
    named = named_speakers(text, transcript.speakers)
    unnamed = _without(text, {word for words in named.values() for word in words})
    words = topic_words(unnamed, transcript.language)
    if not words:
        unnamed, words = text, {} if named else topic_words(text, transcript.language)
    kept = [word for word in unnamed.split() if any(stem(token) in words for token in tokens(word))]
    summary = any(token in _SUMMARY.split() for token in tokens(text))
    return Query(text, " ".join(kept), words, tuple(named), summary, whole=bool(_WHOLE.search(text)))


def topic_words(text: str, language: str) -> dict[str, str]:
    """The words that say what a question is about: stemmed, with the word as it was written."""
    generic = _GENERIC.split()
    found: dict[str, str] = {}
    for token in tokens(text):
        if token not in generic and not is_stop_word(token, language) and not is_stop_word(token):
            found.setdefault(stem(token) if language == "en" else token, token)
    return found


def named_speakers(text: str, speakers: tuple[Speaker, ...]) -> dict[int, list[str]]:
    """The speakers that a text names, each with the words (folded) that name them.

    A whole label counts anywhere ('speaker 2'). A part of a longer one counts where no other label has it and it is
    written as a name ('what did Hopper say') or stands before a verb of saying ('what did the professor say').
    """
    written = _WORD.findall(text)
    folded = [word.casefold() for word in written]
    labels = {speaker.id: _WORD.findall(speaker.label.partition("(")[0]) for speaker in speakers}
    owners = Counter(word.casefold() for label in labels.values() for word in set(label))
    found: dict[int, list[str]] = {}
    for speaker, label in labels.items():
        whole = [word.casefold() for word in label]
        if whole and any(folded[i : i + len(whole)] == whole for i in range(len(folded))):
            found[speaker] = whole
            continue
        parts = [w.casefold() for w in label if owners[w.casefold()] == 1 and _is_named(w, written, folded)]
        if parts:
            found[speaker] = parts
    return found


def _is_named(part: str, written: list[str], folded: list[str]) -> bool:
    for index, word in enumerate(written):
        if word.casefold() != part.casefold() or part.isdigit():
            continue
        if word == part and part[0].isupper() and (index or len(part) > 1):
            return True
        if len(part) > 1 and folded[index + 1 : index + 2] and folded[index + 1] in _SAYING.split():
            return True
    return False


def _without(text: str, words: set[str]) -> str:
    """The text without these words, also in the possessive."""
    return " ".join(word for word in text.split() if not words or not (set(tokens(word)) <= words))
