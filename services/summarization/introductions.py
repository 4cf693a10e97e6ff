# ruff: noqa: RUF001 - words of many scripts are the subject
"""Whether the words prove a voice's name: by its own introduction, another's, or being addressed and answering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.evidence.folding import fold
from services.transcription.naming_phrases import PHRASES, Phrases
from services.vocabulary.transcript import Segment, Transcript

_OWN = {
    "en": r"my name(?: is|'s)|i'm|i am|i go by|you can call me|this is|it's|call me",
    "ru": r"меня зовут|я",
    "uk": r"мене звати|я",
    "pl": r"nazywam się|mam na imię|jestem",
    "tr": r"benim adım|adım|ben",
    "sv": r"jag heter|mitt namn är",
    "zh": r"我是|我叫|我的名字是|我名叫",
    "ja": r"私は|わたしは|僕は",
    "ko": r"저는|제 이름은",
}
_OWN_AFTER = {
    "ja": r"(?:と申し|と言い|といい|です|でございます)",
    "ko": r"(?:입니다|이에요|예요|라고)",
    "tr": r"(?:ben|burada)",
}
_REPORTED = (
    r"\b(?:said|says|told|asked|like|if|imagine|pretend|called|named|wrote|not|isn't|never|was|play|playing|role)\b"
)
_HERE = r"(?:here|speaking|from|with|at|and|calling|reporting)"
_SOON = 6.0
_ADDRESSES = 2
"""How often one must be addressed by a name and answer: once may be anybody's answer."""


class Introductions:
    """What the words of one transcript prove about names."""

    def __init__(self, transcript: Transcript) -> None:
        self._said = [segment for segment in transcript.segments if segment.text.strip()]
        self._phrases = PHRASES.get(transcript.language, Phrases())
        self._language = transcript.language

    def proof(self, speaker: int, name: str, segments: Sequence[int]) -> tuple[int, ...]:
        """The segments that prove the name for that voice; none where they do not, or where the words contradict.

        The model must have cited a proof, but what else the recording says of the name counts against it too.
        """
        clues = list(self._clues(name))
        own = {segment for voice, segment, strong in clues if voice == speaker and strong}
        weak = {segment for voice, segment, strong in clues if voice == speaker and not strong}
        others = {voice for voice, _, strong in clues if strong and voice != speaker}
        others |= {voice for voice, _, strong in clues if not strong and not own and voice != speaker}
        if others or self._contradicts(speaker, name) or (not own and self._uses(speaker, name)):
            return ()
        cited = set(segments)
        if own and (own | self._beside(own)) & cited:
            return tuple(sorted(own))
        return tuple(sorted(weak)) if len(weak) >= _ADDRESSES and (weak | self._beside(weak)) & cited else ()

    def _clues(self, name: str) -> Iterator[tuple[int, int, bool]]:
        """Each place that ties the name to a voice: the voice, the segment, and whether it is more than an address."""
        for index, segment in enumerate(self._said):
            text = fold(segment.text)
            if not self._holds(text, name):
                continue
            if self._introduces_itself(text, name):
                yield segment.speaker, segment.id, True
                continue
            answer = self._next_voice(index)
            if answer is not None and self._gives_word(text, name):
                yield answer.speaker, segment.id, True
            elif answer is not None and self._asks(text, name):
                yield answer.speaker, segment.id, False
            elif (before := self._previous_voice(index)) is not None and self._thanks(text, name):
                yield before.speaker, segment.id, False

    def _holds(self, text: str, name: str) -> bool:
        return bool(re.search(_bounded(name), text))

    def _introduces_itself(self, text: str, name: str) -> bool:
        called = _bounded(name)
        if re.search(_REPORTED, text) or (self._phrases.reported and self._reports(text)):
            return False
        firm = "|".join(filter(None, (self._phrases.firm, _OWN.get(self._language, ""), self._phrases.bare)))
        if firm and (found := re.search(rf"(?<!\w)(?:{firm})[,:]?\s*{called}", text)):
            return self._language != "en" or self._is_firm(found[0]) or self._closes(text, found.end(), found[0])
        if after := _OWN_AFTER.get(self._language):
            return bool(re.search(rf"{called}\s*{after}", text))
        return self._language == "en" and bool(
            re.match(rf"\W*(?:hi|hello|hey|yes|yeah|and|so)?\W*{called},? here\b", text)
        )

    def _reports(self, text: str) -> bool:
        return bool(re.search(rf"(?<!\w)(?:{self._phrases.reported})(?!\w)", text))

    def _is_firm(self, found: str) -> bool:
        return bool(re.match(rf"(?:{self._phrases.firm})\s", found))

    def _closes(self, text: str, end: int, found: str) -> bool:
        """Whether the clause ends with the name, or goes on as introductions do; 'this is Bob' needs 'speaking'."""
        rest = text[end:].strip()
        plain = not rest or rest[0] in ",.!?;" or bool(re.match(_HERE + r"\b", rest))
        pointing = bool(re.match(r"(?:this is|it's)\b", found))
        return plain and (not pointing or bool(re.match(r"(?:here|speaking|calling|reporting|from)\b", rest)))

    def _gives_word(self, text: str, name: str) -> bool:
        called, phrases = _bounded(name), self._phrases
        if re.search(_REPORTED, text):
            return False
        before = phrases.handover and re.search(rf"(?<!\w)(?:{phrases.handover})[,:]?\s+{called}\s*(?:[,.!?]|$)", text)
        after = phrases.invites and re.match(rf"\W*(?:\w+[, ]+)?{called},\s*(?:{phrases.invites})(?!\w)", text)
        return bool(before or after)

    def _asks(self, text: str, name: str) -> bool:
        called = _bounded(name)
        asked = text.rstrip().endswith(("?", "？"))
        return asked and bool(re.search(rf",\s*{called}\s*[?？]\s*$|^\W*(?:(?:and|so|okay|hey)\W+)?{called},", text))

    def _thanks(self, text: str, name: str) -> bool:
        thanks = self._phrases.thanks
        return bool(thanks and re.match(rf"\W*(?:{thanks}),?\s+{_bounded(name)}\s*(?:[,.!?]|$)", text))

    def _contradicts(self, speaker: int, name: str) -> bool:
        """Whether that voice introduces itself by another name."""
        firm = self._phrases.firm
        if not firm:
            return False
        for segment in self._said:
            found = re.search(rf"(?<!\w)(?:{firm})[,:]?\s+(\w+)", fold(segment.text))
            if found and segment.speaker == speaker and found[1] not in fold(name).split():
                return True
        return False

    def _uses(self, speaker: int, name: str) -> bool:
        """Whether that voice speaks the name itself, as people do of others."""
        return any(segment.speaker == speaker and self._holds(fold(segment.text), name) for segment in self._said)

    def _next_voice(self, index: int) -> Segment | None:
        own = self._said[index]
        following = self._said[index + 1] if index + 1 < len(self._said) else None
        near = following is not None and following.start - own.end <= _SOON and following.speaker != own.speaker
        return following if near else None

    def _previous_voice(self, index: int) -> Segment | None:
        own, before = self._said[index], self._said[index - 1] if index else None
        near = before is not None and own.start - before.end <= _SOON and before.speaker != own.speaker
        return before if near else None

    def _beside(self, segments: set[int]) -> set[int]:
        return {segment + step for segment in segments for step in (-1, 1)}


def _bounded(name: str) -> str:
    """The folded name as a pattern: whole words, or anywhere in scripts without spaces."""
    folded = re.escape(fold(name))
    return folded if fold(name)[:1] > "\u2e80" else rf"(?<!\w){folded}(?!\w)"
