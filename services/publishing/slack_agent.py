"""The agent's side of one workspace of the real Slack."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Awaitable, Sequence

from slack_sdk.web.async_client import AsyncWebClient

from services.publishing.agent import Prompt, Session
from services.publishing.budget import WorkspaceBudget
from services.publishing.mrkdwn import clip
from services.publishing.slack_errors import code_of, slack_errors
from services.publishing.windows import Clock

_log = logging.getLogger(__name__)
_SET_STATUS = "agents.sessions.setStatus"
_ASK_AGAIN_SECONDS = 3600.0
_LONGEST_TITLE = 200
_MOST_PROMPTS = 4
_QUIET = {"already_reacted", "no_reaction", "message_not_found"}
# A workspace whose plan has no sessions, or a Slack that does not know them.
_NO_SESSIONS = {"feature_disabled", "unknown_method", "not_agent_app"}


class SlackAgent:
    """The `AgentSurface` contract. A workspace that has no agent sessions is asked once an hour."""

    def __init__(self, client: AsyncWebClient, budget: WorkspaceBudget, *, clock: Clock = time.monotonic) -> None:
        self._client = client
        self._budget = budget
        self._clock = clock
        self._without_sessions_until = -math.inf

    @property
    def _has_sessions(self) -> bool:
        return self._clock() >= self._without_sessions_until

    async def status(self, channel: str, thread_ts: str, words: str) -> None:
        """Set the thread's status."""
        await decorate(self._client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread_ts, status=words))

    async def session(self, channel: str, thread_ts: str, state: Session) -> None:
        """Set the state; the end of the work is always told, its beginning where there is room."""
        if not self._has_sessions or (state is Session.PROCESSING and not self._budget.has_room(_SET_STATUS)):
            return
        code = await decorate(
            self._client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread_ts, status=state.value),
            quiet=_NO_SESSIONS,
        )
        if code in _NO_SESSIONS:
            self._without_sessions_until = self._clock() + _ASK_AGAIN_SECONDS

    async def name(self, channel: str, thread_ts: str, title: str) -> None:
        """Rename the session; where there are none, set the title of the thread."""
        shown = clip(title, _LONGEST_TITLE) or "Recording"
        if self._has_sessions:
            renaming = self._client.agents_sessions_rename(channel_id=channel, thread_ts=thread_ts, title=shown)
            if not await decorate(renaming, quiet={*_NO_SESSIONS, "session_not_found"}):
                return
        await decorate(self._client.assistant_threads_setTitle(channel_id=channel, thread_ts=thread_ts, title=shown))

    async def suggest(self, channel: str, prompts: Sequence[Prompt]) -> None:
        """Set the prompts of the whole chat: with a thread's ts an app with agent_view would set none."""
        given = [prompt.model_dump() for prompt in prompts[:_MOST_PROMPTS]]
        await decorate(
            self._client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=given),
            quiet={"not_agent_app"},
        )


async def decorate(call: Awaitable[object], *, quiet: set[str] | None = None) -> str:
    """Make a call that is never worth a failed job; Slack's word for what went wrong, empty where nothing did."""
    try:
        with slack_errors():
            await call
    except Exception as error:  # noqa: BLE001 - as promised
        code = code_of(error) or "unknown"
        if code not in (quiet or _QUIET):
            _log.warning("Slack refused a decoration: %s", error)
        return code
    return ""
