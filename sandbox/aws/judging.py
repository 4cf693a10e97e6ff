"""What Bedrock refuses although the shapes are right: rules about messages, models, tools and schemas.

The sentences are the service's own where they are recorded or documented, and like them elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sandbox.aws.catalog import Model
from sandbox.aws.errors import AwsError
from sandbox.aws.json_values import Json

_UNSUPPORTED = {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("maxItems", "uniqueItems", "minProperties", "maxProperties", "patternProperties"),
}
_MOST_STRICT_TOOLS = 20


def judge(model: Model, parameters: dict[str, Any]) -> None:
    """Raise AwsError for a request that this model does not take."""
    _messages(parameters)
    _inference(model, parameters.get("inferenceConfig", {}))
    _tools(model, parameters)
    _output(model, parameters)


def _refuse(message: str) -> None:
    raise AwsError("ValidationException", message)


def _messages(parameters: dict[str, Any]) -> None:
    messages = parameters.get("messages", [])
    if not messages or messages[0]["role"] != "user":
        _refuse(
            "A conversation must start with a user message. "
            "Try again with a conversation that starts with a user message."
        )
    if messages[-1]["role"] != "user":
        _refuse("This model does not support assistant message prefill. The conversation must end with a user message.")
    for index, message in enumerate(messages):
        if not message["content"]:
            _refuse(f"The content field in the Message object at messages.{index} is empty. Add a ContentBlock object.")
        for place, block in enumerate(message["content"]):
            _filled(block, f"messages.{index}.content.{place}")
        _answered(messages, index)
    for place, block in enumerate(parameters.get("system", ())):
        _filled(block, f"system.{place}")


def _filled(block: dict[str, Any], path: str) -> None:
    if block.get("text") == "":  # a recorded request with nothing but a line's end was taken
        _refuse(
            f"The text field in the ContentBlock object at {path} is blank. Add text to the text field, and try again."
        )


def _answered(messages: list[dict[str, Any]], index: int) -> None:
    """Every call of a tool is answered by the next message, and by nothing else."""
    called = _ids(messages[index], "toolUse")
    following = _ids(messages[index + 1], "toolResult") if index + 1 < len(messages) else set()
    if called - following:
        _refuse(
            f"Expected toolResult blocks at messages.{index + 1}.content for the following Ids: "
            f"{', '.join(sorted(called))}"
        )
    given = _ids(messages[index], "toolResult")
    before = _ids(messages[index - 1], "toolUse") if index else set()
    if given - before:
        _refuse(
            f"The number of toolResult blocks at messages.{index}.content exceeds "
            "the number of toolUse blocks of previous turn."
        )


def _ids(message: dict[str, Any], kind: str) -> set[str]:
    return {block[kind]["toolUseId"] for block in message["content"] if kind in block}


def _inference(model: Model, config: dict[str, Any]) -> None:
    if config.get("maxTokens", 0) > model.output:
        _refuse(
            f"The maximum tokens you requested exceeds the model limit of {model.output}. "
            f"Try again with a maximum tokens value that is lower than {model.output}."
        )
    if model.sampling:
        return
    for name in ("temperature", "topP"):
        if config.get(name, 1.0) != 1.0:
            _refuse(f"`{name}` is deprecated for this model.")


def _tools(model: Model, parameters: dict[str, Any]) -> None:
    config = parameters.get("toolConfig")
    if config is None:
        used = any(_ids(message, "toolUse") or _ids(message, "toolResult") for message in parameters["messages"])
        if used:
            _refuse("The toolConfig field must be defined when using toolUse and toolResult content blocks.")
        return
    specs = [tool["toolSpec"] for tool in config["tools"] if "toolSpec" in tool]
    names = [spec["name"] for spec in specs]
    if len(set(names)) < len(names):
        _refuse("The toolConfig field contains tools with the same name. Tool names must be unique.")
    choice = config.get("toolChoice", {})
    if not model.forced and choice.keys() & {"any", "tool"}:
        _refuse("This model doesn't support the toolConfig.toolChoice values any and tool. Use auto and try again.")
    if "tool" in choice and choice["tool"]["name"] not in names:
        _refuse(f"The tool {choice['tool']['name']} of toolConfig.toolChoice is not defined in toolConfig.tools.")
    strict = [spec for spec in specs if spec.get("strict")]
    if len(strict) > _MOST_STRICT_TOOLS:
        _refuse(f"Too many strict tools ({len(strict)}). The maximum number of strict tools supported is 20.")
    for spec in strict:
        _schema(spec["inputSchema"]["json"], f"tools.{spec['name']}.input_schema")


def _output(model: Model, parameters: dict[str, Any]) -> None:
    text_format = parameters.get("outputConfig", {}).get("textFormat")
    if not text_format:
        return
    if not model.schema:
        _refuse(
            "This model doesn't support the outputConfig.textFormat field. "
            "Remove outputConfig.textFormat and try again."
        )
    if _cites(parameters):
        _refuse("Citations are not supported together with structured output.")
    try:
        schema = json.loads(text_format["structure"]["jsonSchema"]["schema"])
    except ValueError:
        schema = None
    if not isinstance(schema, dict):
        _refuse("The value at outputConfig.textFormat.structure.jsonSchema.schema is not a valid JSON schema.")
    _schema(schema, "output_config.format.schema")


def _cites(parameters: dict[str, Any]) -> bool:
    blocks = (block for message in parameters["messages"] for block in message["content"])
    held = (block.get("searchResult") or block.get("document") or {} for block in blocks)
    return any(item.get("citations", {}).get("enabled") for item in held)


def _schema(schema: Json, place: str) -> None:
    for part in _parts(schema):
        if (part.get("type") == "object" or "properties" in part) and part.get("additionalProperties") is not False:
            _refuse(f"{place}: For 'object' type, 'additionalProperties' must be explicitly set to false")
        if wrong := sorted(part.keys() & _UNSUPPORTED):
            _refuse(f"{place}: For '{part.get('type')}' type, property '{wrong[0]}' is not supported")
        if part.get("minItems", 0) > 1:
            _refuse(f"{place}: For 'array' type, 'minItems' values other than 0 or 1 are not supported")
    if _recursive(schema, schema, ()):
        _refuse(f"{place}: Circular reference detected in schema definitions")


def _parts(schema: Json) -> Iterator[dict[str, Any]]:
    """The schema and all schemas in it; the names of properties are no keywords."""
    if isinstance(schema, dict):
        yield schema
        for keyword, value in schema.items():
            if keyword in {"properties", "$defs", "definitions"} and isinstance(value, dict):
                for item in value.values():
                    yield from _parts(item)
            elif keyword in {"items", "anyOf", "oneOf", "allOf", "prefixItems", "not"}:
                yield from _parts(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _parts(item)


def _recursive(part: Json, root: dict[str, Any], inside: tuple[str, ...]) -> bool:
    """Whether a reference leads back into itself."""
    if isinstance(part, list):
        return any(_recursive(item, root, inside) for item in part)
    if not isinstance(part, dict):
        return False
    reference = part.get("$ref")
    if isinstance(reference, str):
        name = reference.rsplit("/", 1)[-1]
        if name in inside:
            return True
        definitions = root.get("$defs", root.get("definitions", {}))
        return _recursive(definitions.get(name, {}), root, (*inside, name))
    return any(
        _recursive(value, root, inside) for keyword, value in part.items() if keyword not in {"$defs", "definitions"}
    )
