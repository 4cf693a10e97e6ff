"""A failure as a message: one clear sentence and a way forward."""

from __future__ import annotations

from services.publishing import actions
from services.publishing.blocks import Block, context, message, section
from services.publishing.blocks import actions as action_row
from services.publishing.message import Message
from services.publishing.mrkdwn import GAP, literal
from services.publishing.naming import title_of

_SENTENCE = 1_500


def failure_message(
    sentence: str, *, media_name: str | None = None, retry: str | None = None, reference: str | None = None
) -> Message:
    """What went wrong, in the one sentence that people get.

    `retry` is the recap's id where trying again can help. `reference` finds the details in the log; it goes with what
    only whoever runs the bot can mend.
    """
    title = title_of(media_name) if media_name else None
    about = f"*{literal(title, 150)}*\n" if title else ""
    blocks: list[Block] = [section(f"{about}⚠️{GAP}{literal(sentence, _SENTENCE)}")]
    if reference:
        blocks.append(context(f"Reference: `{literal(reference, 40)}`"))
    if retry:
        blocks.append(action_row([actions.retry_button(retry)]))
    spoken = f"{title}: {sentence}" if title else sentence
    return message(f"{spoken} (reference {reference})" if reference else spoken, blocks)


def canceled_message(media_name: str, *, recap_id: str) -> Message:
    """The person asked to stop; what was finished is kept, so starting again goes on from there."""
    title = title_of(media_name)
    words = f"Stopped, as you asked. There is no recap of *{literal(title, 150)}*."
    start = action_row([actions.retry_button(recap_id, "Start again")])
    return message(f"Stopped, as you asked. There is no recap of {title}.", [section(words), start])


def deleted_message(media_name: str) -> Message:
    """What stays where a recap was deleted and something has to stand in its place."""
    title = title_of(media_name)
    words = f"The recap of *{literal(title, 150)}* was deleted, with its audio, transcript and answers."
    return message(f"The recap of {title} was deleted, with its audio, transcript and answers.", [section(words)])
