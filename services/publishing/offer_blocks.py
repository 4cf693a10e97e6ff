"""Offers, and pointers to what is there already."""

from __future__ import annotations

from services.publishing.actions import Action
from services.publishing.blocks import Block, button, message, section
from services.publishing.blocks import actions as action_row
from services.publishing.message import Message
from services.publishing.mrkdwn import link, literal
from services.publishing.naming import title_of

_TITLE = 150
# A button's value.
_ROOM = 2_000
_ANYWAY = "Recap anyway"


def offer_message(media_name: str, recap_id: str) -> Message:
    """Shown to the one who shared a recording."""
    title = title_of(media_name)
    buttons = [
        button("Summarize", Action.OFFER_TAKE.value, value=recap_id, style="primary"),
        button("Not now", Action.OFFER_LATER.value, value=recap_id),
        button("Never offer here to me", Action.OFFER_NEVER.value, value=recap_id),
    ]
    words = f"Shall I recap *{literal(title, _TITLE)}* in its thread?"
    return message(f"Shall I recap {title} in its thread?", [section(words), action_row(buttons)])


def taken_message() -> Message:
    """In the place of an offer that was accepted."""
    return Message(text="On it. The recap comes in the thread.")


def later_message() -> Message:
    """In the place of an offer that was put off."""
    return Message(text="Fine. I offer nothing to you in this channel for a day. `/summarize` works whenever you want.")


def never_message() -> Message:
    """In the place of the last offer."""
    return Message(
        text="Fine. I offer nothing to you in this channel any more. Should you change your mind: `/summarize offer`"
    )


def repeat_message(first_name: str, url: str, *, running: bool, recap_id: str = "", wish: str = "") -> Message:
    """There is a recap of this already, or there will be soon; `url` opens it.

    A button makes another one: for the repeat `recap_id`, or by a `wish`, the value of an `AGAIN` button.
    """
    title = title_of(first_name)
    shown = link(url, f"*{literal(title, _TITLE)}*")
    words = f"I am already at work on {shown}." if running else f"There is a recap of this here already: {shown}"
    anyway: list[Block] = []
    if recap_id:
        anyway = [button(_ANYWAY, Action.RETRY.value, value=recap_id)]
    elif wish and len(wish) <= _ROOM:
        anyway = [button(_ANYWAY, Action.AGAIN.value, value=wish)]
    spoken = f"I am already at work on {title}." if running else f"There is a recap of {title} here already."
    return message(spoken, [section(words), *([action_row(anyway)] if anyway else [])])
