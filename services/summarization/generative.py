"""The summarizer over a language model: it writes, and code decides what of it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog

from services.evidence.languages import language_label
from services.evidence.material import Line, fenced, lines
from services.evidence.prompts import PromptFile, ground_rules, load
from services.evidence.room import Room
from services.evidence.splitting import word_count
from services.language import LanguageModel, Prompt
from services.language.spending import Spending
from services.summarization import Summarizer
from services.summarization.assembly import assembled
from services.summarization.chunks import chunks
from services.summarization.drafts import Drafting, most_chapters
from services.summarization.parts import Notes, PartNotes, merged_lines
from services.summarization.replies import SummaryReply
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.vocabulary.recap import Summary
from services.vocabulary.transcript import Transcript

_log = structlog.get_logger(__name__)
_ENGINE = "generative-1"
_PROMPTS = Path(__file__).parent / "prompts"
_WORDS_A_POINT, _FEWEST, _MOST = 350, 3, 10
_REMINDER = (
    "\n\nYou have been asked this before, and too little of your reply was proved. Write in the language asked for, and"
    " only what stands in the segments that you name."
)
_DOWN = "The language model could not be used, so this summary is made of the recording's own sentences."
_REFUSED = "The language model did not take this recording, so this summary is made of the recording's own sentences."
_UNPROVED = "Too little of what the language model wrote was proved by the recording, so these are its own sentences."


class GenerativeSummarizer:
    """A `Summarizer` that writes in the language asked for, and shows of it what the recording proves.

    A recording that fits the model is read in one piece, a longer one in parts whose notes are merged: every segment
    is in a prompt either way. Where the model is down, refuses, or writes what cannot be proved, `fallback` says it,
    `Summary.engine` is the fallback's and `Summary.notes` says why. Making one reads its prompts: do it in a thread.
    """

    def __init__(self, *, model: LanguageModel, fallback: Summarizer) -> None:
        self._model = model
        self._fallback = fallback
        self._room = Room(model.context, model.tokens)
        self._rules = ground_rules()
        self._whole, self._notes, self._merge = (load(_PROMPTS / f"{n}.md") for n in ("summary", "notes", "merge"))

    @property
    def engine(self) -> str:
        """See `Summarizer`."""
        editions = "+".join(p.edition for p in (self._rules, self._whole, self._notes, self._merge))
        return f"{_ENGINE} {editions} {self._model.engine}"

    async def summarize(self, transcript: Transcript, *, language: str | None = None, subject: str = "") -> Summary:
        """See `Summarizer`."""
        if not any(segment.text.strip() for segment in transcript.segments):
            return Summary(language=transcript.language, engine=self.engine)
        spending = Spending(self._model, subject)
        reason = _UNPROVED
        try:
            if summary := await self._written(transcript, language or transcript.language, spending):
                return summary
        except UserError as error:
            _log.warning("the language model refuses a recording", error=str(error))
            reason = _REFUSED
        except (RetryableError, OperatorError, ValueError) as error:
            _log.error("the language model cannot be used", error=str(error))
            reason = _DOWN
        return await self._quoted(transcript, reason, spending, language)

    async def _quoted(self, transcript: Transcript, reason: str, spending: Spending, language: str | None) -> Summary:
        summary = await self._fallback.summarize(transcript, language=language)
        return summary.model_copy(update={"notes": (*summary.notes, reason), **spending.fields()})

    async def _written(self, transcript: Transcript, language: str, spending: Spending) -> Summary | None:
        """The checked summary, in one piece or in parts; None where too little of it is proved."""
        desk = await asyncio.to_thread(Drafting, transcript, language)
        numbered = await asyncio.to_thread(lines, transcript)
        question = _question(self._whole, transcript, language)
        material = await asyncio.to_thread(fenced, numbered)
        if self._room.left(self._rules.text, material, question, reply=self._whole.max_tokens) >= 0:
            return await self._asked(self._whole, material, question, desk, spending=spending)
        question = _question(self._merge, transcript, language)
        notes = await self._noted(transcript, numbered, desk, spending)
        room = self._room.left(self._rules.text, question, reply=self._merge.max_tokens)
        material = fenced(merged_lines(notes, room, self._model.tokens))
        return await self._asked(self._merge, material, question, desk, spending=spending, notes=notes)

    async def _noted(
        self, transcript: Transcript, numbered: tuple[Line, ...], desk: Drafting, spending: Spending
    ) -> list[Notes]:
        taker = PartNotes(prompt=self._notes, rules=self._rules, fallback=self._fallback, desk=desk, spending=spending)
        room = self._room.left(self._rules.text, self._notes.text, reply=self._notes.max_tokens)
        parts = await asyncio.to_thread(chunks, transcript, numbered, room, self._model.tokens)
        return await taker.take(transcript, parts)

    async def _asked(
        self,
        file: PromptFile,
        material: str,
        question: str,
        desk: Drafting,
        *,
        spending: Spending,
        notes: Sequence[Notes] = (),
    ) -> Summary | None:
        """The model's summary once it is proved; asked a second time where the first is not."""
        for reminder in ("", _REMINDER):
            prompt = Prompt(
                instructions=self._rules.text,
                material=material,
                question=question + reminder,
                purpose=file.name,
                max_tokens=self._room.reply(file.max_tokens),
                effort=file.effort,
            )
            reply = await spending.ask(prompt, SummaryReply)
            if summary := await asyncio.to_thread(assembled, reply, desk, notes):
                edition = "+".join(p.edition for p in ((self._notes, file) if notes else (file,)))
                return summary.model_copy(update={"engine": self.engine, "prompt": edition, **spending.fields()})
            _log.warning("too little was proved", reasons=dict(desk.statements.reasons))
        return None


def _question(file: PromptFile, transcript: Transcript, language: str) -> str:
    words = sum(word_count(segment.text) for segment in transcript.segments)
    return file.filled(
        language=language_label(language),
        points=str(max(_FEWEST, min(_MOST, round(words / _WORDS_A_POINT)))),
        chapters=str(most_chapters(transcript)),
    )
