"""Slack to us: which listener hears which event.

A listener parses, decides, starts durable work, and then the event is acked; it does no work of its own.
"""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from handlers import (
    actions,
    agent,
    commands,
    departures,
    functions,
    home,
    manners,
    messages,
    reactions,
    shortcuts,
    unfurls,
)
from handlers.ignored import ignore
from handlers.teams import settle_team
from services.publishing.actions import Action, View
from services.workflows.desk import Desk
from services.workflows.library import Library
from services.workflows.reception import Reception
from services.workflows.requests import Act
from services.workflows.workspaces import Workspaces

COMMAND = "/summarize"
SHORTCUT = "summarize_message"
GLOBAL_SHORTCUT = "summarize_media"
STEP = "summarize_media"


def register(app: AsyncApp, *, desk: Desk, reception: Reception, library: Library, workspaces: Workspaces) -> None:
    """Bind every listener of Earshot. The catch-all stands last: an event that nobody hears is acked, too."""
    app.middleware(settle_team)
    app.event("message")(messages.on_message(desk))
    app.event("app_mention")(messages.on_mention(desk))
    app.event("reaction_added")(reactions.on_reaction(desk, workspaces))
    app.command(COMMAND)(commands.on_summarize(desk, workspaces))
    app.message_shortcut(SHORTCUT)(shortcuts.on_summarize_message(desk))
    app.global_shortcut(GLOBAL_SHORTCUT)(shortcuts.on_summarize_media(desk, workspaces))
    app.action(Action.CANCEL.value)(actions.on_control(desk, Act.CANCEL))
    app.action(Action.RETRY.value)(actions.on_control(desk, Act.RETRY))
    app.action(Action.DELETE.value)(actions.on_control(desk, Act.DELETE))
    app.action(Action.OUTPUT.value)(actions.on_output(desk))
    app.action(Action.FEEDBACK.value)(actions.on_feedback(desk))
    app.action(Action.TRANSCRIPT.value)(actions.on_transcript(library, workspaces))
    app.action(Action.ASK.value)(actions.on_ask(library, workspaces))
    app.action(Action.OPEN.value)(actions.nothing)
    app.action(Action.AGAIN.value)(shortcuts.on_again(desk))
    app.action(Action.SETTINGS.value)(manners.on_settings(desk, workspaces))
    app.action(Action.OFFER_TAKE.value)(manners.on_taken(desk, workspaces))
    app.action(Action.OFFER_LATER.value)(manners.on_refused(desk, workspaces, for_ever=False))
    app.action(Action.OFFER_NEVER.value)(manners.on_refused(desk, workspaces, for_ever=True))
    app.view(View.ASK.value)(actions.on_asked(desk))
    app.view(View.SUMMARIZE.value)(shortcuts.on_wished(desk))
    app.view(View.MANNER.value)(manners.on_chosen(desk))
    app.event("app_uninstalled")(departures.on_uninstalled(desk))
    app.event("tokens_revoked")(departures.on_tokens_revoked(desk))
    _register_home(app, reception)
    app.event("link_shared")(unfurls.on_shared(reception))
    app.event("function_executed")(functions.on_executed(reception, STEP))
    app.event("app_home_opened")(agent.on_opened(desk))
    app.event("agent_session_stopped")(agent.on_stopped(desk))
    app.event(re.compile(".*"))(ignore)


def _register_home(app: AsyncApp, reception: Reception) -> None:
    app.event("app_home_opened", matchers=[home.is_home])(home.on_opened(reception))
    app.action(Action.HOME_SEARCH.value)(home.on_searched(reception))
    app.action(Action.HOME_CLEAR.value)(home.on_searched(reception))
    app.action(Action.HOME_LANGUAGE.value)(home.on_preferred(reception))
    app.action(Action.HOME_LENGTH.value)(home.on_preferred(reception))
    app.action(Action.HOME_AUDIO.value)(home.on_preferred(reception))
    app.action(Action.HOME_ERASE.value)(home.on_erased(reception))
