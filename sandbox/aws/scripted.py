"""Engines without models: what tests say was heard, and a tone for a voice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.aws.engines import Engines, Heard, HeardWord, Turn
from sandbox.web.sounds import tone

_WORDS_PER_SECOND = 2.5


def dialogue(text: str, language: str = "en", *, pause: float = 0.4) -> Heard:
    """What is heard from lines such as 'A: Good morning.'; who speaks is numbered by first appearance."""
    names: list[str] = []
    turns, clock = list[Turn](), 0.3
    for line in filter(str.strip, text.splitlines()):
        name, _, said = line.partition(":")
        if name not in names:
            names.append(name)
        began, words = clock, list[HeardWord]()
        for word in said.split():
            end = clock + 1 / _WORDS_PER_SECOND
            words.append(HeardWord(word, round(clock, 3), round(end - 0.04, 3), names.index(name), 0.98))
            clock = end
        turns.append(Turn(names.index(name), round(began, 3), words[-1].end, tuple(words)))
        clock += pause
    return Heard(language, tuple(turns))


_SOMETHING = dialogue(
    "A: Good morning everyone, I am Anna, and we start with the offline mode.\n"
    "B: Thanks Anna. The release is on Tuesday, the ninth of May.\n"
    "A: Then I will write the release notes by Monday."
)


@dataclass
class ScriptedEar:
    """Hears `heard`, or what `by_size` has for a file of so many bytes; `asked` keeps languages and speakers.

    The next `failures` times it fails.
    """

    heard: Heard = _SOMETHING
    by_size: dict[int, Heard] = field(default_factory=dict)
    asked: list[tuple[str | None, int | None]] = field(default_factory=list)
    failures: int = 0

    async def hear(self, path: Path, *, language: str | None, speakers: int | None) -> Heard:
        """What the test said."""
        self.asked.append((language, speakers))
        if self.failures:
            self.failures -= 1
            raise RuntimeError("a failure that was asked for")
        size = (await asyncio.to_thread(path.stat)).st_size
        return self.by_size.get(size, self.heard)

    def reset(self) -> None:
        """Hear what a new one hears."""
        self.heard, self.by_size, self.asked, self.failures = _SOMETHING, {}, [], 0


@dataclass
class ScriptedVoice:
    """A tone as long as the text takes to say; `said` keeps the texts."""

    said: list[str] = field(default_factory=list)

    async def speak(self, text: str, *, language: str, path: Path) -> None:  # noqa: ARG002 - as a voice is called
        """Write the tone."""
        self.said.append(text)
        seconds = max(1, round(len(text.split()) / _WORDS_PER_SECOND))
        await asyncio.to_thread(lambda: path.write_bytes(tone("mp3", seconds)[0]))


@asynccontextmanager
async def scripted() -> AsyncIterator[Engines]:
    """Both."""
    yield Engines(ScriptedEar(), ScriptedVoice())
