"""The message that becomes a recap: how it begins, and how it shows the work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from services.publishing import Mark, Message, Priority, Publisher
from services.publishing.agent import at_work
from services.publishing.mrkdwn import one_line
from services.publishing.naming import title_of
from services.publishing.progress import ProgressMessage
from services.publishing.progress_blocks import progress_message
from services.vocabulary.progress import Progress, Report, Stage
from services.vocabulary.source import Publication
from services.workflows.requests import RecapRequest

_LISTENING = "is listening to the recording …"


@dataclass
class Card:
    """What has become known of a link while the work goes on."""

    publication: Publication | None = None


async def announce(publisher: Publisher, request: RecapRequest) -> str:
    """Post the message that becomes the recap; its ts. Idempotent. UserError where we may not post."""
    start = _shown(request, Progress(stage=Stage.INGEST), None, Card())
    key = f"{request.id}:recap"
    return await publisher.post(
        key, channel=request.channel, thread_ts=request.thread_ts, message=start, priority=Priority.PROGRESS
    )


async def begin(publisher: Publisher, request: RecapRequest, *, again: bool) -> str:
    """Announce the recap, and mark what was shared; the announcement's ts. Where it failed before, that mark goes."""
    ts = await announce(publisher, request)
    if again:
        await publisher.unreact(request.channel, request.ts, Mark.FAILED)
    await publisher.react(request.channel, request.ts, Mark.WORKING)
    return ts


async def mark(publisher: Publisher, request: RecapRequest, end: Mark) -> None:
    """Mark how it ended. The new mark first: of taking marks away Slack allows least."""
    await publisher.react(request.channel, request.ts, end)
    await publisher.unreact(request.channel, request.ts, Mark.WORKING)


@asynccontextmanager
async def progress_of(
    publisher: Publisher, request: RecapRequest, ts: str, *, card: Card, heard: Report
) -> AsyncIterator[ProgressMessage]:
    """The progress in that message. `heard` is told of each step, `card` may change meanwhile.

    In the agent chat people also see beside it that we are at work, with a Stop button.
    """

    def render(progress: Progress, remaining: float | None) -> Message:
        return _shown(request, progress, remaining, card)

    async with AsyncExitStack() as stack:
        if request.direct:
            await stack.enter_async_context(at_work(publisher.agent, request.channel, request.thread_ts, _LISTENING))
            stack.push_async_callback(_name, publisher, request, card)
        report = ProgressMessage(publisher, channel=request.channel, ts=ts, render=render, heard=heard)
        yield await stack.enter_async_context(report)


async def _name(publisher: Publisher, request: RecapRequest, card: Card) -> None:
    """Name the thread after the recording, in the list of the person's chats."""
    published = one_line(card.publication.title) if card.publication else ""
    await publisher.agent.name(request.channel, request.thread_ts, published or title_of(request.name))


def _shown(request: RecapRequest, progress: Progress, remaining: float | None, card: Card) -> Message:
    return progress_message(
        request.name,
        progress,
        recap_id=request.id,
        remaining=remaining,
        publication=card.publication,
        url=request.link.url if request.link else None,
    )
