"""Finding the recording that a person means by a link, a shortcut or a mention, and starting its recap."""

from __future__ import annotations

from typing import Any

from dbos import DBOS, DBOSConfiguredInstance

from services.media.ladder import Ladder
from services.media.links import identify, identify_list
from services.media.slack_shares import names_something
from services.publishing import Message, Publisher
from services.publishing.help_text import help_message
from services.storage.channels import Channels
from services.storage.claims import Opening
from services.storage.recaps import Recaps, Status
from services.vocabulary.base import Value
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link
from services.workflows.announcing import announce
from services.workflows.engine import RECAPS, REPLIES
from services.workflows.enqueuing import enqueue
from services.workflows.failures import failure_of
from services.workflows.firsts import Firsts
from services.workflows.intake import Intake
from services.workflows.recap import RecapWorkflow
from services.workflows.requests import RecapRequest, Summons
from services.workflows.sharing import SharingWorkflow
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_MOST_OF_A_LIST = 10
_NOTHING = (
    "I found no recording there that both of us can open. Share the audio or video file here, or give me a link to a "
    "video, a podcast episode, or a Slack message or file that holds one."
)
_FROM_OUTSIDE = (
    "This channel is shared between organizations, and nobody of the one that I work for has chosen yet what I do "
    "here. Ask one of them to type /summarize settings."
)


class Find(Value):
    """A recording that was found: a file of Slack's, with the place where it was shared, or a link."""

    file_id: str = ""
    link: Link | None = None
    name: str = ""
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None


class Repeat(Value):
    """A request, and the recap that is there already."""

    request: RecapRequest
    first: str


class Prepared(Value):
    """What a summons comes to."""

    requests: tuple[RecapRequest, ...] = ()
    repeats: tuple[Repeat, ...] = ()

    def joined(self, request: RecapRequest, opening: Opening) -> Prepared:
        """With one more."""
        if opening.opened:
            return self.model_copy(update={"requests": (*self.requests, request)})
        if opening.first:
            return self.model_copy(update={"repeats": (*self.repeats, Repeat(request=request, first=opening.first))})
        return self


@DBOS.dbos_class("summon")
class SummonWorkflow(DBOSConfiguredInstance):
    """Look where the person points; start a recap for each recording there, or say privately what is missing."""

    def __init__(
        self,
        *,
        ladder: Ladder,
        recaps: Recaps,
        channels: Channels,
        workspaces: Workspaces,
        intake: Intake,
        firsts: Firsts,
        sharing: SharingWorkflow,
        recap: RecapWorkflow,
    ) -> None:
        super().__init__("summon")
        self._ladder = ladder
        self._recaps = recaps
        self._channels = channels
        self._workspaces = workspaces
        self._intake = intake
        self._firsts = firsts
        self._sharing = sharing
        self._recap = recap

    @DBOS.workflow(name="summon", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> int:
        """Carry out a `Summons`; how many recaps it started."""
        summons = Summons.model_validate(asked)
        try:
            found = [Find.model_validate(find) for find in await self._find(summons)]
            anew = [Find.model_validate(find) for find in await self._point(summons, found)] if found else []
            prepared = Prepared.model_validate(await self._prepare(summons, anew)) if anew else Prepared()
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told
            await self._reply(summons, failure_of(error, summons.id).sentence)
            return 0
        for request in prepared.requests:
            await enqueue(RECAPS, request.id, self._recap.run, request.model_dump(mode="json"))
        for repeat in prepared.repeats:
            asked = repeat.model_dump(mode="json")
            await enqueue(REPLIES, f"{repeat.request.id}:repeat", self._sharing.repeat, asked)
        if not found and not summons.quiet:
            await self._explain(summons)
        return len(prepared.requests)

    @step()
    async def _find(self, summons: Summons) -> list[dict[str, Any]]:
        await self._admit(summons)
        shares = (await self._workspaces.of(summons.team)).shares
        if summons.file_ids:
            found = [
                Find(file_id=file, channel=summons.channel, ts=summons.ts, thread_ts=summons.thread_ts)
                for file in summons.file_ids
            ]
        elif summons.picked:
            shared = await shares.file(summons.picked, user=summons.user)
            found = [Find.model_validate(share.model_dump()) for share in shared]
        elif summons.urls:
            found = [
                Find(link=link, name=link.url, ts=summons.ts, thread_ts=summons.thread_ts)
                for link in await self._links(summons)
            ]
        else:
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

    async def _admit(self, summons: Summons) -> None:
        """UserError where the person is of another organization, and nobody of this one has let me work here."""
        if summons.abroad and (await self._channels.policy(summons.team, summons.channel)).set_by is None:
            slack = await self._workspaces.of(summons.team)
            if (await slack.directory.person(summons.user)).external:
                raise UserError(_FROM_OUTSIDE)

    @step()
    async def _point(self, summons: Summons, found: list[Find]) -> list[dict[str, Any]]:
        """Point who asked in private to the recaps that are there; what is left to do."""
        anew = []
        for find in found:
            request = _request(summons, find, channel=await self._channel(summons, find), ts="")
            first = await self._intake.first(request) if summons.response_url else None
            if first is None:
                anew.append(find.model_dump(mode="json"))
            else:
                pointer = await self._firsts.pointer(first, repeat=request, private=True, direct=summons.direct)
                await self._say(summons, pointer)
        return anew

    @step()
    async def _prepare(self, summons: Summons, found: list[Find]) -> dict[str, Any]:
        slack = await self._workspaces.of(summons.team)
        prepared = Prepared()
        for find in found:
            channel = await self._channel(summons, find)
            hung = None if summons.direct else find.ts or summons.ts
            request = _request(summons, find, channel=channel, ts=hung or await self._open_thread(summons, channel))
            opening = await self._intake.open(request)
            prepared = prepared.joined(request, opening)
            if opening.opened:
                await self._announce(slack.publisher, request)
        return prepared.model_dump(mode="json")

    async def _announce(self, publisher: Publisher, request: RecapRequest) -> None:
        """Where we may not post, the person is told in private instead, and there is no recap."""
        try:
            await announce(publisher, request)
        except UserError:
            await self._recaps.change(request.id, status=Status.FAILED)
            raise

    async def _channel(self, summons: Summons, find: Find) -> str:
        if not summons.direct:
            return find.channel or summons.channel
        return await (await self._workspaces.of(summons.team)).directory.direct(summons.user)

    async def _open_thread(self, summons: Summons, channel: str) -> str:
        """A command leaves no message, so we post the one that the thread hangs on."""
        slack = await self._workspaces.of(summons.team)
        who = "You" if summons.direct else f"<@{summons.user}>"
        message = Message(text=f"{who} asked me for a recap. It comes in this thread.")
        return await slack.publisher.post(f"{summons.id}:root", channel=channel, thread_ts=None, message=message)

    @step()
    async def _reply(self, summons: Summons, sentence: str) -> None:
        await self._say(summons, Message(text=sentence))

    @step()
    async def _explain(self, summons: Summons) -> None:
        pointed = summons.file_ids or summons.picked or names_something(summons.text)
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


def _request(summons: Summons, find: Find, *, channel: str, ts: str) -> RecapRequest:
    return RecapRequest(
        team=summons.team,
        channel=channel,
        thread_ts=ts if summons.direct else find.thread_ts or ts,
        ts=ts,
        user=summons.user,
        file_id=find.file_id,
        link=find.link,
        name=find.name,
        arrived=summons.arrived,
        language=summons.language,
        length=summons.length,
        audio=summons.audio,
        again=summons.again,
        preferred=summons.preferred,
    )
