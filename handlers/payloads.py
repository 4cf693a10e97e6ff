"""From Slack's dicts to requests; pure. None, or an empty list, means that it is not for us."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.links import links_of
from handlers.wishes import wish_of
from services.media.captions import kind_of
from services.media.links import identify, identify_list
from services.media.recordings import recordings
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link
from services.workflows.requests import Attachment, QuestionRequest, RecapRequest, Summons

_ATTACHABLE = {"vtt", "srt", "txt"}
_HEARD_SUBTYPES = (None, "file_share", "thread_broadcast")
_ASKING = frozenset({"ear", "headphones"})
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")

Payload = Mapping[str, Any]


def from_person(event: Payload, bot_user: str | None) -> bool:
    """Whether a person wrote it, just now: no bot, no edit, no deletion, no channel notice."""
    by_bot = event.get("bot_id") or event.get("bot_profile") or event.get("user") in (None, bot_user, "USLACKBOT")
    # Of a mention that is edited into an old message Slack tells like of a new one, but for this mark.
    edited = event.get("hidden") or event.get("edited")
    return not by_bot and event.get("subtype") in _HEARD_SUBTYPES and not edited


def mentions(event: Payload, user: str | None) -> bool:
    """Whether the text mentions that user."""
    return user is not None and user in _MENTION.findall(str(event.get("text") or ""))


def _is_direct(event: Payload) -> bool:
    return event.get("channel_type") == "im" or str(event.get("channel") or "").startswith("D")


def is_addressed(event: Payload, bot_user: str | None) -> bool:
    """Whether it was written to us: directly, or with a mention of us."""
    return _is_direct(event) or mentions(event, bot_user)


def recap_requests(event: Payload, team: str, bot_user: str | None) -> list[RecapRequest]:
    """One request for each recording in the message. Who writes to us directly, or mentions us, means any file."""
    addressed = is_addressed(event, bot_user)
    return [
        RecapRequest(
            team=team,
            channel=event["channel"],
            thread_ts=event.get("thread_ts") or event["ts"],
            ts=event["ts"],
            user=event["user"],
            file_id=file_id,
            name=name,
            arrived=float(event["ts"]),
        )
        for file_id, name in recordings(event.get("files"), any_kind=addressed)
    ]


def link_requests(event: Payload, team: str) -> list[RecapRequest]:
    """One request for each link in the message that shows a recording by its form alone."""
    return [_link_request(event, team, link) for link in _links(event) if link.certain]


def _link_request(event: Payload, team: str, link: Link) -> RecapRequest:
    return RecapRequest(
        team=team,
        channel=event["channel"],
        thread_ts=event.get("thread_ts") or event["ts"],
        ts=event["ts"],
        user=event["user"],
        link=link,
        name=link.url,
        arrived=float(event["ts"]),
    )


def _links(event: Payload) -> Iterator[Link]:
    for url in links_of(event):
        with contextlib.suppress(UserError):  # nobody asked us about it
            yield identify(url)


def names_list(event: Payload) -> bool:
    """Whether a link of the message leads to a list only, so that a word on how to go on is due."""
    return any(_is_refused_list(url) for url in links_of(event))


def _is_refused_list(url: str) -> bool:
    try:
        identify(url)
    except UserError:
        with contextlib.suppress(UserError):
            return identify_list(url) is not None
    return False


def transcript_attachment(event: Payload, team: str) -> Attachment | None:
    """The first transcript that was put into a thread as a file."""
    for file in event.get("files") or ():
        kind = kind_of(str(file.get("name") or ""), None)
        if event.get("thread_ts") and kind in _ATTACHABLE and file.get("id"):
            return Attachment(
                team=team,
                channel=event["channel"],
                thread_ts=event["thread_ts"],
                ts=event["ts"],
                user=event["user"],
                file_id=str(file["id"]),
                kind=str(kind),
            )
    return None


def question(event: Payload, team: str, bot_user: str | None) -> QuestionRequest | None:
    """The reply as a question. What is addressed to another person by a mention is theirs to answer."""
    text = str(event.get("text") or "")
    others = [user for user in _MENTION.findall(text) if user != bot_user]
    if not event.get("thread_ts") or (others and not mentions(event, bot_user)):
        return None
    text = _MENTION.sub(lambda found: "" if found[1] == bot_user else found[0], text).strip()
    if not text:
        return None
    return QuestionRequest(
        team=team,
        channel=event["channel"],
        thread_ts=event["thread_ts"],
        act=event["ts"],
        user=event["user"],
        text=text,
    )


def summons_from_mention(event: Payload, team: str, *, abroad: bool = False) -> Summons:
    """A mention, or a direct message, that carries no recording of its own."""
    text = _MENTION.sub("", str(event.get("text") or "")).strip()
    wish = wish_of(text, command=False)
    return Summons(
        team=team,
        channel=event["channel"],
        user=event["user"],
        act=event["ts"],
        ts=event["ts"],
        arrived=float(event["ts"]),
        text=text,
        thread_ts=event.get("thread_ts"),
        urls=tuple(links_of(event)),
        language=wish.language,
        length=wish.length,
        first=wish.first,
        abroad=abroad,
    )


def summons_from_command(command: Payload, now: float) -> Summons:
    """`/summarize <link> [language] [short|full] [first n]`. The trigger is the only identity that a command has."""
    text = str(command.get("text") or "").strip()
    wish = wish_of(text, command=True)
    return Summons(
        team=command["team_id"],
        channel=command["channel_id"],
        user=command["user_id"],
        act=str(command["trigger_id"]),
        arrived=now,
        text=text,
        urls=wish.urls,
        language=wish.language,
        length=wish.length,
        first=wish.first,
        response_url=command.get("response_url"),
    )


def summons_from_shortcut(payload: Payload, now: float) -> Summons:
    """'Summarize this' on a message: its files, or the link in its text. Answers go to that message's thread."""
    message = payload["message"]
    chosen = recordings(message.get("files")) or recordings(message.get("files"), any_kind=True)
    return Summons(
        team=payload["team"]["id"],
        channel=payload["channel"]["id"],
        user=payload["user"]["id"],
        act=str(payload["trigger_id"]),
        arrived=now,
        text=str(message.get("text") or ""),
        file_ids=tuple(file_id for file_id, _ in chosen),
        urls=tuple(links_of(message)),
        thread_ts=message.get("thread_ts") or message.get("ts"),
        ts=message.get("ts"),
        response_url=payload.get("response_url"),
    )


