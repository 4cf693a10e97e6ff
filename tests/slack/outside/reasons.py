"""Why the local Slack and `emulate` differ, where they do. What Slack does is from its method reference."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Holds for differences whose parts match these patterns wholly."""

    why: str
    step: str = ".*"
    member: str = ".*"
    ours: str = ".*"
    theirs: str = ".*"

    def holds(self, difference: str) -> bool:
        """Whether it explains `step | member | ours | theirs`."""
        patterns = (self.step, self.member, self.ours, self.theirs)
        parts = difference.split(" | ", 3)
        return all(re.fullmatch(pattern, part) for pattern, part in zip(patterns, parts, strict=True))


_MESSAGE = r"(\S+\.)?(client_msg_id|team|is_locked|subscribed|latest_reply|reply_users_count|parent_user_id)"
_CHANNEL = r"\S+\.(context_team_id|is_ext_shared|is_general|is_org_shared|is_shared|updated|previous_names#)"
_FILE = r"paging\S*|response_metadata\.next_cursor|file\.(username|file_access|media_display_type)"

REASONS = (
    Reason(
        "Slack makes a rich_text block of a plain text, and gives blocks ids",
        member=r"(\S+\.)?(blocks#|blocks\.\d\S*)",
        theirs="absent",
    ),
    Reason("members of a message that emulate leaves out", member=_MESSAGE, theirs="absent"),
    Reason("a parent with replies has its own thread_ts", member=r"(\S+\.)?thread_ts", ours="<root>", theirs="absent"),
    Reason("a broadcast reply shows its parent", member=r"(\S+\.)?root\.\S+", theirs="absent"),
    Reason(
        "in Slack a broadcast reply is known by its subtype",
        step="broadcast",
        member=r"message\.(subtype|reply_broadcast)",
    ),
    Reason("members of a channel that emulate leaves out", step="channels?", member=_CHANNEL, theirs="absent"),
    Reason(
        "in Slack these belong to direct messages and to who reads",
        step="channels?",
        member=r"\S+\.(is_open|last_read)",
        ours="absent",
    ),
    Reason(
        "other people and other words in the two workspaces",
        step="channels?",
        member=r"\S+\.(num_members|purpose\.value|topic\.value)",
    ),
    Reason("cursors are opaque", step="channels", member=r"response_metadata\.next_cursor"),
    Reason("other people in the two workspaces", step="members|user"),
    Reason("other names in the two workspaces; emulate leaves out is_enterprise_install", step="who"),
    Reason(
        "Slack answers id and title only, for the share is made later",
        step="complete",
        member=r"files\.0\.\S+",
        ours="absent",
    ),
    Reason(
        "in Slack the share is made after the answer, so that files.info right behind it may not show it",
        step="file",
        member=r"file\.(channels|shares|is_public|initial_comment).*",
    ),
    Reason("members around a file that one of the two leaves out", step="file", member=_FILE),
    Reason("Slack calls a .txt file 'text'", step="file", member=r"file\.(filetype|pretty_type)"),
    Reason("Slack sends them", step="history.*", member=r"channel_actions_\w+|pin_count", theirs="absent"),
    Reason("cursors are opaque, and absent on the last page", step="history.*", member=r"response_metadata\S+"),
    Reason(
        "emulate hides broadcast replies, shows metadata nobody asked for, takes no notice of oldest and latest",
        step="history.*",
        member=r"messages[#.].*",
    ),
    Reason("there is one more: the broadcast reply that emulate hides", step="history", member="has_more"),
    Reason("emulate takes no notice of limit in a thread", step="a page of it"),
    Reason("the broadcast reply, as above", step="thread", member=r"messages\.2\.\S+"),
    Reason("emulate counts a reply that was deleted", step="thread after", member=r"messages\.0\.reply_count"),
    Reason("Slack says thread_not_found", step="no thread"),
    Reason("Slack names the argument that is missing", step="post without channel"),
    Reason("Slack answers unknown_method with status 200", step="no such method"),
    Reason("members of a view that one of the two leaves out", step="home", member=r"view\.\S+"),
    Reason("Slack says where the message is", step="reactions", member="channel", theirs="absent"),
)
