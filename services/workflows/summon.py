"""Finding the recording that a person means by a link, a shortcut or a mention, and starting its recap."""

from __future__ import annotations

from typing import Any

from dbos import DBOS, DBOSConfiguredInstance

from services.media.ladder import Ladder
from services.media.links import identify, identify_list
from services.media.slack_shares import names_something
from services.publishing import Message
from services.publishing.help_text import help_message
from services.storage.recaps import Recaps
from services.vocabulary.base import Value
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link
from services.workflows.desk import open_recap
from services.workflows.engine import RECAPS
from services.workflows.enqueuing import enqueue
from services.workflows.failures import failure_of
from services.workflows.recap import RecapWorkflow, announce
from services.workflows.requests import RecapRequest, Summons
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_MOST_OF_A_LIST = 10
_NOTHING = (
    "I found no recording there that both of us can open. Share the audio or video file here, or give me a link to a "
    "video, a podcast episode, or a Slack message or file that holds one."
)


class Find(Value):
    """A recording that was found: a file of Slack's, with the place where it was shared, or a link."""

    file_id: str = ""
    link: Link | None = None
    name: str = ""
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None


@DBOS.dbos_class("summon")
class SummonWorkflow(DBOSConfiguredInstance):
    """Look where the person points; start a recap for each recording there, or say privately what is missing."""

    def __init__(self, *, ladder: Ladder, recaps: Recaps, workspaces: Workspaces, recap: RecapWorkflow) -> None:
        super().__init__("summon")
        self._ladder = ladder
        self._recaps = recaps
        self._workspaces = workspaces
        self._recap = recap

    @DBOS.workflow(name="summon", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> int:
        """Carry out a `Summons`; how many recaps it started."""
        summons = Summons.model_validate(asked)
        try:
            found = [Find.model_validate(find) for find in await self._find(summons)]
            requests = [RecapRequest.model_validate(r) for r in await self._prepare(summons, found)] if found else []
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told
            await self._reply(summons, failure_of(error, summons.id).sentence)
            return 0
        for request in requests:
            await enqueue(RECAPS, request.id, self._recap.run, request.model_dump(mode="json"))
        if not requests:
            await self._explain(summons)
        return len(requests)

    @step()
    async def _find(self, summons: Summons) -> list[dict[str, Any]]:
        if summons.file_ids:
            found = [
                Find(file_id=file, channel=summons.channel, ts=summons.ts, thread_ts=summons.thread_ts)
                for file in summons.file_ids
            ]
        elif summons.urls:
            found = [
                Find(link=link, name=link.url, ts=summons.ts, thread_ts=summons.thread_ts)
                for link in await self._links(summons)
            ]
        else:
            shares = (await self._workspaces.of(summons.team)).shares
            shared = await shares.named(summons.text, user=summons.user)
            if not shared and summons.thread_ts and not summons.response_url:
                shared = await shares.in_thread(summons.channel, summons.thread_ts)
            found = [Find.model_validate(share.model_dump()) for share in shared]
        return [find.model_dump(mode="json") for find in found]

    async def _links(self, summons: Summons) -> list[Link]:
        links: list[Link] = []
        for url in summons.urls:
            listing = identify_list(url) if summons.first else None
            if listing and summons.first:
                links += await self._ladder.entries(listing, min(summons.first, _MOST_OF_A_LIST))
            else:
                links.append(identify(url))
        return links

    @step()
    async def _prepare(self, summons: Summons, found: list[Find]) -> list[dict[str, Any]]:
        slack = await self._workspaces.of(summons.team)
        requests = []
        for find in found:
            channel = find.channel or summons.channel
            ts = find.ts or summons.ts or await self._open_thread(summons)
            request = RecapRequest(
                team=summons.team,
                channel=channel,
                thread_ts=find.thread_ts or ts,
                ts=ts,
                user=summons.user,
                file_id=find.file_id,
                link=find.link,
                name=find.name,
                arrived=summons.arrived,
                language=summons.language,
                length=summons.length,
            )
            await announce(slack.publisher, request)  # where we may not post, the person is told in private instead
            await open_recap(self._recaps, request)
            requests.append(request.model_dump(mode="json"))
        return requests

    async def _open_thread(self, summons: Summons) -> str:
        """A command leaves no message, so we post the one that the thread hangs on."""
        slack = await self._workspaces.of(summons.team)
        message = Message(text=f"<@{summons.user}> asked me for a recap. It comes in this thread.")
        return await slack.publisher.post(
            f"{summons.id}:root", channel=summons.channel, thread_ts=None, message=message
        )

    @step()
    async def _reply(self, summons: Summons, sentence: str) -> None:
        await self._say(summons, Message(text=sentence))

    @step()
    async def _explain(self, summons: Summons) -> None:
        pointed = summons.file_ids or names_something(summons.text)
        await self._say(summons, Message(text=_NOTHING) if pointed else help_message())

    async def _say(self, summons: Summons, message: Message) -> None:
        slack = await self._workspaces.of(summons.team)
        if summons.response_url:
            await slack.publisher.respond(summons.response_url, message)
            return
        try:
            await slack.publisher.ephemeral(summons.channel, summons.user, message, thread_ts=summons.thread_ts)
        except UserError:
            return  # a channel that does not let us speak: there is nobody to tell
