"""What a person chose in an interactive element, in the words that Slack sends to the app."""

from __future__ import annotations

from typing import Any

from sandbox.slack.blocks import interactive_elements, walk
from sandbox.slack.errors import JSON, SlackError

_PICKED = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
_ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
_MANY_OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
_WITHOUT_STATE = frozenset({"button", "icon_button", "workflow_button", "feedback_buttons", "overflow"})


def find_element(blocks: list[JSON], action_id: str, block_id: str | None) -> tuple[JSON, JSON]:
    """Return the block and the element with this action id; raises `action_not_found`.

    A block that is not there (any more) stands for any: it had another id before an edit that came while one clicked.
    """
    known = block_id in {block["block_id"] for block in walk(blocks)}
    for block in walk(blocks):
        for element in interactive_elements(block):
            if element.get("action_id") == action_id and (not known or block_id == block["block_id"]):
                return block, element
    raise SlackError("action_not_found")


def action(block: JSON, element: JSON, choice: JSON, action_ts: str) -> JSON:
    """Return the action object for what was chosen; raises `invalid_choice` for something that was not on offer."""
    common = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    return {**common, **_chosen(element, choice), "action_ts": action_ts}


def _chosen(element: JSON, choice: JSON) -> JSON:
    kind = element["type"]
    if kind in {"button", "icon_button", "workflow_button"}:
        return {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    if kind == "feedback_buttons":
        return _feedback(element, choice)
    placeholder = {name: element[name] for name in ("placeholder",) if name in element}
    return {**placeholder, **_selection(element, choice)}


def _feedback(element: JSON, choice: JSON) -> JSON:
    buttons = [element["positive_button"], element["negative_button"]]
    wanted = choice.get("value", buttons[0]["value"])
    pressed = next((button for button in buttons if button["value"] == wanted), None)
    if pressed is None:
        raise SlackError("invalid_choice")
    return {"text": pressed["text"], "value": pressed["value"]}


def _selection(element: JSON, choice: JSON) -> JSON:
    kind = element["type"]
    if kind in _ONE_OPTION:
        return {"selected_option": _option(element, choice.get("selected_option"))}
    if kind in _MANY_OPTIONS:
        wanted = choice.get("selected_options") or []
        if not isinstance(wanted, list):
            raise SlackError("invalid_choice")
        return {"selected_options": [_option(element, item) for item in wanted]}
    name = _PICKED[kind]
    return {name: choice.get(name)}


def _option(element: JSON, wanted: object) -> JSON | None:
    if wanted is None:
        return None
    value = wanted.get("value") if isinstance(wanted, dict) else wanted
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group["options"]
    if element["type"].endswith("external_select") and isinstance(wanted, dict):
        return wanted
    found = next((option for option in options if option["value"] == value), None)
    if found is None:
        raise SlackError("invalid_choice")
    return dict(found)


def state_values(blocks: list[JSON], given: JSON) -> JSON:
    """Return `state.values`: for every input its value from `given`, or the one that it started with."""
    values: dict[str, JSON] = {}
    for block in walk(blocks):
        for element in interactive_elements(block):
            if element["type"] in _WITHOUT_STATE:
                continue
            chosen = (given.get(block["block_id"]) or {}).get(element["action_id"])
            state = _selection(element, chosen) if isinstance(chosen, dict) else _initial(element)
            values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], **state}
    return values


def _initial(element: JSON) -> JSON:
    kind = element["type"]
    if kind in _ONE_OPTION:
        return {"selected_option": element.get("initial_option")}
    if kind in _MANY_OPTIONS:
        return {"selected_options": element.get("initial_options") or []}
    name = _PICKED[kind]
    initial = "initial_" + ("value" if name in {"value", "rich_text_value"} else name.removeprefix("selected_"))
    return {name: element.get(initial)}


def missing_inputs(blocks: list[JSON], values: JSON) -> dict[str, str]:
    """Return a sentence for every required input without a value, by block id."""
    missing: dict[str, str] = {}
    for block in walk(blocks):
        if block["type"] != "input" or block.get("optional"):
            continue
        state: Any = values[block["block_id"]][block["element"]["action_id"]]
        if not any(value for name, value in state.items() if name != "type"):
            missing[block["block_id"]] = "Please complete this required field."
    return missing
