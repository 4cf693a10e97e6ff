"""How Earshot behaves in a channel: the modal to choose it, and what is said when it changes."""

from __future__ import annotations

from services.publishing.actions import View
from services.publishing.blocks import Block, context, message, plain, section
from services.publishing.message import Message
from services.publishing.places import Place
from services.publishing.times import dated
from services.vocabulary.manner import Manner, Policy

MANNER = "manner"
CHANNEL = "channel"
"""The blocks and actions of the modal's choices; `CHANNEL` is there only where no channel was known."""

_NAMES = {
    Manner.AUTOMATIC: "Automatic",
    Manner.OFFER: "Offer",
    Manner.REACTION: "On reaction",
    Manner.MENTION: "On mention",
    Manner.OFF: "Off",
}
_DOES = {
    Manner.AUTOMATIC: "I recap what is shared here, without being asked.",
    Manner.OFFER: "I ask who shared it, in private, whether to recap it.",
    Manner.REACTION: "I recap a message when somebody puts 👂 or 🎧 on it.",
    Manner.MENTION: "I recap what I am mentioned with, and answer in its thread.",
    Manner.OFF: "I do nothing by myself, not even answer in threads.",
}
_ALWAYS = (
    "In every setting I still do what a person asks of me: with `/summarize`, with a mention, or with the shortcut "
    "*Summarize this*. Members of the channel can change this; guests cannot."
)
DIRECT = "This is between you and me, and here I always answer. Type it in the channel that it is about."
"""What is said to who asks for the settings of a direct message."""

_BYLINE = "I will say in the channel that you changed it."


def manner_view(place: Place, policy: Policy) -> Block:
    """Choose how I behave in a channel. The modal carries the `Place`."""
    options = {manner: _option(manner) for manner in _NAMES}
    blocks: list[Block] = [] if place.channel else [channel_input("The channel")]
    if place.channel:
        blocks.append(section(f"In <#{place.channel}> I am set to *{_NAMES[policy.manner]}*{_since(policy)}"))
    choice = {
        "type": "radio_buttons",
        "action_id": MANNER,
        "options": list(options.values()),
        "initial_option": options[policy.manner],
    }
    blocks.append({"type": "input", "block_id": MANNER, "label": plain("From now on"), "element": choice})
    return {
        "type": "modal",
        "callback_id": View.MANNER.value,
        "title": plain("Channel settings", 24),
        "submit": plain("Save", 24),
        "close": plain("Cancel", 24),
        "private_metadata": place.model_dump_json(),
        "blocks": [*blocks, context(_ALWAYS, _BYLINE)],
    }


def channel_input(label: str) -> Block:
    """A menu of channels that starts with the one that the person looks at."""
    element = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return {"type": "input", "block_id": CHANNEL, "label": plain(label), "element": element}


def changed_message(user: str, manner: Manner) -> Message:
    """One line for the channel."""
    words = f"<@{user}> set me to *{_NAMES[manner]}*. {_DOES[manner]} To change it: `/summarize settings`"
    return message(f"I was set to {_NAMES[manner]}. {_DOES[manner]}", [context(words)])


def unchanged_sentence(policy: Policy) -> str:
    """The channel is as the person wants it."""
    return f"I am set to *{_NAMES[policy.manner]}* here already{_since(policy)}"


def _option(manner: Manner) -> Block:
    return {"text": plain(_NAMES[manner]), "description": plain(_DOES[manner]), "value": manner.value}


def _since(policy: Policy) -> str:
    if policy.set_by is None or policy.set_at is None:
        return ", as in every channel where nobody has chosen."
    return f", which <@{policy.set_by}> chose on {dated(policy.set_at)}."
