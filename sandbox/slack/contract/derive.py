"""Derives the committed table from a copy of slack-ruby/slack-api-ref.

    python -m sandbox.slack.contract.derive FOLDER

FOLDER has `methods/*.json` and `events/*.json`. The table keeps what a server needs and no prose; of the events those
that the Events API delivers.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sandbox.slack.contract import TABLE

JSON = dict[str, Any]
_SOURCE = "slack-ruby/slack-api-ref, MIT (LICENSE.md); derived by sandbox.slack.contract.derive, not edited"
# Schemas of the reference that stand for nested values although no type is given.
_NESTED = {"", "criteria", "error", "modal", "prompts", "publishable-view", "selection", "view"}
_LIMITS = {"least": ("minItems", "minLength", "minimum"), "most": ("maxItems", "maxLength", "maximum")}
# What the reference leaves out: blocks.validate has no tier there, and its page gives none either.
_DEFAULT_TIER = "t3"


def derive(folder: Path) -> JSON:
    """Return the table for a copy of the reference."""
    methods: dict[str, JSON] = {}
    names: set[str] = set()
    for path in sorted((folder / "methods").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, list):
            names = {entry["name"] for entry in content}
        else:
            methods[path.stem] = _method(content)
    described = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((folder / "events").glob("*.json"))}
    events = {name: _scopes_of_event(item) for name, item in described.items() if "Events" in (item["APIs"] or ())}
    return {"source": _SOURCE, "methods": methods, "undescribed": sorted(names - set(methods)), "events": events}


def _method(content: JSON) -> JSON:
    scope = content["scope"] if isinstance(content["scope"], dict) else {}
    required = set(content["args"].get("required") or ())
    properties = content["args"].get("properties") or {}
    entry: JSON = {
        "args": {
            name: _argument(item, required=name in required) for name, item in properties.items() if name != "token"
        },
        "errors": sorted(content.get("errors") or ()),
        "tier": content.get("rate_limits") or _DEFAULT_TIER,
        "verb": content["http_method"],
        "json": bool(content.get("json_input_supported")),
    }
    return entry | {kind: sorted(scope[kind]) for kind in ("bot", "user") if kind in scope}


def _argument(item: JSON, *, required: bool) -> JSON:
    entry: JSON = {"kind": _kind(item)}
    if required:
        entry["required"] = True
    choices = [choice for choice in item.get("enum", ()) if choice]
    if choices:
        entry["choices"] = sorted(choices)
    for name, spellings in _LIMITS.items():
        limits = [item[spelling] for spelling in spellings if spelling in item]
        # The reference writes "at most 0 characters" for arguments that are only allowed to be empty.
        entry |= {name: limits[0]} if limits and limits[0] > 0 else {}
    if entry["kind"] == "array":
        nested = item.get("items", {})
        plain = nested.get("type") == "string" or str(nested.get("schema", "")).endswith(("_id", "channel", "user"))
        entry["item"] = "string" if plain else "json"
        entry |= {"longest_item": nested["maxLength"]} if nested.get("maxLength") else {}
    return entry


def _kind(item: JSON) -> str:
    types = {item.get("type"), *(option.get("type") for option in item.get("anyOf", ()))} - {None, "null"}
    schema = item.get("schema")
    if schema == "post_file":
        return "file"
    if "array" in types:
        return "array"
    if "object" in types or _means_json(item) or (not types and (schema in _NESTED or schema is None)):
        return "json"
    for kind in ("boolean", "integer", "number"):
        if kind in types:
            return kind
    return "string"


def _means_json(item: JSON) -> bool:
    """Return whether a text argument is the JSON of something: its description or its example says so."""
    try:
        example = json.loads(item.get("example") or "null")
    except (TypeError, ValueError):
        example = None
    return isinstance(example, dict | list) or "JSON" in (item.get("desc") or "")


def _scopes_of_event(content: JSON) -> list[str]:
    # The reference spells some scopes with a dot, as in its own addresses.
    return sorted(scope if ":" in scope else ":".join(scope.rsplit(".", 1)) for scope in content.get("scopes") or ())


def to_text(table: JSON) -> str:
    """Return the table as it is committed: one line per method and event, so that changes can be read."""
    lines = [f'{{"source": {json.dumps(table["source"])},']
    for part in ("methods", "events"):
        entries = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in table[part].items()]
        lines += [f'"{part}": {{', ",\n".join(entries), "},"]
    return "\n".join([*lines, f'"undescribed": {json.dumps(table["undescribed"])}}}', ""])


def main(arguments: list[str]) -> int:
    """Write the table; return the exit status."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "methods").is_dir():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    table = derive(Path(arguments[0]))
    TABLE.write_text(to_text(table), encoding="utf-8")
    sys.stdout.write(f"{len(table['methods'])} methods, {len(table['events'])} events\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
