"""Records in the JSON shapes in which Slack shows them. Pure."""

from __future__ import annotations

import re

from sandbox.slack.errors import JSON
from sandbox.slack.model import Channel, Message, StoredFile, User, View
from sandbox.slack.workspace import Workspace


class Rendering:
    """Slack's JSON of everything in a workspace; `base_url` is where the local Slack listens, without a slash."""

    def __init__(self, workspace: Workspace, base_url: str) -> None:
        self._workspace = workspace
        self.base_url = base_url

    def user(self, user: User) -> JSON:
        """Return a user object as `users.info` gives it."""
        return {
            "id": user.id,
            "team_id": user.home_team or self._workspace.team.id,
            "name": user.name,
            "deleted": user.deleted,
            "color": user.color,
            "real_name": user.real_name,
            "tz": user.tz,
            "tz_label": user.tz,
            "tz_offset": user.tz_offset,
            "profile": self.profile(user),
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": user.is_restricted,
            "is_ultra_restricted": user.is_ultra_restricted,
            "is_bot": user.is_bot,
            "is_app_user": False,
            "updated": 1_795_219_200,
            **({"is_stranger": True} if user.home_team else {}),
        }

    def profile(self, user: User) -> JSON:
        """Return a user's profile as `users.profile.get` gives it."""
        profile: JSON = {
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.real_name,
            "display_name_normalized": user.real_name,
            "first_name": user.real_name.split(" ")[0],
            "last_name": user.real_name.partition(" ")[2],
            "team": self._workspace.team.id,
        }
        if user.bot_id:
            profile.update(bot_id=user.bot_id, api_app_id=user.app_id)
        return profile

    def channel(self, channel: Channel, viewer: str) -> JSON:
        """Return a conversation object as `viewer` sees it."""
        direct = channel.kind == "im"
        shown: JSON = {
            "id": channel.id,
            "created": channel.created,
            "updated": channel.created * 1000,
            "is_archived": channel.archived,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "private",
            "is_im": direct,
            "is_mpim": channel.kind == "mpim",
            "is_private": channel.kind != "channel",
            "is_shared": channel.is_ext_shared,
            "is_ext_shared": channel.is_ext_shared,
            "is_org_shared": False,
            "context_team_id": self._workspace.team.id,
        }
        if direct:
            others = [member for member in channel.members if member != viewer]
            return shown | {"user": others[0] if others else viewer, "is_open": True}
        return shown | {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_general": channel.is_general,
            "is_member": viewer in channel.members,
            "creator": channel.creator,
            "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
            "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": channel.created},
            "num_members": len(channel.members),
            "previous_names": [],
        }

    def message(self, message: Message, *, with_metadata: bool = False) -> JSON:
        """Return a message as `conversations.history` gives it, thread counters included."""
        shown: JSON = {"type": "message"}
        if message.subtype:
            shown["subtype"] = message.subtype
        shown |= {"user": message.user, "text": message.text, "ts": message.ts, "team": self._workspace.team.id}
        optional = {
            "client_msg_id": message.client_msg_id,
            "username": message.username,
            "icons": message.icons,
            "blocks": message.blocks,
            "attachments": message.attachments,
            "edited": message.edited,
            "streaming_state": message.stream,
            "inviter": message.inviter,
            "metadata": message.metadata if with_metadata else None,
        }
        shown |= {name: value for name, value in optional.items() if value}
        if message.bot_id:
            shown |= {"bot_id": message.bot_id, "app_id": message.app_id, "bot_profile": self._bot_profile(message)}
        if message.files:
            shown["files"] = [self.file(self._workspace.files[file]) for file in message.files]
            shown |= {"upload": False, "display_as_bot": False}
        if message.reactions:
            shown["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
            ]
        if message.recipient:
            shown["is_ephemeral"] = True
        return shown | self._thread(message)

    def _thread(self, message: Message) -> JSON:
        if message.thread_ts and message.thread_ts != message.ts:
            parent = self._workspace.messages[message.channel].get(message.thread_ts)
            shown: JSON = {"thread_ts": message.thread_ts} | ({"parent_user_id": parent.user} if parent else {})
            root = parent if message.subtype == "thread_broadcast" else None
            return shown | ({"root": self.message(root)} if root else {})
        replies = self._workspace.thread(message.channel, message.ts)
        if not replies:
            return {"thread_ts": message.thread_ts} if message.thread_ts else {}
        repliers = list(dict.fromkeys(reply.user for reply in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(repliers),
            "reply_users": repliers[:5],
            "latest_reply": replies[-1].ts,
            "is_locked": False,
            "subscribed": False,
        }

    def _bot_profile(self, message: Message) -> JSON:
        bot = self._workspace.users.get(message.user, self._workspace.bot)
        return {
            "id": bot.bot_id,
            "app_id": bot.app_id,
            "name": bot.real_name,
            "deleted": False,
            "updated": 1_795_219_200,
            "team_id": self._workspace.team.id,
            "icons": {f"image_{size}": f"{self.base_url}/ear.svg" for size in (36, 48, 72)},
        }

    def file(self, file: StoredFile) -> JSON:
        """Return a file object; a deleted file is a tombstone with nothing but its id."""
        if file.state == "deleted":
            return {"id": file.id, "mode": "tombstone"}
        place = f"{self.base_url}/files-pri/{self._workspace.team.id}-{file.id}"
        slug = re.sub(r"[^a-z0-9._-]+", "_", file.name.lower())[-80:] or "file"
        places = [*(share["channel"] for share in file.shares), *(file.canvas or {"access": ()})["access"]]
        kinds = {place: self._workspace.channels[place].kind for place in places if place in self._workspace.channels}
        shown: JSON = {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title or file.name,
            "mimetype": file.mimetype,
            "filetype": file.filetype,
            "pretty_type": "Canvas" if file.canvas else file.filetype.upper(),
            "user": file.user,
            "user_team": self._workspace.team.id,
            "editable": file.canvas is not None,
            "size": file.size,
            "mode": "quip" if file.canvas else "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": "channel" in kinds.values(),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{place}/{slug}",
            "url_private_download": f"{place}/download/{slug}",
            "media_display_type": _display_type(file.mimetype),
            "permalink": f"{self.base_url}/files/{file.user}/{file.id}/{slug}",
            "channels": [channel for channel, kind in kinds.items() if kind == "channel"],
            "groups": [channel for channel, kind in kinds.items() if kind in {"private", "mpim"}],
            "ims": [channel for channel, kind in kinds.items() if kind == "im"],
            "shares": self._shares(file),
            "comments_count": 0,
            "is_starred": False,
            "has_rich_preview": False,
            "file_access": "visible",
        }
        return shown | ({"alt_txt": file.alt_txt} if file.alt_txt else {})

    def _shares(self, file: StoredFile) -> JSON:
        shares: dict[str, dict[str, list[JSON]]] = {}
        for share in file.shares:
            channel = self._workspace.channels[share["channel"]]
            group = shares.setdefault("public" if channel.kind == "channel" else "private", {})
            place = {"ts": share["ts"], "channel_name": channel.name, "team_id": self._workspace.team.id}
            replies = self._workspace.thread(channel.id, share["ts"])
            counters = {"reply_users": [], "reply_users_count": 0, "reply_count": len(replies)}
            thread = {"thread_ts": share["thread_ts"]} if share.get("thread_ts") else {}
            group.setdefault(channel.id, []).append(counters | place | thread)
        return shares

    def view(self, view: View) -> JSON:
        """Return a view object as the app and the page see it."""
        content = view.content
        return {
            "id": view.id,
            "team_id": self._workspace.team.id,
            "type": view.kind,
            "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata", ""),
            "callback_id": content.get("callback_id", ""),
            "state": {"values": {}},
            "hash": view.hash,
            "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
            "clear_on_close": bool(content.get("clear_on_close", False)),
            "notify_on_close": bool(content.get("notify_on_close", False)),
            "close": content.get("close"),
            "submit": content.get("submit"),
            "submit_disabled": bool(content.get("submit_disabled", False)),
            "previous_view_id": view.previous_view_id,
            "root_view_id": view.root_view_id,
            "app_id": self._workspace.bot.app_id,
            "external_id": content.get("external_id", ""),
            "app_installed_team_id": self._workspace.team.id,
            "bot_id": self._workspace.bot.bot_id,
        }


def _display_type(mimetype: str) -> str:
    kind = mimetype.split("/", maxsplit=1)[0]
    return kind if kind in {"audio", "video", "image"} else "unknown"
