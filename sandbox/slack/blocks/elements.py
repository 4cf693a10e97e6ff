"""The interactive elements and their limits, as tables."""

from __future__ import annotations

from sandbox.slack.blocks.checks import (
    Check,
    Field,
    Fields,
    address,
    anything,
    array,
    boolean,
    every,
    exactly_one,
    integer,
    one_of,
    shape,
    string,
    text_object,
    typed,
)

_ACTION_ID = Field(string(255, 1))
_PLACEHOLDER = Field(text_object(150, "plain_text"))
_CONFIRM = Field(
    shape(
        {
            "title": Field(text_object(100, "plain_text"), required=True),
            "text": Field(text_object(300, "plain_text", "mrkdwn"), required=True),
            "confirm": Field(text_object(30, "plain_text"), required=True),
            "deny": Field(text_object(30, "plain_text"), required=True),
            "style": Field(one_of("primary", "danger")),
        }
    )
)
_OPTION = shape(
    {
        "text": Field(text_object(75, "plain_text", "mrkdwn"), required=True),
        "value": Field(string(150, 1), required=True),
        "description": Field(text_object(75, "plain_text", "mrkdwn")),
        "url": Field(address()),
    }
)
_GROUP = shape(
    {
        "label": Field(text_object(75, "plain_text"), required=True),
        "options": Field(array(_OPTION, 100), required=True),
    }
)
_COMMON: Fields = {"action_id": _ACTION_ID, "confirm": _CONFIRM, "focus_on_load": Field(boolean)}
_SELECT: Fields = {**_COMMON, "placeholder": _PLACEHOLDER}
_MULTI: Fields = {**_SELECT, "max_selected_items": Field(integer(1, 100))}
_OPTIONS: Fields = {"options": Field(array(_OPTION, 100)), "option_groups": Field(array(_GROUP, 100))}
_FILTER: Fields = {"filter": Field(anything), "default_to_current_conversation": Field(boolean)}
_DISPATCH = Field(shape({"trigger_actions_on": Field(array(one_of("on_enter_pressed", "on_character_entered"), 2))}))
_INPUT: Fields = {
    "action_id": _ACTION_ID,
    "placeholder": _PLACEHOLDER,
    "initial_value": Field(string(3000)),
    "dispatch_action_config": _DISPATCH,
    "focus_on_load": Field(boolean),
}
_FEEDBACK = shape(
    {
        "text": Field(text_object(75, "plain_text"), required=True),
        "value": Field(string(2000), required=True),
        "accessibility_label": Field(string(75)),
    }
)
_VISIBLE = Field(array(string(255, 1), 10))
_SOURCE = shape({"type": Field(anything), "url": Field(address(), required=True), "text": Field(string(300))})

IMAGE = shape(
    {
        "image_url": Field(address()),
        "slack_file": Field(anything),
        "alt_text": Field(string(2000), required=True),
    }
)
_ONE_IMAGE = every(IMAGE, exactly_one("image_url", "slack_file"))


def _select(prefix: str, extra: Fields) -> dict[str, Check]:
    """Return the single and the multiple variant of a select menu."""
    initial = {name.removesuffix("s"): field for name, field in extra.items() if name.startswith("initial_")}
    rest = {name: field for name, field in extra.items() if not name.startswith("initial_")}
    single = {**_SELECT, **rest, **initial, "response_url_enabled": Field(boolean)}
    return {f"{prefix}_select": shape(single), f"multi_{prefix}_select": shape({**_MULTI, **extra})}


ELEMENTS: dict[str, Check] = {
    "image": _ONE_IMAGE,
    "button": shape(
        {
            "action_id": _ACTION_ID,
            "text": Field(text_object(75, "plain_text"), required=True),
            "value": Field(string(2000)),
            "url": Field(address()),
            "style": Field(one_of("primary", "danger")),
            "confirm": _CONFIRM,
            "accessibility_label": Field(string(75)),
            "agent_prompt": Field(string(4000)),
            "agent_prompt_display": Field(string(4000)),
            "visible_to_user_ids": _VISIBLE,
        }
    ),
    "overflow": shape(
        {"action_id": _ACTION_ID, "options": Field(array(_OPTION, 5), required=True), "confirm": _CONFIRM}
    ),
    "checkboxes": shape(
        {**_COMMON, "options": Field(array(_OPTION, 10), required=True), "initial_options": Field(array(_OPTION, 10))}
    ),
    "radio_buttons": shape(
        {**_COMMON, "options": Field(array(_OPTION, 10), required=True), "initial_option": Field(_OPTION)}
    ),
    "datepicker": shape({**_SELECT, "initial_date": Field(string(10, 10))}),
    "timepicker": shape({**_SELECT, "initial_time": Field(string(5, 4)), "timezone": Field(string(100))}),
    "datetimepicker": shape({**_COMMON, "initial_date_time": Field(integer(0, 9_999_999_999))}),
    "plain_text_input": shape(
        {
            **_INPUT,
            "multiline": Field(boolean),
            "min_length": Field(integer(0, 3000)),
            "max_length": Field(integer(1, 3000)),
        }
    ),
    "email_text_input": shape(_INPUT),
    "url_text_input": shape(_INPUT),
    "number_input": shape(
        {**_INPUT, "is_decimal_allowed": Field(boolean), "min_value": Field(anything), "max_value": Field(anything)}
    ),
    "rich_text_input": shape(
        {**_INPUT, "initial_value": Field(anything), "min_lines": Field(anything), "max_lines": Field(anything)}
    ),
    "file_input": shape(
        {"action_id": _ACTION_ID, "filetypes": Field(array(string(50, 1), 100)), "max_files": Field(integer(1, 10))}
    ),
    "feedback_buttons": shape(
        {
            "action_id": _ACTION_ID,
            "positive_button": Field(_FEEDBACK, required=True),
            "negative_button": Field(_FEEDBACK, required=True),
        }
    ),
    "icon_button": shape(
        {
            "action_id": _ACTION_ID,
            "icon": Field(one_of("trash"), required=True),
            "text": Field(text_object(75, "plain_text"), required=True),
            "value": Field(string(2000)),
            "confirm": _CONFIRM,
            "accessibility_label": Field(string(75)),
            "visible_to_user_ids": _VISIBLE,
        }
    ),
    "workflow_button": shape(
        {
            "action_id": _ACTION_ID,
            "text": Field(text_object(75, "plain_text"), required=True),
            "workflow": Field(anything, required=True),
            "style": Field(one_of("primary", "danger")),
            "accessibility_label": Field(string(75)),
        }
    ),
    "url": _SOURCE,
    **_select("static", {**_OPTIONS, "initial_options": Field(anything)}),
    **_select("external", {"min_query_length": Field(integer(0, 100)), "initial_options": Field(anything)}),
    **_select("users", {"initial_users": Field(anything)}),
    **_select("conversations", {**_FILTER, "initial_conversations": Field(anything)}),
    **_select("channels", {"initial_channels": Field(anything)}),
}


def element(*kinds: str) -> Check:
    """Accept one of these elements."""
    return typed({kind: ELEMENTS[kind] for kind in kinds})


SELECTS = tuple(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = ("datepicker", "timepicker", "datetimepicker")
CHOICES = ("checkboxes", "radio_buttons")
TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
