"""The methods of the Web API, one module per family."""

from __future__ import annotations

from sandbox.slack.methods import (
    agents,
    auth,
    canvases,
    channel_life,
    chat,
    conversations,
    files,
    functions,
    history,
    keepsakes,
    oauth,
    people,
    reactions,
    scheduled,
    streams,
    unfurl,
    validation,
    views,
)
from sandbox.slack.methods.call import Method

_FAMILIES = (
    agents,
    auth,
    canvases,
    channel_life,
    chat,
    conversations,
    files,
    functions,
    history,
    keepsakes,
    oauth,
    people,
    reactions,
    scheduled,
    streams,
    unfurl,
    validation,
    views,
)


def all_methods() -> dict[str, Method]:
    """Return every method that the local Slack has, by its name."""
    return {name: method for family in _FAMILIES for name, method in family.METHODS.items()}
