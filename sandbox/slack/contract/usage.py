"""Which methods of the Web API a body of source code calls through Slack's official client. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from sandbox.slack.contract import Contract

# What the clients call by themselves: Bolt before it listens, Socket Mode to connect.
ALWAYS = frozenset({"auth.test", "apps.connections.open"})
# Helpers of the clients that make several calls.
_HELPERS = {
    "files_upload_v2": ("files.getUploadURLExternal", "files.completeUploadExternal"),
    "chat_stream": ("chat.startStream", "chat.appendStream", "chat.stopStream"),
    "say_stream": ("chat.startStream", "chat.appendStream", "chat.stopStream"),
    "say": ("chat.postMessage",),
}
_NAME = re.compile(r"[a-z]+(\.[a-zA-Z]+)+")
_CLIENT = re.compile(r"(^|_)(client|bot|slack)$")


def methods_used(sources: Iterable[str], contract: Contract) -> frozenset[str]:
    """Return the methods that Python sources call: `client.chat_postMessage(...)` or `api_call("chat.postMessage")`.

    A call of something that looks like a method of the client and that Slack's reference does not have is returned
    with its own name, so that it is noticed. Where `api_call` gets its method from elsewhere, every method that the
    source names counts.
    """
    names = {name.replace(".", "_"): name for name in contract.methods}
    families = {name.split(".")[0] for name in contract.methods}
    found = set(ALWAYS)
    for source in sources:
        tree = ast.parse(source)
        for attribute, holder, first in _calls(tree):
            if attribute in _HELPERS:
                found.update(_HELPERS[attribute])
            elif attribute in names:
                found.add(names[attribute])
            elif attribute == "api_call":
                found.update({first} if first and _NAME.fullmatch(first) else _texts(tree) & contract.methods.keys())
            elif "_" in attribute and attribute.split("_")[0] in families and _CLIENT.search(holder):
                found.add(attribute)
    return frozenset(found)


def _calls(tree: ast.AST) -> Iterator[tuple[str, str, str | None]]:
    """Yield the name of each attribute that is called or passed on, what it is an attribute of, and a first text."""
    first: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            first[id(node.func)] = str(node.args[0].value)
        if isinstance(node, ast.Attribute):
            holder = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            yield node.attr, holder, first.get(id(node))


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
