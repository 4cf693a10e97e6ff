"""Slack to us: which listener hears which event.

A listener parses, decides, starts durable work, and then the event is acked; it does no work of its own.
"""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from handlers import actions, commands, messages, shortcuts
from handlers.ignored import ignore
from services.workflows.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind every listener of Earshot. The catch-all stands last: an event that nobody hears is acked, too."""
    app.event("message")(messages.on_message(desk))
    app.event("app_mention")(messages.on_mention(desk))
    app.command("/summarize")(commands.on_summarize(desk))
    app.message_shortcut("summarize_message")(shortcuts.on_summarize_message(desk))
    app.event(re.compile(".*"))(ignore)
