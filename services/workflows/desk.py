"""The front desk: whatever comes in is written down here, durably, before it is acked."""

from __future__ import annotations

from services.storage.exchanges import Exchanges
from services.storage.recaps import Recaps, Status
from services.workflows.engine import RECAPS, REPLIES
from services.workflows.enqueuing import Body, enqueue
from services.workflows.outputs import Outputs
from services.workflows.requests import (
    Act,
    Attachment,
    Control,
    OutputRequest,
    QuestionRequest,
    RecapRequest,
    Stop,
    Summons,
    Welcome,
)


class Desk:
    """Takes requests: each call returns when the request is on record. Raises RetryableError when it is not."""

    def __init__(
        self,
        recaps: Recaps,
        exchanges: Exchanges,
        *,
        recap: Body,
        answer: Body,
        summon: Body,
        control: Body,
        stop: Body,
        welcome: Body,
        outputs: Outputs,
    ) -> None:
        self._recaps = recaps
        self._exchanges = exchanges
        self._recap = recap
        self._answer = answer
        self._summon = summon
        self._control = control
        self._stop = stop
        self._welcome = welcome
        self._outputs = outputs

    async def recap(self, request: RecapRequest) -> None:
        """Recap a recording."""
        await open_recap(self._recaps, request)
        await enqueue(RECAPS, request.id, self._recap, request.model_dump(mode="json"))

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
        """Find what a person means, and recap it."""
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

    async def stop(self, stop: Stop) -> None:
        """End what goes on in a thread."""
        await enqueue(REPLIES, stop.id, self._stop, stop.model_dump(mode="json"))

    async def welcome(self, welcome: Welcome) -> None:
        """Suggest to a person what to write."""
        await enqueue(REPLIES, welcome.id, self._welcome, welcome.model_dump(mode="json"))

    async def control(self, control: Control) -> None:
        """Do what a button says."""
        await enqueue(REPLIES, control.id, self._control, control.model_dump(mode="json"))


async def open_recap(recaps: Recaps, request: RecapRequest) -> None:
    """Write the recap down, so that its thread is known as ours from the first moment. Idempotent."""
    await recaps.open(
        request.id,
        team=request.team,
        channel=request.channel,
        thread_ts=request.thread_ts,
        user=request.user,
        request=request.model_dump(mode="json"),
    )
