"""chat.unfurl."""

from __future__ import annotations

from typing import Any

from sandbox.slack.blocks import checked_blocks
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method
from sandbox.slack.unfurls import Offer, attachments


async def unfurl(call: Call) -> JSON:
    """Show something under the links of a message, or of a composer, that the app was told of."""
    offer = _offer(call)
    if call.args.flag("user_auth_required") or call.args.text("user_auth_url") or call.args.text("user_auth_message"):
        _invite(call, offer)
        return {}
    shown = attachments(_unfurls(call, offer), str(call.slack.workspace.bot.app_id), call.slack.workspace.bot.bot_id)
    message = offer.message
    if message is None:
        call.slack.unfurls.previews[offer.id] = shown
        return {}
    previous = call.slack.messaging.shown(message)
    others = [item for item in message.attachments if item.get("from_url") not in {new["from_url"] for new in shown}]
    message.attachments = [{**item, "id": number} for number, item in enumerate([*others, *shown], 1)]
    call.slack.messaging.changed(message, previous)
    return {}


def _offer(call: Call) -> Offer:
    args = call.args
    unfurl_id, source = args.text("unfurl_id"), args.text("source")
    if unfurl_id or source:
        if not unfurl_id:
            raise SlackError("missing_unfurl_id")
        if not source:
            raise SlackError("missing_source")
        return call.slack.unfurls.find(unfurl_id, source)
    channel_id, ts = args.text("channel"), args.text("ts")
    if channel_id is None:
        raise SlackError("missing_channel")
    if ts is None:
        raise SlackError("missing_ts")
    if channel_id not in call.slack.workspace.channels:
        raise SlackError("cannot_find_channel")
    message = call.slack.workspace.messages[channel_id].get(ts)
    offer = call.slack.unfurls.find_in(message) if message else None
    if message is None:
        raise SlackError("cannot_find_message")
    if offer is None:
        raise SlackError("cannot_unfurl_url")
    return offer


def _unfurls(call: Call, offer: Offer) -> dict[str, JSON]:
    unfurls: Any = call.args.structure("unfurls", "invalid_unfurls_format")
    if unfurls is None:
        raise SlackError("missing_unfurls")
    if not isinstance(unfurls, dict):
        raise SlackError("invalid_unfurls_format")
    for url, shown in unfurls.items():
        if not isinstance(shown, dict):
            raise SlackError("cannot_parse_attachment")
        if url not in offer.urls:
            raise SlackError("cannot_unfurl_message" if offer.message else "cannot_unfurl_url")
        if "blocks" in shown:
            try:
                shown["blocks"] = checked_blocks(shown["blocks"], call.slack.composer.block_id)
            except SlackError as error:
                raise SlackError("cannot_parse_attachment", **error.details) from error
    return unfurls


def _invite(call: Call, offer: Offer) -> None:
    """Show the author privately that the app asks them to sign in before it unfurls."""
    if offer.message is None:
        raise SlackError("cannot_prompt")
    channel = call.slack.workspace.channels[offer.message.channel]
    said = call.args.text("user_auth_message") or "Sign in to see more about this link."
    url = call.args.text("user_auth_url")
    notice = call.slack.messaging.new_message(channel, call.caller.user, f"{said} <{url}>" if url else said)
    notice.recipient, notice.thread_ts = offer.user, offer.message.thread_ts
    call.slack.messaging.post_ephemeral(notice)


METHODS: dict[str, Method] = {"chat.unfurl": unfurl}
