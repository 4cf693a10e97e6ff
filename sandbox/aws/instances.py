"""The least value that keeps a JSON schema: what an unscripted model says."""

from __future__ import annotations

from typing import Any

from sandbox.aws.json_values import Json

_DEEPEST = 12
_PLAIN = {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}


def least(schema: dict[str, Any], root: dict[str, Any] | None = None, depth: int = 0) -> Json:
    """A value with the required members alone: empty texts and lists, zeros, the first of several choices."""
    root = root or schema
    if depth > _DEEPEST:
        return None
    for keyword in ("const", "default"):
        if keyword in schema:
            return schema[keyword]
    if "enum" in schema:
        return schema["enum"][0]
    if "$ref" in schema:
        return least(resolved(schema["$ref"], root), root, depth + 1)
    for keyword in ("anyOf", "oneOf", "allOf"):
        if keyword in schema:
            return least(_simplest(schema[keyword]), root, depth + 1)
    return _typed(schema, root, depth)


def _typed(schema: dict[str, Any], root: dict[str, Any], depth: int) -> Json:
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: least(properties.get(name, {}), root, depth + 1) for name in schema.get("required", ())}
    if kind == "array":
        items = schema.get("items", {})
        return [least(items, root, depth + 1) for _ in range(schema.get("minItems", 0))]
    return max(schema.get("minimum", 0), 0) if kind in {"integer", "number"} else _PLAIN[kind]


def resolved(reference: str, root: dict[str, Any]) -> dict[str, Any]:
    """What a reference within a schema stands for."""
    found = root
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def _simplest(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return next((choice for choice in choices if choice.get("type") == "null"), choices[0])
