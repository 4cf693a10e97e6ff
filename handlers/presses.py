"""From presses of buttons and submitted modals to requests; pure."""

from __future__ import annotations

from handlers.payloads import Payload
from services.publishing.actions import QUESTION
from services.workflows.requests import Act, Control


def pressed_value(body: Payload) -> str:
    """The value of the button that was pressed; feedback buttons carry it likewise."""
    return str((body.get("actions") or [{}])[0].get("value") or "")


def is_at_home(body: Payload, recap_id: str) -> bool:
    """Whether the recap belongs to the workspace and the channel that the press came from. Values can be forged."""
    team, channel = (body.get("team") or {}).get("id"), (body.get("channel") or {}).get("id")
    return recap_id.startswith(f"{team}:{channel}:")


def control(body: Payload, act: Act) -> Control | None:
    """A press of one of a recap's buttons."""
    recap_id = pressed_value(body)
    if not is_at_home(body, recap_id):
        return None
    return Control(
        act=act,
        recap_id=recap_id,
        team=body["team"]["id"],
        channel=body["channel"]["id"],
        user=body["user"]["id"],
        press=str(body["actions"][0].get("action_ts") or body.get("trigger_id") or ""),
    )


def output(body: Payload) -> tuple[str, str, str]:
    """The recap's id, the output's name and the identity of the press, of the button that wants it written again."""
    recap_id, _, name = pressed_value(body).rpartition("|")
    return recap_id, name, str(body["actions"][0].get("action_ts") or body.get("trigger_id") or "")


def asked(body: Payload) -> tuple[str, str]:
    """The recap's id and the question of the submitted modal."""
    view = body["view"]
    return str(view["private_metadata"]), str(view["state"]["values"][QUESTION][QUESTION]["value"] or "").strip()
