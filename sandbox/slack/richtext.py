"""Slack's own markup: making links of addresses, and rich_text blocks of text."""

from __future__ import annotations

import re
from collections.abc import Callable

from sandbox.slack.errors import JSON

_KNOWN_MARKUP = re.compile(r"<(?:https?://|mailto:|tel:|[@#!])[^<>\n]+>")
_CODE = re.compile(r"```.+?```|`[^`\n]+`", re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s<>|]+")
_BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
_NAME = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<markup>[^<>\n]+)>"
    r"|:(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
    r"|(?<![\w*])\*(?P<bold>\S(?:[^*\n]*\S)?)\*(?![\w*])"
    r"|(?<!\w)_(?P<italic>\S(?:[^_\n]*\S)?)_(?!\w)"
    r"|(?<![\w~])~(?P<strike>\S(?:[^~\n]*\S)?)~(?![\w~])"
)
_PIECES = re.compile(r"```(?P<pre>.+?)```|(?P<quote>(?:^&gt;[^\n]*(?:\n|$))+)", re.DOTALL | re.MULTILINE)

NameLookup = Callable[[str, str], str | None]


def normalize(text: str, lookup: NameLookup | None = None) -> str:
    """Return text as Slack stores it: escaped, with addresses as `<https://...>`.

    With `lookup`, which turns a sign (`@` or `#`) and a name into markup or None, names become mentions too.
    """
    parts: list[str] = []
    end = 0
    kept = re.compile(f"{_KNOWN_MARKUP.pattern}|{_CODE.pattern}", re.DOTALL)
    for match in kept.finditer(text):
        parts += [_normalize_plain(text[end : match.start()], lookup), _BARE_AMPERSAND.sub("&amp;", match[0])]
        end = match.end()
    return "".join([*parts, _normalize_plain(text[end:], lookup)])


def _normalize_plain(text: str, lookup: NameLookup | None) -> str:
    escaped = _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    linked = _ADDRESS.sub(_link, escaped)
    if lookup is None:
        return linked
    return _NAME.sub(lambda match: lookup(match[1], match[2]) or match[0], linked)


def _link(match: re.Match[str]) -> str:
    address = match[0]
    stripped = re.sub(r"(?:&gt;|&lt;|[.,;:!?'\"*_~])+$", "", address)
    unmatched = max(0, stripped.count(")") - stripped.count("("))
    trailing = len(stripped) - len(stripped.rstrip(")"))
    stripped = stripped[: len(stripped) - min(unmatched, trailing)]
    return f"<{stripped}>{address[len(stripped) :]}"


def rich_text(text: str, block_id: str) -> list[JSON]:
    """Return the blocks that Slack makes of a text-only message: one rich_text block, or none for no text."""
    if not text.strip():
        return []
    elements: list[JSON] = []
    end = 0
    for match in _PIECES.finditer(text):
        _add_section(elements, text[end : match.start()])
        if match["pre"] is not None:
            content = [{"type": "text", "text": _unescape(match["pre"].strip("\n"))}]
            elements.append({"type": "rich_text_preformatted", "elements": content, "border": 0})
        else:
            lines = [re.sub(r"^&gt; ?", "", line) for line in match["quote"].rstrip("\n").split("\n")]
            elements.append({"type": "rich_text_quote", "elements": _inline("\n".join(lines), {})})
        end = match.end()
    _add_section(elements, text[end:])
    return [{"type": "rich_text", "block_id": block_id, "elements": elements}]


def _add_section(elements: list[JSON], text: str) -> None:
    if text:
        elements.append({"type": "rich_text_section", "elements": _inline(text, {})})


def _inline(text: str, style: dict[str, bool]) -> list[JSON]:
    found: list[JSON] = []
    end = 0
    for match in _INLINE.finditer(text):
        found += _plain(text[end : match.start()], style)
        kind = str(match.lastgroup)
        content = match[kind]
        if kind in {"bold", "italic", "strike"}:
            found += _inline(content, {**style, kind: True})
        elif kind == "code":
            found += _plain(content, {**style, "code": True})
        elif kind == "emoji":
            found.append({"type": "emoji", "name": content})
        else:
            found.append(_markup(content, style))
        end = match.end()
    return found + _plain(text[end:], style)


def _plain(text: str, style: dict[str, bool]) -> list[JSON]:
    if not text:
        return []
    return [_styled({"type": "text", "text": _unescape(text)}, style)]


def _markup(content: str, style: dict[str, bool]) -> JSON:
    target, _, label = content.partition("|")
    if target.startswith("@"):
        return _styled({"type": "user", "user_id": target[1:]}, style)
    if target.startswith("#"):
        return _styled({"type": "channel", "channel_id": target[1:]}, style)
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target.removeprefix("!subteam^")}
    if date := re.match(r"!date\^(\d{1,12})\^([^^]+)", target):
        return {"type": "date", "timestamp": int(date[1]), "format": date[2], "fallback": _unescape(label)}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    named = {"text": _unescape(label)} if label else {}
    return _styled({"type": "link", "url": _unescape(target), **named}, style)


def _styled(element: JSON, style: dict[str, bool]) -> JSON:
    return {**element, "style": dict(style)} if style else element


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
