"""Who people are to a workspace, where they may be, and what was shared there lately."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from services.media.recordings import is_recording
from services.media.slack_shares import Shared, SlackShares
from services.vocabulary.base import Value

_FRESH_SECONDS = 600.0
# Long enough for somebody who searches in Home, short enough for somebody who has just joined or left a channel.
_MEMBER_SECONDS = 10.0
_MOST_LINKS = 10_000
_CHANNELS = "public_channel,private_channel,mpim"
_PAGE = 999
_MOST_PEOPLE = 10_000
_LOOKED_AT = 60
_SHOWN = 20
_UNSEEN = frozenset({"channel_not_found", "not_in_channel", "fetch_members_failed", "is_archived", "invalid_arguments"})
_UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


class Person(Value):
    """Somebody as a workspace sees them. `external`: of another organization, met in a shared channel."""

    id: str
    is_guest: bool = False
    is_bot: bool = False
    external: bool = False


class Channel(Value):
    """A conversation as we see it. `is_shared`: with another organization, or soon to be."""

    is_public: bool = False
    is_shared: bool = False


class SlackDirectory:
    """Reads about people and channels of one workspace.

    Remembers people for ten minutes, which channels they are in for ten seconds, and the addresses of messages, which
    never change.

    Slack's errors pass through as SlackApiError.
    """

    def __init__(
        self, client: AsyncWebClient, *, team: str, shares: SlackShares, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._team = team
        self._shares = shares
        self._clock = clock
        self._people: dict[str, tuple[float, Person]] = {}
        self._channels: dict[str, tuple[float, frozenset[str]]] = {}
        self._links: dict[tuple[str, str], str] = {}

    async def person(self, user: str) -> Person:
        """Who that is. Whom Slack does not show us is a stranger."""
        known = self._people.get(user)
        if known and self._clock() - known[0] < _FRESH_SECONDS:
            return known[1]
        try:
            answer = await self._client.users_info(user=user)
            person = _person(user, answer["user"] or {}, self._team)
        except SlackApiError as error:
            if error.response.get("error") not in _UNKNOWN:
                raise
            person = Person(id=user, external=True)
        if len(self._people) >= _MOST_PEOPLE:
            self._people.clear()
        self._people[user] = (self._clock(), person)
        return person

    async def is_member(self, channel: str, user: str) -> bool:
        """Whether the person is in the channel; False also where we are not."""
        return await self._shares.is_member(channel, user)

    async def channels_of(self, user: str) -> frozenset[str]:
        """The channels and group messages that the person is in and that we can see."""
        known = self._channels.get(user)
        if known and self._clock() - known[0] < _MEMBER_SECONDS:
            return known[1]
        found: set[str] = set()
        cursor: str | None = None
        while True:
            answer = await self._client.users_conversations(user=user, types=_CHANNELS, limit=_PAGE, cursor=cursor)
            found.update(str(channel["id"]) for channel in answer["channels"] or ())
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        if len(self._channels) >= _MOST_PEOPLE:
            self._channels.clear()
        self._channels[user] = (self._clock(), frozenset(found))
        return self._channels[user][1]

    async def channel(self, channel: str) -> Channel | None:
        """What that is; None where we cannot see it."""
        try:
            shown = (await self._client.conversations_info(channel=channel))["channel"] or {}
        except SlackApiError as error:
            if error.response.get("error") not in _UNSEEN:
                raise
            return None
        public = shown.get("is_channel") and not shown.get("is_private")
        shared = shown.get("is_ext_shared") or shown.get("is_pending_ext_shared")
        return Channel(is_public=bool(public), is_shared=bool(shared))

    async def members(self, channel: str, most: int) -> list[str] | None:
        """Who is in it; None where we cannot see that, or where more are in it."""
        try:
            answer = await self._client.conversations_members(channel=channel, limit=most + 1)
        except SlackApiError as error:
            if error.response.get("error") not in _UNSEEN:
                raise
            return None
        found = [str(user) for user in answer["members"] or ()]
        more = (answer.get("response_metadata") or {}).get("next_cursor")
        return None if more or len(found) > most else found

    async def recent(self, channel: str) -> list[Shared]:
        """The recordings that were shared in the channel lately, newest first."""
        answer = await self._client.files_list(channel=channel, count=_LOOKED_AT)
        files: list[Mapping[str, Any]] = [file for file in answer["files"] or () if is_recording(file)]
        files.sort(key=lambda file: float(file.get("created") or 0), reverse=True)
        return [Shared(file_id=str(file["id"]), name=str(file.get("name") or "")) for file in files[:_SHOWN]]

    async def permalink(self, channel: str, ts: str) -> str:
        """The address that opens a message."""
        if (channel, ts) not in self._links:
            if len(self._links) >= _MOST_LINKS:
                self._links.clear()
            answer = await self._client.chat_getPermalink(channel=channel, message_ts=ts)
            self._links[channel, ts] = str(answer["permalink"])
        return self._links[channel, ts]

    async def direct(self, user: str) -> str:
        """The conversation between that person and us."""
        return str((await self._client.conversations_open(users=user))["channel"]["id"])


def _person(user: str, shown: Mapping[str, Any], team: str) -> Person:
    """In an organization with several workspaces a colleague's home may be another one of them."""
    teams = {shown.get("team_id"), *(shown.get("enterprise_user") or {}).get("teams", ())}
    return Person(
        id=user,
        is_guest=bool(shown.get("is_restricted") or shown.get("is_ultra_restricted")),
        is_bot=bool(shown.get("is_bot")),
        external=team not in teams,
    )
