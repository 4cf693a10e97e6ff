"""The modal that asks what to recap, and how."""

from __future__ import annotations

from collections.abc import Sequence

from services.publishing.actions import Action, View
from services.publishing.blocks import BUTTON, Block, button, plain
from services.publishing.blocks import actions as action_row
from services.publishing.manner_blocks import channel_input
from services.publishing.naming import LANGUAGES, title_of
from services.publishing.places import Place
from services.vocabulary.preference import Preference

LINK, RECORDING, LANGUAGE, LENGTH, AUDIO, WHERE = "link", "recording", "language", "length", "audio", "where"
"""The blocks and actions of the choices. The channel's is `manner_blocks.CHANNEL`."""

SPOKEN, HERE, TO_ME = "spoken", "here", "me"
"""Values of `AUDIO` and `WHERE`."""

ANY = "any"
"""The `LANGUAGE` of the recording itself, and the ordinary `LENGTH`."""

_OPTIONS = 100


def summarize_view(place: Place, recent: Sequence[tuple[str, str]], preference: Preference) -> Block:
    """What to recap, in which language and length, with audio or without, and where.

    `recent` are ids and names of recordings to choose from; what the person prefers is chosen already. The modal
    carries the `Place`.
    """
    languages = sorted(LANGUAGES.items(), key=lambda language: language[1])
    blocks = [_link(optional=bool(recent)), *([_recording(recent)] if recent else [])]
    if not place.channel:
        blocks.append(channel_input("Channel"))
    lengths = [(ANY, "As usual"), ("short", "Short"), ("full", "Everything")]
    blocks += [
        _menu(LANGUAGE, "Language", [(ANY, "As in the recording"), *languages][:_OPTIONS], preference.language),
        _menu(LENGTH, "Length", lengths, preference.length),
        _audio(checked=preference.audio),
        _where(place),
    ]
    if not place.is_direct:
        blocks.append(action_row([button("Channel settings", Action.SETTINGS.value, value=place.channel or ANY)]))
    return {
        "type": "modal",
        "callback_id": View.SUMMARIZE.value,
        "title": plain("Recap a recording", 24),
        "submit": plain("Recap", 24),
        "close": plain("Cancel", 24),
        "private_metadata": place.model_dump_json(),
        "blocks": blocks,
    }


def _link(*, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": LINK,
        "optional": optional,
        "label": plain("Link"),
        "hint": plain("A video, a podcast episode, or a message or file in Slack.", 150),
        "element": {
            "type": "url_text_input",
            "action_id": LINK,
            "focus_on_load": True,
            "placeholder": plain("https://…", 150),
        },
    }


def _recording(recent: Sequence[tuple[str, str]]) -> Block:
    options = [_option(file_id, title_of(name)) for file_id, name in recent[:_OPTIONS]]
    placeholder = plain("Choose a recording", 150)
    element = {"type": "static_select", "action_id": RECORDING, "options": options, "placeholder": placeholder}
    label = plain("Or a recording that was shared here")
    return {"type": "input", "block_id": RECORDING, "optional": True, "label": label, "element": element}


def _menu(name: str, label: str, choices: Sequence[tuple[str, str]], chosen: str | None) -> Block:
    options = [_option(*choice) for choice in choices]
    initial = next((option for option in options if option["value"] == chosen), options[0])
    element = {"type": "static_select", "action_id": name, "options": options, "initial_option": initial}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def _audio(*, checked: bool) -> Block:
    spoken = _option(SPOKEN, "With a spoken version")
    element: Block = {"type": "checkboxes", "action_id": AUDIO, "options": [spoken]}
    if checked:
        element["initial_options"] = [spoken]
    return {"type": "input", "block_id": AUDIO, "optional": True, "label": plain("Audio"), "element": element}


def _where(place: Place) -> Block:
    here = "Here, in a thread" if place.is_direct else "In the channel, in a thread"
    options = [_option(HERE, here), *([] if place.is_direct else [_option(TO_ME, "In a message to me alone")])]
    element = {"type": "radio_buttons", "action_id": WHERE, "options": options, "initial_option": options[0]}
    return {"type": "input", "block_id": WHERE, "label": plain("Where to post it"), "element": element}


def _option(value: str, words: str) -> Block:
    return {"text": plain(words, BUTTON), "value": value}