def abroad(body: Payload) -> bool:
    """Whether the event is of a channel that is shared with another organization."""
    return bool(body.get("is_ext_shared_channel"))


def asks_by_reaction(event: Payload, bot_user: str | None) -> bool:
    """Whether a person put a sign on a message that asks for its recap; skin tones make no difference."""
    name = str(event.get("reaction") or "").partition("::")[0]
    item = event.get("item") or {}
    return name in _ASKING and event.get("user") not in (None, bot_user) and item.get("type") == "message"


def summons_from_reaction(
    event: Payload, message: Payload, team: str, bot_user: str | None, now: float, *, abroad: bool
) -> Summons | None:
    """The recordings or links of the message that was reacted to; None where it holds none, or is ours."""
    file_ids = tuple(file_id for file_id, _ in recordings(message.get("files")))
    urls = () if file_ids else tuple(links_of(message))
    if not (file_ids or urls) or message.get("user") == bot_user:
        return None
    ts = event["item"]["ts"]
    return Summons(
        team=team,
        channel=event["item"]["channel"],
        user=event["user"],
        act=f"{ts}:reaction",
        arrived=now,
        file_ids=file_ids,
        urls=urls,
        thread_ts=message.get("thread_ts") or ts,
        ts=ts,
        quiet=True,
        abroad=abroad,
    )
