"""Notes on each part of a recording that is too long for one prompt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

import structlog

from services.evidence.languages import language_label
from services.evidence.material import fenced, plain
from services.evidence.prompts import PromptFile
from services.language import Prompt
from services.language.spending import Spending
from services.summarization import Summarizer
from services.summarization.chunks import Chunk
from services.summarization.drafts import Draft, Drafting, Told
from services.summarization.replies import Beginning, NotesReply
from services.vocabulary.errors import EarshotError, RetryableError
from services.vocabulary.recap import ActionItem, Point
from services.vocabulary.transcript import Segment, Transcript

_log = structlog.get_logger(__name__)
_AT_ONCE = 4
_POINTS = 8
_TRIES = 2


class Notes:
    """What is noted of one part. `quoted`: the model gave nothing, so these are the recording's own sentences."""

    def __init__(self, draft: Draft, chapters: Sequence[Beginning], *, quoted: bool = False) -> None:
        self.draft = draft
        self.chapters = tuple(chapters)
        self.quoted = quoted

    def lines(self) -> Iterator[str]:
        """The notes as lines, the weightiest first, each with the segments that prove it."""
        for kind, told in (
            ("decided", self.draft.decisions),
            ("said", self.draft.points),
            ("to do", self.draft.action_items),
        ):
            for each in told:
                yield f"[{_numbers(each)}] {kind}: {plain(each.text)}"
        for chapter in self.chapters:
            yield f"[{chapter.first}] new subject: {plain(chapter.title)}"
        for topic in self.draft.topics:
            yield f"[{', '.join(map(str, topic.segments[:3]))}] spoken about: {plain(topic.name)}"


class PartNotes:
    """Takes notes on chunks, several at once. A chunk that fails is tried again, then quoted from instead."""

    def __init__(
        self, *, prompt: PromptFile, rules: PromptFile, fallback: Summarizer, desk: Drafting, spending: Spending
    ) -> None:
        self._prompt = prompt
        self._rules = rules
        self._fallback = fallback
        self._desk = desk
        self._spending = spending

    async def take(self, transcript: Transcript, parts: Sequence[Chunk]) -> list[Notes]:
        """The notes on each part, in order. Raises RetryableError or OperatorError where the fallback does."""
        gate, checking = asyncio.Semaphore(_AT_ONCE), asyncio.Lock()

        async def one(number: int, part: Chunk) -> Notes:
            async with gate:
                place = {"part": str(number), "parts": str(len(parts))}
                question = self._prompt.filled(
                    language=language_label(self._desk.language), points=str(_POINTS), **place
                )
                return await self._noted(part, question, checking) or await self._quoted(transcript, part)

        return list(await asyncio.gather(*(one(number + 1, part) for number, part in enumerate(parts))))

    async def _noted(self, part: Chunk, question: str, checking: asyncio.Lock) -> Notes | None:
        """The model's notes; None where it has none that are proved."""
        prompt = Prompt(
            instructions=self._rules.text,
            material=fenced([*part.overlap, *part.lines]),
            question=question,
            purpose="notes",
            max_tokens=self._prompt.max_tokens,
            effort=self._prompt.effort,
        )
        for _ in range(_TRIES):
            try:
                reply = await self._spending.ask(prompt, NotesReply)
            except RetryableError as error:
                _log.warning("notes on a part failed", first=part.first, error=str(error))
                continue
            except (EarshotError, ValueError) as error:
                _log.warning("notes on a part are not to be had", first=part.first, error=str(error))
                break
            async with checking:
                draft = await asyncio.to_thread(self._desk.draft, reply)
            if draft.points:
                return Notes(draft, reply.chapters)
        return None

    async def _quoted(self, transcript: Transcript, part: Chunk) -> Notes:
        """The part's own sentences, chosen without a model."""
        summary = await self._fallback.summarize(_part_of(transcript, part))
        points = [_moved(point, part.first) for point in (summary.gist, *summary.points) if point]
        draft = Draft(
            points=tuple(points),
            decisions=tuple(_moved(point, part.first) for point in summary.decisions),
            action_items=tuple(_moved(item, part.first) for item in summary.action_items),
        )
        chapters = [Beginning(title=c.title, first=c.first + part.first) for c in summary.chapters]
        return Notes(draft, chapters, quoted=True)


def merged_lines(notes: Sequence[Notes], room: int, tokens: Callable[[str], int]) -> list[str]:
    """The notes in order of the recording, as many of each part as fit together, the weightiest of each first."""
    queues = [list(each.lines()) for each in notes]
    kept: list[list[str]] = [[] for _ in queues]
    for row in zip_longest(*queues):
        for place, line in enumerate(row):
            if line is not None:
                room -= tokens(line) + 1
                if room < 0:
                    return [line for lines in kept for line in lines]
                kept[place].append(line)
    return [line for lines in kept for line in lines]


def _part_of(transcript: Transcript, part: Chunk) -> Transcript:
    chosen = transcript.segments[part.first : part.last + 1]
    return transcript.model_copy(update={"segments": tuple(_renumbered(s, part.first) for s in chosen)})


def _renumbered(segment: Segment, by: int) -> Segment:
    return segment.model_copy(update={"id": segment.id - by})


def _moved(told: Told, by: int) -> Told:
    citations = tuple(c.model_copy(update={"first": c.first + by, "last": c.last + by}) for c in told.citations)
    return told.model_copy(update={"citations": citations})


def _numbers(told: Point | ActionItem) -> str:
    return ", ".join(str(s) for citation in told.citations for s in range(citation.first, citation.last + 1))
