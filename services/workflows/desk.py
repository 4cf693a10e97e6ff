"""The front desk: whatever comes in is written down here, durably, before it is acked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from services.storage.channels import Channels
from services.storage.exchanges import Exchanges
from services.storage.preferences import Preferences
from services.storage.recaps import Recaps, Status
from services.vocabulary.manner import Manner, Policy
from services.vocabulary.preference import Preference
from services.workflows.departure import Departure
from services.workflows.engine import RECAPS, REPLIES
from services.workflows.enqueuing import Body, enqueue
from services.workflows.intake import Intake
from services.workflows.outputs import Outputs
from services.workflows.preferring import preferring
from services.workflows.requests import (
    Act,
    Attachment,
    Control,
    MannerChange,
    OutputRequest,
    QuestionRequest,
    RecapRequest,
    Stop,
    Summons,
    Welcome,
)
from services.workflows.sharing import SharingWorkflow

_NOT_NOW = timedelta(days=1)


class Desk:
    """Takes requests: each call returns when the request is on record. Raises RetryableError when it is not."""

    def __init__(
        self,
        recaps: Recaps,
        exchanges: Exchanges,
        channels: Channels,
        intake: Intake,
        preferences: Preferences,
        *,
        recap: Body,
        sharing: SharingWorkflow,
        answer: Body,
        summon: Body,
        control: Body,
        stop: Body,
        welcome: Body,
        manner: Body,
        departure: Body,
        outputs: Outputs,
    ) -> None:
        self._recaps = recaps
        self._exchanges = exchanges
        self._channels = channels
        self._intake = intake
        self._preferences = preferences
        self._sharing = sharing
        self._manner = manner
        self._recap = recap
        self._answer = answer
        self._summon = summon
        self._control = control
        self._stop = stop
        self._welcome = welcome
        self._departure = departure
        self._outputs = outputs

    async def recap(self, request: RecapRequest, *, abroad: bool = False) -> None:
        """Recap a recording that somebody addressed to us, or point to the recap that is there.

        `abroad`: the channel is shared with another organization, whose people need leave.
        """
        preference = await self._preferences.of(request.team, request.user)
        await self._begin(preferring(request, preference), abroad=abroad)

    async def _begin(self, request: RecapRequest, *, abroad: bool = False) -> None:
        if abroad:
            await self._admit(request, addressed=True)
            return
        opening = await self._intake.open(request)
        if opening.opened:
            await enqueue(RECAPS, request.id, self._recap, request.model_dump(mode="json"))
        elif opening.first:
            asked = {"request": request.model_dump(mode="json"), "first": opening.first}
            await enqueue(REPLIES, f"{request.id}:repeat", self._sharing.repeat, asked)

    async def overhear(self, request: RecapRequest, *, abroad: bool = False) -> None:
        """A recording was shared where we are: do what the channel wants done then."""
        policy = await self.policy(request.team, request.channel)
        if not policy.manner.speaks_up:
            return
        if abroad:
            await self._admit(request, addressed=False)
        elif policy.manner is Manner.AUTOMATIC:
            await self._begin(request)
        elif await self._may_offer(request):
            asked = request.model_dump(mode="json")
            await enqueue(REPLIES, f"{request.id}:offer", self._sharing.offer, asked)

    async def _may_offer(self, request: RecapRequest) -> bool:
        refused = await self._channels.refuses_offers(request.team, request.channel, request.user)
        return not refused and await self._intake.offer(request)

    async def _admit(self, request: RecapRequest, *, addressed: bool) -> None:
        asked = {"request": request.model_dump(mode="json"), "addressed": addressed}
        await enqueue(REPLIES, f"{request.id}:admit", self._sharing.admit, asked)

    async def take_offer(self, recap_id: str, user: str) -> None:
        """The person to whom a recap was offered wants it."""
        await enqueue(REPLIES, f"{recap_id}:take", self._sharing.take, {"recap_id": recap_id, "user": user})

    async def preference(self, team: str, user: str) -> Preference:
        """What a person prefers."""
        return await self._preferences.of(team, user)

    async def policy(self, team: str, channel: str) -> Policy:
        """How we are to behave in the channel. A conversation with one person has no manner but the eager one."""
        return Policy() if channel.startswith("D") else await self._channels.policy(team, channel)

    async def behave(self, change: MannerChange) -> None:
        """Behave otherwise in a channel from now on."""
        await enqueue(REPLIES, change.id, self._manner, change.model_dump(mode="json"))

    async def refuse_offers(self, team: str, channel: str, user: str, *, for_ever: bool) -> None:
        """Offer nothing to this person in the channel: for a day, or for ever."""
        until = None if for_ever else datetime.now(UTC) + _NOT_NOW
        await self._channels.refuse_offers(team, channel, user, until=until)

    async def has_recap(self, question: QuestionRequest) -> bool:
        """Whether the thread of the question is one that we keep a recap for."""
        return bool(await self._recaps.in_thread(question.team, question.channel, question.thread_ts))

    async def ask(self, question: QuestionRequest) -> None:
        """Answer a question."""
        await enqueue(REPLIES, question.id, self._answer, question.model_dump(mode="json"))

    async def ask_about(self, recap_id: str, text: str, *, team: str, user: str, act: str) -> None:
        """Answer a question that was typed into a modal, in the recap's thread."""
        record = await self._recaps.get(recap_id)
        if record is None or record.team != team or not text:
            return
        question = QuestionRequest(
            team=team, channel=record.channel, thread_ts=record.thread_ts, act=act, user=user, text=text, quoted=True
        )
        await self.ask(question)

    async def write(self, recap_id: str, name: str, *, press: str) -> None:
        """Write an output of a recap once more."""
        record = await self._recaps.get(recap_id)
        if record and record.status is not Status.DELETED:
            request = OutputRequest(
                recap_id=recap_id, name=name, channel=record.channel, thread_ts=record.thread_ts, press=press
            )
            await self._outputs.again(request)

    async def rate(self, subject: str, *, team: str, user: str, value: str) -> None:
        """Keep what a person thinks of a recap or an answer."""
        if subject.startswith(f"{team}:"):
            await self._exchanges.rate(subject, team=team, user=user, value=value)

    async def summon(self, summons: Summons) -> None:
        """Find what a person means, and recap it as they prefer, unless they were asked."""
        if not summons.chosen:
            summons = preferring(summons, await self._preferences.of(summons.team, summons.user))
        await enqueue(REPLIES, summons.id, self._summon, summons.model_dump(mode="json"))

    async def attach(self, attachment: Attachment) -> bool:
        """Take a transcript for the thread's newest recap that could not be finished; False where there is none."""
        records = await self._recaps.in_thread(attachment.team, attachment.channel, attachment.thread_ts)
        stopped = next((each for each in records if each.status in (Status.FAILED, Status.CANCELED)), None)
        if stopped is None:
            return False
        retry = Control(
            act=Act.RETRY,
            recap_id=stopped.id,
            team=attachment.team,
            channel=attachment.channel,
            user=attachment.user,
            press=attachment.ts,
            attached=attachment.file_id,
            attached_kind=attachment.kind,
        )
        await self.control(retry)
        return True

    async def depart(self, departure: Departure) -> None:
        """Forget a workspace that let us go."""
        await enqueue(REPLIES, departure.id, self._departure, departure.model_dump(mode="json"))

    async def stop(self, stop: Stop) -> None:
        """End what goes on in a thread."""
        await enqueue(REPLIES, stop.id, self._stop, stop.model_dump(mode="json"))

    async def welcome(self, welcome: Welcome) -> None:
        """Suggest to a person what to write."""
        await enqueue(REPLIES, welcome.id, self._welcome, welcome.model_dump(mode="json"))

    async def control(self, control: Control) -> None:
        """Do what a button says."""
        await enqueue(REPLIES, control.id, self._control, control.model_dump(mode="json"))
