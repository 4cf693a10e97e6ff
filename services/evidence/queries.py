"""What a question asks for: its topic, the speakers that it names, and how much of the recording it is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from services.evidence.languages import language_of
from services.evidence.stopwords import is_stop_word
from services.evidence.terms import stem, tokens
from services.vocabulary.transcript import Speaker, Transcript

_SUMMARY = """summarize summarise summary recap overview outline
    zusammenfassen zusammenfassung fasse zusammen résumer résume résumé resumir resumen resume
    resumo riassumi riassunto samenvatting 总结 概括 一下 要約"""
_SAYING = """say says said saying tell told think thinks thought thoughts mention mentions mentioned talk talked talking
    discuss discussed discussing discussion discussions suggest suggested propose proposed respond responded reply
    replied answer answered ask asked explain explained describe described elaborate comment commented recommend
    recommended argue argued agree agreed disagree disagreed promise promised volunteer volunteered object objected
    gesagt sagte sagen meinte denkt dit pense parlé dijo piensa habló disse detto gezegd"""
_ACTS = "agreed disagree disagreed promise promised volunteered objected suggested proposed recommended"
"""Acts of saying that are a topic where there is no other: 'who disagreed?'"""
_DOING = """do feel felt want wanted offer plan present introduce believe approach learn know report raise point
    question contribute work"""
_GENERIC = f"""{_SUMMARY} {_SAYING} group team meeting call recording video podcast episode conversation
    transcript participants please pls part parts section bit topic topics subject opinion opinions view views
    perspective give list show find
    besprechung gespräch réunion reunión reunião riunione vergadering"""
_WHOLE = re.compile(
    r"\b(?:whole|entire|overall|general)\s+(?:\w+\s+)?(?:meeting|call|recording|video|episode|conversation)\b"
    r"|\bwhat\s+(?:was|is|were)\s+(?:this|it|that|the\s+\w+)\s+(?:all\s+)?about\W*$|^\W*(?:tl;?dr|summary|recap)\W*$"
    r"|^\W*what\s+(?:was|were|happened|did\s+\w+)\s*(?:discussed|discuss|said|talked\s+about|talk\s+about|covered|cover)?\W*$",
    re.IGNORECASE,
)
_ABOUT_SAYING = f"{_SAYING} opinion view perspective s want wanted believe feel felt"
_SAID_BY = re.compile(r"\b(?:did|does|do|has|had)\s+((?:[A-Z]\w+\s+){1,3})(\w+)")
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
    if not words and not named:
        words = {term: word for term, word in _meaningful(text, transcript.language).items() if word in _ACTS.split()}
    kept = [
        word for word in unnamed.split() if any(_term(token, transcript.language) in words for token in tokens(word))
    ]
    summary = any(token in _SUMMARY.split() for token in tokens(text))
    whole = bool(_WHOLE.search(text)) or (summary and not words and not named)
    return Query(text, " ".join(kept), words, tuple(named), summary, whole)


def topic_words(text: str, language: str) -> dict[str, str]:
    """The words that say what a question is about: as terms, each with the word as it was written."""
    generic = _GENERIC.split()
    return {term: token for term, token in _meaningful(text, language).items() if token not in generic}


def is_about_saying(text: str, speakers: tuple[Speaker, ...]) -> bool:
    """Whether it is asked what a named speaker said or thought: 'what did Grace say about', 'Grace's opinion on'."""
    names = {word for words in named_speakers(text, speakers).values() for word in words}
    said = tokens(re.sub(r"['\u2019]s\b", " s", text))
    if language_of(text) not in ("en", None):  # elsewhere the verb may stand anywhere
        return bool(names) and not set(said).isdisjoint(_SAYING.split())
    return any(word in names and after in _ABOUT_SAYING.split() for word, after in pairwise(said))


def unknown_person(text: str, transcript: Transcript) -> str | None:
    """A name that the question has say something and that the recording knows nothing of; None where there is none."""
    known = set(tokens(f"{transcript.text} {' '.join(speaker.label for speaker in transcript.speakers)}"))
    for name, verb in _SAID_BY.findall(text):
        if verb.casefold() in _SAYING.split() and not known & set(tokens(name)):
            return str(name).strip()
    return None


def _meaningful(text: str, language: str) -> dict[str, str]:
    """The words that are no stop words of the recording's language, of English or of the question's."""
    languages = {language, "en", language_of(text) or language}
    kept = [token for token in tokens(text) if not any(is_stop_word(token, each) for each in languages)]
    return {_term(token, language): token for token in reversed(kept)}


def _term(token: str, language: str) -> str:
    return stem(token) if language == "en" else token


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
        if len(part) > 1 and folded[index + 1 : index + 2] and folded[index + 1] in f"{_SAYING} {_DOING}".split():
            return True
    return False


def _without(text: str, words: set[str]) -> str:
    """The text without these words, also in the possessive."""
    return " ".join(word for word in text.split() if not words or not (set(tokens(word)) <= words))
