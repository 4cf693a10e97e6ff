"""Other things to write of a recording beside its summary: show notes, a blog post, and whatever gets a prompt file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import structlog

from services.evidence.languages import language_label
from services.evidence.material import fenced, lines, with_gaps
from services.evidence.prompts import PromptFile, ground_rules, load
from services.evidence.room import Room
from services.evidence.statements import Statements
from services.language import LanguageModel, Prompt, UnusableError
from services.language.spending import Spending
from services.summarization.output_forms import FORMS, Form, Proved, markdown
from services.vocabulary.errors import UserError
from services.vocabulary.recap import Citation, Summary
from services.vocabulary.transcript import Transcript
from services.vocabulary.written import Written

_log = structlog.get_logger(__name__)
_PROMPTS = Path(__file__).parent / "prompts"
_LEAST = 2
_AROUND = 3
OUTPUTS = ("show_notes", "blog_post")
"""What can be written, each the name of a prompt file."""


class Output(Written):
    """Something written of a recording. `body` is Markdown of checked sentences that `citations` prove, in order.

    `statements` were written and `traced` of them proved.
    """

    name: str
    title: str
    body: str
    language: str
    citations: tuple[Citation, ...]
    statements: int = 0
    traced: int = 0


def output_prompt(name: str) -> PromptFile:
    """The prompt of an output, with its hints at models. Blocks. Raises ValueError for a name not in OUTPUTS."""
    if name not in OUTPUTS:
        raise ValueError(f"there is no output called {name!r}")
    return load(_PROMPTS / f"{name}.md")


async def write(
    output: str, model: LanguageModel, transcript: Transcript, summary: Summary, *, subject: str = ""
) -> Output:
    """Write one output, in the summary's language, every sentence checked or dropped. `subject` is as in `Prompt`.

    The whole transcript is read where it fits, else what the summary cites of it and what was said around that. Raises
    as `LanguageModel.reply` does, and UserError where what was written is of no use or too little of it is proved.
    """
    file = await asyncio.to_thread(output_prompt, output)
    prompt = await asyncio.to_thread(_prompt, file, model, transcript, summary)
    spending = Spending(model, subject)
    try:
        reply: Form = await spending.ask(prompt, FORMS[file.reply])
    except UnusableError as error:  # whether it is worth another call is the person's to say
        raise _unwritten(output) from error
    statements = Statements(transcript, summary.language)
    title, pieces = await asyncio.to_thread(_checked, reply, statements)
    if len(pieces) < _LEAST:
        _log.warning("too little of an output was proved", output=output, reasons=dict(statements.reasons))
        raise _unwritten(output)
    return Output(
        name=output,
        title=title or (summary.gist.text if summary.gist else pieces[0].point.text),
        body=markdown(pieces),
        language=summary.language,
        citations=tuple(citation for piece in pieces for citation in piece.point.citations),
        statements=statements.offered,
        traced=statements.traced,
        prompt=file.edition,
        **spending.fields(),
    )


def _unwritten(output: str) -> UserError:
    what = output.replace("_", " ")
    return UserError(f"I could not write the {what} from what was said in this recording. Try again, or ask about it.")


def _checked(reply: Form, statements: Statements) -> tuple[str | None, list[Proved]]:
    title = statements.phrase(reply.title.text, reply.title.segments, shared=True)
    pieces: list[Proved] = []
    for piece in reply.pieces():
        if point := statements.point(piece.said.text, piece.said.segments):
            heading = statements.phrase(piece.heading, piece.rests) if piece.heading else None
            pieces.append(Proved(point=point, part=piece.part, heading=heading, listed=piece.listed))
    return title, pieces


def _prompt(file: PromptFile, model: LanguageModel, transcript: Transcript, summary: Summary) -> Prompt:
    rules, room = ground_rules(), Room(model.context, model.tokens)
    question = file.filled(language=language_label(summary.language))
    every = lines(transcript)
    whole = fenced(every)
    left = room.left(rules.text, question, reply=file.max_tokens)
    if model.tokens(whole) > left:
        chosen = _told(summary, {line.segment: model.tokens(line.text) + 2 for line in every}, left)
        whole = fenced(with_gaps([line for line in every if line.segment in chosen]))
    return Prompt(
        instructions=rules.text,
        material=whole,
        question=question,
        purpose=file.name,
        max_tokens=room.reply(file.max_tokens),
        effort=file.effort,
    )


def _told(summary: Summary, sizes: Mapping[int, int], room: int) -> set[int]:
    """The segments (of known sizes) that the summary cites, and more around each as long as they fit."""
    told = (summary.gist, *summary.points, *summary.decisions, *summary.action_items)
    cited = [s for each in told if each for c in each.citations for s in range(c.first, c.last + 1)]
    chosen: set[int] = set()
    for reach in range(_AROUND + 1):
        for segment in (s + step for s in cited for step in {reach, -reach}):
            if segment in sizes and segment not in chosen and sizes[segment] <= room:
                room -= sizes[segment]
                chosen.add(segment)
    return chosen
