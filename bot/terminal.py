"""`recap` and `ask`: the product in a terminal, on a file or a link, without Slack."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.bootstrap import Engines, open_engines, open_ladder
from bot.report import report_of
from bot.settings import Settings
from services.media.links import identify
from services.media.names import display_name
from services.publishing.progress_blocks import overall
from services.publishing.times import clock
from services.publishing.transcript_files import transcript_files
from services.storage.scratch import Scratch
from services.vocabulary.errors import UserError
from services.vocabulary.media import Media
from services.vocabulary.progress import Progress as Done
from services.vocabulary.progress import Report, Stage
from services.vocabulary.question import Answer, Question
from services.vocabulary.recap import Recap
from services.workflows.links import Links, Taken

# Keys of blobs start with a workspace; the terminal's own is this.
_TEAM = "terminal"
_KEPT = "recap.json"


async def recap_source(settings: Settings, source: str, *, out: Path | None, as_json: bool) -> None:
    """Recap one file or link: text or JSON to standard output, progress to standard error, everything into `out`."""
    async with open_engines(settings) as engines:
        with _bar() as report:
            if source.startswith(("https://", "http://")):
                taken = await _follow(settings, engines, source, report)
            else:
                taken = await _take(engines, Path(source))
            recap = await make_recap(engines, taken, report)
        audio = await _save(engines, recap, out) if out else None
    if as_json:
        sys.stdout.write(report_of(recap, audio).model_dump_json(indent=2) + "\n")
    else:
        _show(recap, out)


async def make_recap(engines: Engines, taken: Taken, report: Report) -> Recap:
    """The recap of a recording that was taken in. Raises UserError for one that cannot be heard."""
    began, media = time.monotonic(), taken.media
    id_ = f"{_TEAM}:{media.id}"
    transcript_key = taken.transcript_key or await engines.stages.hear(
        _TEAM, media, arrived=began, report=report, subject=id_
    )
    report(Done(stage=Stage.SUMMARIZE))
    published = media.publication.chapters if media.publication else ()
    summary_key = await engines.stages.summarize(_TEAM, transcript_key, published=published, subject=id_)
    report(Done(stage=Stage.NARRATE))
    narration = await engines.stages.narrate(_TEAM, transcript_key, summary_key)
    return Recap(
        id=id_,
        media=media,
        transcript=await engines.stages.transcript(transcript_key),
        summary=await engines.stages.summary(summary_key),
        narration=narration,
        seconds=time.monotonic() - began,
    )


async def _follow(settings: Settings, engines: Engines, url: str, report: Report) -> Taken:
    link = identify(url)
    async with open_ladder(settings) as ladder:
        links = Links(ladder=ladder, blobs=engines.blobs, scratch=Scratch(settings.scratch_dir))
        return await links.take(_TEAM, link, language=None, report=report, show=lambda _: None)


async def _take(engines: Engines, file: Path) -> Taken:
    def digest() -> tuple[str, int]:
        with file.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest(), file.stat().st_size

    try:
        sha256, size = await asyncio.to_thread(digest)
    except OSError as error:
        raise UserError(f"I cannot read {file}: {error.strerror}.") from error
    key = f"{_TEAM}/media/{sha256}"
    if not await engines.blobs.exists(key):
        await engines.blobs.put(key, file)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Taken(media=Media(id=sha256, key=key, name=display_name(file.name), size=size, mimetype=kind))


async def _save(engines: Engines, recap: Recap, out: Path) -> str | None:
    await asyncio.to_thread(out.mkdir, parents=True, exist_ok=True)
    audio = None
    if recap.narration and recap.narration.key:
        async with engines.blobs.local(recap.narration.key) as path:
            audio = str(await asyncio.to_thread(shutil.copyfile, path, out / "recap.mp3"))
    for upload in transcript_files(recap):
        if isinstance(upload.content, bytes):
            await asyncio.to_thread((out / f"transcript{Path(upload.name).suffix}").write_bytes, upload.content)
    await asyncio.to_thread((out / _KEPT).write_text, recap.model_dump_json(), encoding="utf-8")
    report = report_of(recap, audio).model_dump_json(indent=2)
    await asyncio.to_thread((out / "report.json").write_text, report, encoding="utf-8")
    return audio


async def ask_recap(settings: Settings, folder: Path, question: str) -> None:
    """Answer a question from a folder that `recap --out` wrote (or its recap.json)."""

    def read() -> Recap:
        path = folder / _KEPT if folder.is_dir() else folder
        return Recap.model_validate_json(path.read_bytes())

    try:
        recap = await asyncio.to_thread(read)
    except (OSError, ValueError) as error:
        raise UserError(f"{folder} holds no recap. Make one with: python -m bot recap FILE --out FOLDER") from error
    async with open_engines(settings) as engines:
        answer = await engines.answerer.answer(Question(text=question), recap.transcript, subject=recap.id)
        _show_answer(answer, recap)


@contextmanager
def _bar() -> Iterator[Callable[[Done], None]]:
    columns = (
        TextColumn("{task.description:<11}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("ingest", total=1.0)
        yield lambda done: bar.update(task, completed=overall(done), description=done.stage.value)


def _show(recap: Recap, out: Path | None) -> None:
    console, summary = Console(), recap.summary
    console.print(
        f"[bold]{escape(recap.media.name)}[/]  {clock(recap.transcript.duration)}  {recap.transcript.language}"
    )
    console.print(escape(summary.gist.text) if summary.gist else "Nobody speaks in this recording.")
    for title, points in (
        ("Key points", summary.points),
        ("To do", summary.action_items),
        ("Decided", summary.decisions),
    ):
        if points:
            console.print(f"\n[bold]{title}[/]")
        for point in points:
            console.print(f"  {clock(point.citations[0].start):>7}  {escape(point.text)}")
    if summary.chapters:
        console.print("\n[bold]Chapters[/]")
    for chapter in summary.chapters:
        console.print(f"  {clock(chapter.start):>7}  {escape(chapter.title)}")
    shares = "  ".join(f"{escape(s.label)} {s.share:.0%}" for s in recap.transcript.speakers)
    console.print(f"\n{shares}".rstrip())
    console.print(f"{summary.traced} of {summary.statements} statements traced, {recap.seconds:.1f} s")
    if out:
        console.print(f"Written to {escape(str(out))}. Ask: python -m bot ask {escape(str(out))} 'question'")


def _show_answer(answer: Answer, recap: Recap) -> None:
    console = Console()
    if not answer.found:
        console.print("The recording does not say.")
    for sentence in answer.sentences:
        moments = ((recap.transcript.label(c.speaker) or "", clock(c.start)) for c in sentence.citations)
        proof = ", ".join(f"{who} {at}".strip() for who, at in moments)
        console.print(f"{escape(sentence.text)}  [dim]({escape(proof)})[/]")
    if answer.note:
        console.print(f"[dim]{escape(answer.note)}[/]")
