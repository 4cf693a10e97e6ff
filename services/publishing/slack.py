"""The publisher over Slack's Web API."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from services.publishing import AgentSurface, Stream
from services.publishing.budget import WorkspaceBudget
from services.publishing.lookup import Lookup, metadata
from services.publishing.message import Edit, Mark, Message, Priority, Upload, without_pictures
from services.publishing.record import PostRecord
from services.publishing.slack_agent import SlackAgent, decorate
from services.publishing.slack_canvases import CANVAS
from services.publishing.slack_errors import code_of, refused, slack_errors
from services.publishing.slack_files import SlackFiles
from services.publishing.streams import Place, SlackStream
from services.vocabulary.errors import RetryableError

MayWrite = Callable[[], bool]

_log = logging.getLogger(__name__)
_PATIENCE = 60.0
_GONE = {
    "message_not_found", "file_not_found", "file_deleted", "channel_not_found", "thread_not_found", "canvas_not_found",
}  # fmt: skip
_NOT_EDITABLE = {"message_not_found", "cant_update_message", "edit_window_closed"}


class SlackPublisher:
    """The `Publisher` contract on one workspace of the real Slack.

    `client` must repeat nothing by itself but rate-limited calls: `client.slack_client` makes such a one, with the same
    `budget`. `may_write`
    says, right before a message is written, whether this process still has its work to itself. `session`
    carries the bytes of uploads, which take longer than calls. Crash recovery reads threads and channels, so it needs
    the `*:history` scopes; it reads at most 2,000 messages.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        team: str,
        posts: PostRecord,
        budget: WorkspaceBudget,
        may_write: MayWrite,
        session: aiohttp.ClientSession,
    ) -> None:
        self._client = client
        self._team = team
        self._posts = posts
        self._budget = budget
        self._may_write = may_write
        self._session = session
        self._lookup = Lookup(client)
        self._agent = SlackAgent(client, budget)
        self._files = SlackFiles(client, team=team, posts=posts, session=session)

    @property
    def budget(self) -> WorkspaceBudget:
        """What the workspace takes from us in a minute."""
        return self._budget

    @property
    def agent(self) -> AgentSurface:
        """What people see of our work while it goes on."""
        return self._agent

    def stream(self, key: str, *, channel: str, thread_ts: str, reader: str) -> Stream:
        """A message that is shown while it is written; `SlackStream` says how."""
        place = Place(key=key, team=self._team, channel=channel, thread_ts=thread_ts, reader=reader)
        return SlackStream(place, publisher=self, client=self._client, posts=self._posts, may_write=self._may_write)

    async def post(
        self,
        key: str,
        *,
        channel: str,
        thread_ts: str | None,
        message: Message,
        priority: Priority = Priority.RESULT,
    ) -> str:
        """Write the intent, look for an earlier try where there was one, post, write the result."""
        intent = await self._posts.intend(key, team=self._team, channel=channel, thread_ts=thread_ts, kind="message")
        if intent.ts is not None:
            return intent.ts
        ts = None if intent.fresh else await self._lookup.keyed(key, channel, thread_ts)
        if ts is None:
            await self._budget.posts.turn(channel, priority)
            self._check()
            ts = await self._send(key, channel, thread_ts, message)
        recorded = await self._posts.posted(key, ts=ts)
        if recorded is None or recorded.ts in {None, ts}:
            return ts
        # A process that was taken for dead has posted the same: what is on record stays, ours goes.
        await _unless_gone(self._client.chat_delete(channel=channel, ts=ts))
        return str(recorded.ts)

    def _check(self) -> None:
        if not self._may_write():
            raise RetryableError("this process was out of touch, and another one may have taken its work over")

    async def _send(self, key: str, channel: str, thread_ts: str | None, message: Message) -> str:
        def call(message: Message) -> Awaitable[Any]:
            return self._client.chat_postMessage(
                channel=channel,
                thread_ts=thread_ts,
                text=message.text,
                blocks=message.blocks or None,
                metadata=metadata(key),
                unfurl_links=False,
                unfurl_media=False,
            )

        try:
            answer = await _pictured(call, message)
        except Exception as error:
            if refused(error):
                await self._posts.forget(key)
            raise
        return str(answer["ts"])

    async def update(self, channel: str, ts: str, message: Message, *, priority: Priority = Priority.RESULT) -> Edit:
        """Take room in the budget, then edit."""
        if priority is Priority.RESULT:
            await self._budget.edits.result()
            self._check()
        elif not (self._may_write() and self._budget.edits.progress()):
            return Edit.NO_ROOM

        def call(message: Message) -> Awaitable[Any]:
            return self._client.chat_update(channel=channel, ts=ts, text=message.text, blocks=list(message.blocks))

        try:
            await _pictured(call, message)
        except SlackApiError as error:
            if code_of(error) in _NOT_EDITABLE:
                return Edit.GONE
            raise
        return Edit.MADE

    async def upload(
        self, key: str, *, channel: str, thread_ts: str | None, files: Sequence[Upload], comment: str = ""
    ) -> tuple[str, ...]:
        """Share files; `SlackFiles` says how."""
        self._check()
        return await self._files.share(key, channel=channel, thread_ts=thread_ts, files=files, comment=comment)

    async def delete(self, subject: str) -> None:
        """Delete what the record knows, then the record."""
        for post in await self._posts.of(subject):
            if post.kind == CANVAS and post.file_id is not None:
                await _unless_gone(self._client.canvases_delete(canvas_id=post.file_id))
            elif post.file_id is not None:
                # A deleted file leaves its message behind as an empty shell, so the message goes first.
                for ts in await self._files.messages_of(post.file_id, post.channel):
                    await _unless_gone(self._client.chat_delete(channel=post.channel, ts=ts))
                await _unless_gone(self._client.files_delete(file=post.file_id))
            elif post.ts is not None:
                await _unless_gone(self._client.chat_delete(channel=post.channel, ts=post.ts))
            await self._posts.forget(post.key)

    async def ephemeral(self, channel: str, user: str, message: Message, *, thread_ts: str | None = None) -> None:
        """Show to one person."""
        with slack_errors():
            await self._client.chat_postEphemeral(
                channel=channel, user=user, thread_ts=thread_ts, text=message.text, blocks=message.blocks or None
            )

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """Answer through the address that came with the act; an expired one is passed over."""
        client = AsyncWebhookClient(response_url, session=self._session)
        with slack_errors():
            answer = await client.send(
                text=message.text, blocks=message.blocks or None, response_type="ephemeral", replace_original=replace
            )
        if answer.status_code != HTTPStatus.OK:
            _log.warning("Slack refused a private answer: %s %s", answer.status_code, answer.body[:100])

    async def open_view(self, trigger_id: str, view: dict[str, Any], *, over: bool = False) -> None:
        """Open a modal."""
        with slack_errors():
            if over:
                await self._client.views_push(trigger_id=trigger_id, view=view)
            else:
                await self._client.views_open(trigger_id=trigger_id, view=view)

    async def react(self, channel: str, ts: str, mark: Mark) -> None:
        """Add a reaction; one that only says that work goes on may give way to others."""
        if mark is Mark.WORKING and not self._budget.has_room("reactions.add"):
            return
        await decorate(self._client.reactions_add(channel=channel, timestamp=ts, name=mark.value))

    async def unreact(self, channel: str, ts: str, mark: Mark) -> None:
        """Remove a reaction. Slack takes fewer of these than of all else: in a great crowd one stays."""
        if self._budget.delay("reactions.remove") > _PATIENCE:
            return
        await decorate(self._client.reactions_remove(channel=channel, timestamp=ts, name=mark.value))


async def _pictured(call: Callable[[Message], Awaitable[Any]], message: Message) -> Any:  # noqa: ANN401 - the SDK's answer
    """Write the message; without its pictures where Slack refuses it with them.

    Slack fetches a picture before it takes the message, and answers invalid_blocks when it cannot ("downloading image
    failed"): a stranger's picture must never cost a result.
    """
    bare = without_pictures(message)
    with slack_errors():
        try:
            return await call(message)
        except SlackApiError as error:
            if code_of(error) != "invalid_blocks" or bare == message:
                raise
            _log.info("Slack did not take the picture of a message")
            return await call(bare)


async def _unless_gone(call: Awaitable[Any]) -> None:
    try:
        with slack_errors():
            await call
    except Exception as error:
        if code_of(error) not in _GONE:
            raise
