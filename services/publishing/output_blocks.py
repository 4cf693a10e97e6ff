"""Something else that was written of a recording, as a message: show notes, a blog post."""

from __future__ import annotations

from services.publishing import mrkdwn
from services.publishing.actions import Action
from services.publishing.blocks import Block, actions, button, context, header, message, section
from services.publishing.message import Message
from services.publishing.mrkdwn import GAP, literal

_BODY = 9_000
_SENTENCE = 1_500
_ANGLES = str.maketrans({"<": "&lt;", ">": "&gt;"})


def output_message(name: str, title: str, body: str, *, statements: int, traced: int, cost: float | None) -> Message:
    """The output. `body` is Markdown of our own making; what does not fit is in the file that goes with it."""
    kind = kind_of(name)
    text = body.translate(_ANGLES)
    fits = mrkdwn.size(text) <= _BODY
    shown = text if fits else text[:_BODY].rsplit("\n\n", 1)[0]
    facts = [f"{traced} of {statements} statements traced to the recording"]
    facts += [] if cost is None else [f"${cost:.3f}"]
    facts += [] if fits else ["the rest is in the file"]
    blocks: list[Block] = [header(f"{kind}: {title}"), {"type": "markdown", "text": shown}, context(" · ".join(facts))]
    return message(f"{kind}: {title}", blocks)


def output_failure(name: str, sentence: str, *, value: str | None, reference: str | None) -> Message:
    """Why it could not be written; `value` is what the button to try again carries, None where that cannot help."""
    words = f"{kind_of(name)}: {sentence}"
    blocks: list[Block] = [section(f"⚠️{GAP}{literal(words, _SENTENCE)}")]
    if reference:
        blocks.append(context(f"Reference: `{literal(reference, 40)}`"))
    if value:
        blocks.append(actions([button("Try again", Action.OUTPUT.value, value=value, style="primary")]))
    return message(words, blocks)


def kind_of(name: str) -> str:
    """What people call it: 'show_notes' are 'Show notes'."""
    return name.replace("_", " ").capitalize()
