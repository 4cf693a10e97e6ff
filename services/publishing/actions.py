"""What our buttons are called and carry: the one list that rendering and listeners share."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from services.publishing.blocks import Block, button, confirm


class Action(StrEnum):
    """The `action_id`s. A recap's buttons carry the recap's id as their value; `OPEN` is a mere link.

    `OUTPUT` carries the recap's id and the output's name, with a bar between them. `AGAIN` carries a wish, the
    `OFFER_`s the id of the offered recap, `SETTINGS` a channel. The `HOME_`s carry what was chosen or typed;
    who acts says whose it is.
    """

    OPEN = "recap_open"
    TRANSCRIPT = "recap_transcript"
    ASK = "recap_ask"
    RETRY = "recap_retry"
    CANCEL = "recap_cancel"
    DELETE = "recap_delete"
    OUTPUT = "recap_output"
    FEEDBACK = "feedback"
    AGAIN = "recap_again"
    OFFER_TAKE = "offer_take"
    OFFER_LATER = "offer_later"
    OFFER_NEVER = "offer_never"
    SETTINGS = "channel_settings"
    HOME_SEARCH = "home_search"
    HOME_CLEAR = "home_clear"
    HOME_LANGUAGE = "home_language"
    HOME_LENGTH = "home_length"
    HOME_AUDIO = "home_audio"
    HOME_ERASE = "home_erase"


class View(StrEnum):
    """The `callback_id`s of our modals. `ASK` has the question under block and action `QUESTION`.

    What `SUMMARIZE` and `MANNER` hold is read by their own modules.
    """

    ASK = "ask"
    TRANSCRIPT = "transcript"
    SUMMARIZE = "summarize"
    MANNER = "manner"


QUESTION = "question"


class Verdict(NamedTuple):
    """What somebody thinks (`good` or `bad`) of a recap or an answer, by its id."""

    value: str
    subject: str


def verdict_of(value: str) -> Verdict | None:
    """Read the value of a feedback button; None for one that is not ours."""
    verdict, _, subject = value.partition("|")
    return Verdict(verdict, subject) if verdict in {"good", "bad"} and subject else None


def feedback(subject: str) -> Block:
    """Thumbs up and down for a recap or an answer."""

    def choice(words: str, spoken: str, value: str) -> Block:
        face = {"type": "plain_text", "text": words, "emoji": True}
        return {"text": face, "accessibility_label": spoken, "value": f"{value}|{subject}"}

    element = {
        "type": "feedback_buttons",
        "action_id": Action.FEEDBACK.value,
        "positive_button": choice("👍", "This was useful", "good"),
        "negative_button": choice("👎", "This was not useful", "bad"),
    }
    return {"type": "context_actions", "elements": [element]}


def delete_button(recap_id: str) -> Block:
    """Asks first, because it cannot be undone."""
    sure = confirm(
        "Delete this recap?",
        "The recap, its audio, its transcript and the answers in this thread go away for everyone. "
        "The recording itself stays where you shared it.",
        yes="Delete",
        no="Keep",
    )
    return button("Delete", Action.DELETE.value, value=recap_id, confirm=sure)


def retry_button(recap_id: str, words: str = "Try again") -> Block:
    """Drives what failed once more."""
    return button(words, Action.RETRY.value, value=recap_id, style="primary")
