"""What one workspace's Slack could ever send us, with the ids of another workspace in every place that holds one."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handlers import COMMAND
from services.publishing.actions import Action, View
from tests.slack.local_workspace import JSON

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Victim:
    """What there is in the other workspace, by its ids."""

    team: str
    channel: str
    user: str
    ts: str
    recap_ts: str
    recap_id: str
    answer_id: str
    file_id: str
    message_link: str
    file_link: str
    player_link: str

    def values(self, team: str) -> list[str]:
        """What a button or the hidden part of a view could carry. `team` is the forger's own."""
        swapped = self.recap_id.replace(self.team, team, 1)
        again = {"file_id": self.file_id, "url": ""}
        place = {"channel": self.channel}
        return [
            *(self.recap_id, self.answer_id, swapped, self.file_id, self.channel, self.message_link),
            *(f"{subject}|{name}" for subject in (self.recap_id, swapped) for name in ("show_notes", "blog_post")),
            *(f"{verdict}|{subject}" for verdict in ("good", "bad") for subject in (self.recap_id, self.answer_id)),
            *(json.dumps(each) for each in (again, {"url": self.message_link, "file_id": ""}, place)),
        ]


@dataclass(frozen=True)
class Forger:
    """Who sends: a workspace where the app is installed, and a person of it."""

    team: str
    channel: str
    user: str
    bot_user: str
    hook: str

    def all(self, victim: Victim) -> Iterator[JSON]:
        """Every kind of payload with every id of the victim's in every place."""
        yield from self.actions(victim)
        yield from self.submissions(victim)
        yield from self.shortcuts(victim)
        yield from self.commands(victim)
        for events in self.events(victim).values():
            yield from events

    def actions(self, victim: Victim) -> Iterator[JSON]:
        """Presses of all our buttons, on messages and in modals."""
        for action, value, channel in itertools.product(
            Action, victim.values(self.team), (self.channel, victim.channel)
        ):
            pressed = {"action_id": action.value, "block_id": "b", "value": value, "action_ts": self._now()}
            kind = "feedback_buttons" if action is Action.FEEDBACK else "button"
            yield self._interactive(
                "block_actions",
                actions=[{**pressed, "type": kind}],
                channel={"id": channel},
                message={"ts": victim.recap_ts, "text": "", "user": self.bot_user},
                container={"type": "message", "message_ts": victim.recap_ts, "channel_id": channel},
                view=self._view("any", value, victim),
            )

    def submissions(self, victim: Victim) -> Iterator[JSON]:
        """All our modals, submitted. Across Slack Connect `team` is that of who acts, wherever the app is installed."""
        for view, value in itertools.product(View, victim.values(self.team)):
            shown = self._view(view.value, value, victim)
            yield self._interactive("view_submission", view=shown)
            acting = self._interactive("view_submission", view=shown | {"app_installed_team_id": self.team})
            yield acting | {"team": {"id": victim.team, "domain": "x"}}

    def shortcuts(self, victim: Victim) -> Iterator[JSON]:
        """'Summarize this' on a message that names the victim's file, and on the victim's own message."""
        files = [{"id": victim.file_id, "name": "a.mp3", "mimetype": "audio/mpeg", "filetype": "mp3"}]
        for channel, text in itertools.product((self.channel, victim.channel), (victim.message_link, victim.file_link)):
            message = {"ts": victim.ts, "user": victim.user, "text": f"<{text}>"}
            for held in (message, message | {"files": files}):
                yield self._interactive(
                    "message_action", callback_id="summarize_message", channel={"id": channel}, message=held
                )

    def commands(self, victim: Victim) -> Iterator[JSON]:
        """Slash commands with the victim's links and ids."""
        for text in (victim.message_link, victim.file_link, victim.file_id, victim.recap_id, "off", "settings"):
            yield {
                "command": COMMAND,
                "text": text,
                "team_id": self.team,
                "channel_id": self.channel if text.startswith("http") else victim.channel,
                "user_id": self.user,
                "trigger_id": self._now(),
                "response_url": self.hook,
            }

    def events(self, victim: Victim) -> dict[str, list[JSON]]:
        """By the name of the subscription in the manifest."""
        file = {"id": victim.file_id, "name": "a.mp3", "mimetype": "audio/mpeg", "filetype": "mp3"}
        texts = [victim.message_link, victim.file_link, "When will the lamp be replaced?", "What was decided?"]
        said: list[JSON] = [{"text": text} for text in texts]
        said += [{"text": "", "subtype": "file_share", "files": [file]}, {"text": "and again", "thread_ts": victim.ts}]
        said += [item | {"thread_ts": victim.ts} for item in said]
        kinds = {"message.channels": "channel", "message.groups": "group", "message.im": "im", "message.mpim": "mpim"}
        rare = {"message.groups", "message.mpim"}  # heard as those of channels are
        places = (self.channel, victim.channel)
        events: dict[str, list[JSON]] = {
            name: [
                self._event("message", channel=channel, channel_type=kind, ts=self._now(), **item)
                for channel, item in itertools.product(places, said[:2] if name in rare else said)
            ]
            for name, kind in kinds.items()
        }
        events["app_mention"] = [
            self._event(
                "app_mention", channel=channel, ts=self._now(), **item | {"text": f"<@{self.bot_user}> {item['text']}"}
            )
            for channel, item in itertools.product(places, said)
        ]
        item = {"type": "message", "channel": victim.channel, "ts": victim.ts}
        events["reaction_added"] = [
            self._event("reaction_added", reaction=sign, item=item | {"channel": channel})
            for sign, channel in itertools.product(("ear", "headphones"), places)
        ]
        events["agent_session_stopped"] = [
            self._event("agent_session_stopped", channel=channel, thread_ts=victim.ts) for channel in places
        ]
        events["app_home_opened"] = [
            self._event("app_home_opened", channel=victim.channel, tab=tab) for tab in ("home", "messages")
        ]
        run = {"function": {"callback_id": "summarize_media"}, "bot_access_token": "xwfp-none"}
        events["function_executed"] = [
            self._event(
                "function_executed",
                function_execution_id=f"Fx{next(_numbers)}",
                inputs={"media": link, "channel": channel},
                **run,
            )
            for link, channel in itertools.product((victim.message_link, victim.file_link), places)
        ]
        events["link_shared"] = [
            self._event(
                "link_shared",
                channel=channel,
                message_ts=victim.ts,
                links=[{"url": link, "domain": "127.0.0.1"} for link in (victim.player_link, victim.message_link)],
                unfurl_id=f"U{next(_numbers)}",
                source="conversations_history",
            )
            for channel in places
        ]
        revoked = {"oauth": [victim.user], "bot": []}
        events["tokens_revoked"] = [self._event("tokens_revoked", tokens=revoked)]
        events["app_uninstalled"] = []  # its only id is the workspace's own
        return events

    def _view(self, callback: str, value: str, victim: Victim) -> JSON:
        typed = {"type": "plain_text_input", "value": victim.message_link}
        chosen = {"type": "static_select", "selected_option": {"value": victim.file_id}}
        values = {
            "question": {"question": typed | {"value": "When will the lamp be replaced?"}},
            "link": {"link": typed},
            "recording": {"recording": chosen},
            "channel": {"channel": {"selected_conversation": victim.channel}},
        }
        return {
            "id": f"V{next(_numbers)}",
            "team_id": self.team,
            "type": "modal",
            "callback_id": callback,
            "private_metadata": value,
            "state": {"values": values},
            "hash": "1",
            "blocks": [],
        }

    def _interactive(self, kind: str, **fields: Any) -> JSON:
        return {
            "type": kind,
            "team": {"id": self.team, "domain": "x"},
            "user": {"id": self.user, "username": "x", "team_id": self.team},
            "api_app_id": "A0EARSHOT01",
            "trigger_id": self._now(),
            "response_url": self.hook,
            **fields,
        }

    def _event(self, kind: str, **fields: Any) -> JSON:
        now = self._now()
        return {
            "type": "event_callback",
            "team_id": self.team,
            "api_app_id": "A0EARSHOT01",
            "event_id": f"Ev{now}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": self.team, "user_id": self.bot_user, "is_bot": True}],
            "event": {"type": kind, "user": self.user, "event_ts": now, **fields},
        }

    def _now(self) -> str:
        return f"{time.time():.0f}.{next(_numbers):06}"
