"""What an app is sent, whichever way: an envelope around a payload."""

from __future__ import annotations

from sandbox.slack.errors import JSON

_ANSWERABLE = frozenset({"slash_commands", "view_submission", "block_suggestion"})


def new_envelope(envelope_id: str, kind: str, payload: JSON) -> JSON:
    """Return an envelope of the kind `events_api`, `interactive` or `slash_commands`."""
    answerable = kind in _ANSWERABLE or payload.get("type") in _ANSWERABLE
    return {"envelope_id": envelope_id, "type": kind, "accepts_response_payload": answerable, "payload": payload}


def type_of(envelope: JSON) -> str | None:
    """Return by what name a fault knows it: the type of the event or interaction, or `slash_commands`."""
    return "slash_commands" if envelope["type"] == "slash_commands" else _inner_type(envelope)


def shown_type(envelope: JSON) -> str | None:
    """Return what the journal calls it: the type of the event or interaction, or the command."""
    return _inner_type(envelope) or envelope["payload"].get("command")


def _inner_type(envelope: JSON) -> str | None:
    payload = envelope["payload"]
    kind = payload.get("event", {}).get("type") or payload.get("type")
    return str(kind) if kind else None


def team_of(envelope: JSON) -> str | None:
    """Return the workspace that it is about."""
    payload = envelope["payload"]
    team = payload.get("team_id") or (payload.get("team") or {}).get("id")
    return str(team) if team else None
