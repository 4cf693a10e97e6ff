"""Who is who, from the words alone: a voice gets a name when somebody says so, and only then."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.evidence.sentences import Sentence, sentences
from services.transcription.names import Names, is_same, name_at, name_before
from services.transcription.naming_phrases import PHRASES, Phrases
from services.vocabulary.transcript import Speaker, Transcript

_CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
_SELF, _GIVEN, _ADDRESSED = 3, 2, 1
_ENOUGH = 2
_RIVAL = 3  # how many times stronger than a contradiction evidence must be
_BEGINNING = 45.0  # seconds of a speaker's own talk in which a bare "I'm NAME" is an introduction
_OPENING = 2  # words, such as 'so' and 'hi everyone', before one says who one is
_REPLY = 5.0  # seconds within which one who was spoken to answers


@dataclass(frozen=True, slots=True)
class _Clue:
    speaker: int
    name: str
    weight: int
    segments: tuple[int, ...]


def name_speakers(transcript: Transcript) -> Transcript:
    """The transcript with names for the voices that the words identify, and the segments that say so as evidence.

    A name needs an introduction (by oneself, or by another with the one introduced speaking next) or being addressed
    and answering more than once. Contradiction leaves a voice without a name; no two voices share one; somebody who is
    only talked about is nobody's name. Text without capital letters, and languages without phrases here, name nobody.
    """
    phrases = PHRASES.get(transcript.language)
    if phrases is None:
        return transcript
    said = [replace(sentence, text=sentence.text.replace(_CURLY, "'")) for sentence in sentences(transcript)]
    names = Names([sentence.text for sentence in said])
    if not names.trustworthy:
        return transcript
    clues = [*_introductions(said, phrases), *_addresses(said, phrases, names)]
    chosen = _choose(clues)
    speakers = tuple(_named(speaker, chosen.get(speaker.id)) for speaker in transcript.speakers)
    return transcript.model_copy(update={"speakers": speakers})


def _named(speaker: Speaker, clues: list[_Clue] | None) -> Speaker:
    if not clues:
        return speaker
    name = max((clue.name for clue in clues), key=len)
    evidence = sorted({segment for clue in clues for segment in clue.segments})
    return speaker.model_copy(update={"name": name, "evidence": tuple(evidence)})


def _choose(clues: Sequence[_Clue]) -> dict[int, list[_Clue]]:
    """The clues that decide, by speaker."""
    chosen: dict[int, list[_Clue]] = {}
    for speaker in {clue.speaker for clue in clues}:
        own = [clue for clue in clues if clue.speaker == speaker]
        best = max(own, key=lambda clue: _weight(own, clue.name))
        weight = _weight(own, best.name)
        others = [clue for clue in own if not is_same(clue.name, best.name)]
        rivals = [clue for clue in clues if clue.speaker != speaker and is_same(clue.name, best.name)]
        against = max([_weight(others, clue.name) for clue in others] + [_rival_weight(rivals)], default=0)
        if weight >= _ENOUGH and weight >= _RIVAL * against:
            chosen[speaker] = [clue for clue in own if is_same(clue.name, best.name)]
    return chosen


def _weight(clues: Sequence[_Clue], name: str) -> int:
    return sum(clue.weight for clue in clues if is_same(clue.name, name))


def _rival_weight(rivals: Sequence[_Clue]) -> int:
    """The strongest claim of any other voice to the same name."""
    totals: dict[int, int] = defaultdict(int)
    for clue in rivals:
        totals[clue.speaker] += clue.weight
    return max(totals.values(), default=0)


def _introductions(said: Sequence[Sentence], phrases: Phrases) -> Iterator[_Clue]:
    """Clues from people who say who they are."""
    talked: dict[int, float] = defaultdict(float)
    for sentence in said:
        early = talked[sentence.speaker] < _BEGINNING
        talked[sentence.speaker] += sentence.end - sentence.start
        if name := _own_name(sentence.text, phrases, early=early):
            yield _Clue(sentence.speaker, name, _SELF, _segments(sentence))


def _own_name(text: str, phrases: Phrases, *, early: bool) -> str | None:
    for match in _find(phrases.firm, text):
        found = name_at(text, match.end())
        if found and not _is_reported(text[: match.start()], phrases):
            return found.text
    for match in _find(phrases.points, text):
        found = name_at(text, match.end())
        if found and _follows(phrases.identifies, text[found.end :]) and _opens(text[: match.start()]):
            return found.text
    for match in _find(phrases.bare, text) if early else ():
        found = name_at(text, match.end())
        around = text[: match.start()] + " " + text[found.end :] if found else ""
        if found and _closes(text[found.end :], phrases) and not _is_reported(around, phrases):
            return found.text if _opens(text[: match.start()]) else None
    return None


def _addresses(said: Sequence[Sentence], phrases: Phrases, names: Names) -> Iterator[_Clue]:
    """Clues from people who give the word to somebody, ask or thank somebody by name."""
    for index, sentence in enumerate(said):
        answer = _next_voice(said, index)
        before = _previous_voice(said, index)
        if answer and (name := _introduced(sentence.text, answer.text, phrases, names)):
            yield _Clue(answer.speaker, name, _GIVEN, _segments(sentence, answer))
        elif answer and (name := _asked(sentence.text, names)):
            yield _Clue(answer.speaker, name, _ADDRESSED, _segments(sentence, answer))
        elif before and (name := _thanked(sentence.text, phrases)):
            yield _Clue(before.speaker, name, _ADDRESSED, _segments(before, sentence))


def _introduced(text: str, answer: str, phrases: Phrases, names: Names) -> str | None:
    """Who was given the word, or was presented and begins the answer as one does then."""
    if name := _given_word(text, phrases, names):
        return name
    return _presented(text, phrases) if _follows(phrases.greets, answer) else None


def _given_word(text: str, phrases: Phrases, names: Names) -> str | None:
    for match in _find(phrases.handover, text):
        found = name_at(text, match.end())
        if found and found.ends(text) and not _is_reported(text[: match.start()], phrases):
            return found.text
    found = name_at(text, 0)
    if found and names.is_name(found.text) and text[found.end :].startswith(","):
        return found.text if _follows(phrases.invites, text[found.end + 1 :]) else None
    return None


def _presented(text: str, phrases: Phrases) -> str | None:
    for match in _find(phrases.presents, text):
        found = name_at(text, match.end())
        if found and not found.listed(text) and not _is_reported(text, phrases):
            return found.text
    return None


def _asked(text: str, names: Names) -> str | None:
    """The name in 'NAME, what do you think?' or 'What do you think, NAME?'."""
    if not text.endswith("?"):
        return None
    if found := name_before(text, len(text) - 1):
        return found.text
    found = name_at(text, 0)
    if found and text[found.end :].startswith(",") and names.is_name(found.text) and not found.listed(text):
        return found.text
    return None


def _thanked(text: str, phrases: Phrases) -> str | None:
    match = re.match(rf"(?:{phrases.thanks}),? ", text, re.IGNORECASE) if phrases.thanks else None
    found = name_at(text, match.end()) if match else None
    return found.text if found and found.ends(text) else None


def _next_voice(said: Sequence[Sentence], index: int) -> Sentence | None:
    """What another voice says right after the sentence; None where its own speaker goes on or nobody answers."""
    if index + 1 == len(said):
        return None
    following = said[index + 1]
    soon = following.start - said[index].end <= _REPLY
    return following if soon and following.speaker != said[index].speaker else None


def _previous_voice(said: Sequence[Sentence], index: int) -> Sentence | None:
    if index == 0:
        return None
    before = said[index - 1]
    just = said[index].start - before.end <= _REPLY
    return before if just and before.speaker != said[index].speaker else None


def _segments(*sentences_: Sentence) -> tuple[int, ...]:
    return tuple(sorted({segment for sentence in sentences_ for segment in (sentence.first, sentence.last)}))


def _find(phrases: str, text: str) -> Iterator[re.Match[str]]:
    """Where one of the phrases stands with white space after it."""
    if phrases:
        yield from re.finditer(rf"(?<!\w)(?:{phrases}),?\s+", text, re.IGNORECASE)


def _follows(phrases: str, text: str) -> bool:
    return bool(phrases) and bool(re.match(rf"[\s,.!]*(?:{phrases})(?!\w)", text, re.IGNORECASE))


def _is_reported(text: str, phrases: Phrases) -> bool:
    pattern = rf"(?<!\w)(?:{phrases.reported})(?!\w)"
    return bool(phrases.reported) and bool(re.search(pattern, text, re.IGNORECASE))


def _opens(before: str) -> bool:
    """Whether a clause begins after this text: nothing, punctuation, or a word or two that people begin with."""
    before = before.rstrip()
    words = before.split()
    return not words or before[-1] in ",.!?;:…-" or (len(words) <= _OPENING and words[-1].isalpha())


def _closes(after: str, phrases: Phrases) -> bool:
    """Whether the name is complete: the sentence ends, a clause ends, or one of the usual words follows."""
    return not after.strip() or after.lstrip()[0] in ",.!?;…-" or _follows(phrases.continues, after)
