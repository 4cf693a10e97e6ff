"""Who is called by name in a sentence: 'Grace, can you ...', '..., Bob?', 'Grace will ...'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import Match

from services.summarization.rules import Rules
from services.vocabulary.transcript import Transcript

_JOINED = re.compile(r"(?:^|\W)(?:and|or|und|oder|et|ou|y|o)\s*$", re.IGNORECASE)


class Names:
    """The speakers by whole name and by first name; a name that two of them share stands for neither."""

    def __init__(self, transcript: Transcript, rules: Rules) -> None:
        self._rules = rules
        self._owners: dict[str, list[int]] = {}
        for speaker in transcript.speakers:
            words = (speaker.name or "").split()
            for name in dict.fromkeys([" ".join(words), words[0]] if words else []):
                self._owners.setdefault(name, []).append(speaker.id)

    def owner(self, name: str) -> int | None:
        """The one speaker of that name."""
        owners = self._owners[name]
        return owners[0] if len(owners) == 1 else None

    def called(self, text: str, request: Match[str]) -> str | None:
        """The name that a request calls: right before it, or at the end after a comma."""
        for name in self._in(text):
            before = re.search(rf"(?<!\w){re.escape(name)}[,:]? *[¿¡]?$", text[: request.start()])
            if before and self._begins(text[: before.start()]):
                return name
            if re.search(rf", *{re.escape(name)}[.?!]*$", text[request.end() :]):
                return name
        return None

    def ordered(self, text: str) -> Iterator[tuple[str, Match[str]]]:
        """Each name that 'will ...' follows, with those words."""
        for name in self._in(text):
            for said in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                cue = self._rules.order.match(text, said.end())
                if cue and self._begins(text[: said.start()]):
                    yield name, cue

    def others(self, text: str, speaker: int) -> bool:
        """Whether somebody other than that speaker is named."""
        return any(
            owners != [speaker] and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            for name, owners in self._owners.items()
        )

    def _in(self, text: str) -> list[str]:
        """The names that stand in a text, the longest first."""
        return sorted((name for name in self._owners if name in text), key=len, reverse=True)

    def _begins(self, lead: str) -> bool:
        """Whether what stands before a name leaves it one of its own: nothing, a comma, 'Okay'; not 'Grace and'."""
        return bool(self._rules.lead.match(lead)) and not _JOINED.search(lead)
