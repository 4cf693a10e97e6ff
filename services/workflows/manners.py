"""A channel's wish for another behaviour: who may have it, its record, and the line that tells the channel."""

from __future__ import annotations

from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.publishing import Message
from services.publishing.manner_blocks import DIRECT, changed_message, unchanged_sentence
from services.storage.channels import Channels
from services.vocabulary.errors import UserError
from services.vocabulary.manner import Manner
from services.workflows.failures import failure_of
from services.workflows.requests import MannerChange
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_GUEST = "Guests can ask me for recaps, but how I behave in a channel is chosen by its full members."
_EXTERNAL = "How I behave here is chosen by members of the organization that I work for."
_NOT_HERE = (
    "Only members of that channel can choose how I behave there. Where I am not a member, type /invite @Earshot first."
)
_OFFERS_AGAIN = " I offer recaps to you again."


@DBOS.dbos_class("manners")
class MannerWorkflow(DBOSConfiguredInstance):
    """Check, keep, tell; whoever may not is told in private."""

    def __init__(self, *, channels: Channels, workspaces: Workspaces) -> None:
        super().__init__("manners")
        self._channels = channels
        self._workspaces = workspaces

    @DBOS.workflow(name="manners", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> bool:
        """Carry out a `MannerChange`; whether anything changed."""
        change = MannerChange.model_validate(asked)
        try:
            unchanged = await self._look(change)
            if unchanged is None:
                await self._tell_channel(change)
                await self._keep(change)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told
            await self._answer(change, failure_of(error, change.id).sentence)
            return False
        if unchanged is not None:
            await self._answer(change, unchanged)
        return unchanged is None

    @step()
    async def _look(self, change: MannerChange) -> str | None:
        """None where there is something to change, else what to say. UserError where this person may not."""
        if change.channel.startswith("D"):
            raise UserError(DIRECT)
        directory = (await self._workspaces.of(change.team)).directory
        if not await directory.is_member(change.channel, change.user):
            raise UserError(_NOT_HERE)
        person = await directory.person(change.user)
        if person.external or person.is_guest:
            raise UserError(_EXTERNAL if person.external else _GUEST)
        policy = await self._channels.policy(change.team, change.channel)
        welcome = False
        if change.manner is Manner.OFFER:
            welcome = await self._channels.take_offers(change.team, change.channel, change.user)
        if policy.manner is not change.manner or policy.set_by is None:
            return None
        return unchanged_sentence(policy) + (_OFFERS_AGAIN if welcome else "")

    @step()
    async def _tell_channel(self, change: MannerChange) -> None:
        """First, because where we cannot speak there is nothing to keep."""
        publisher = (await self._workspaces.of(change.team)).publisher
        message = changed_message(change.user, change.manner)
        await publisher.post(f"{change.id}:manner", channel=change.channel, thread_ts=None, message=message)

    @step()
    async def _keep(self, change: MannerChange) -> None:
        await self._channels.choose(change.team, change.channel, change.manner, by=change.user)
        _log.info("manner chosen", channel=change.channel, manner=change.manner.value, user=change.user)

    @step()
    async def _answer(self, change: MannerChange, sentence: str) -> None:
        publisher = (await self._workspaces.of(change.team)).publisher
        if change.response_url:
            await publisher.respond(change.response_url, Message(text=sentence))
            return
        try:
            await publisher.ephemeral(change.channel, change.user, Message(text=sentence))
        except UserError:
            _log.info("nobody could be told", change=change.id)
