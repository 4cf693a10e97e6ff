"""Recordings that a page describes in JSON-LD (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from services.vocabulary.base import Value

_MOST_NODES = 5000
_DEEPEST = 20
_RECORDINGS = {
    "audioobject",
    "videoobject",
    "podcastepisode",
    "radioepisode",
    "episode",
    "clip",
    "movie",
    "mediaobject",
}


class Described(Value):
    """One recording as a page describes it: raw texts, None where it says nothing."""

    media: str | None = None
    type: str | None = None
    player: str | None = None
    title: str | None = None
    author: str | None = None
    duration: str | None = None
    picture: str | None = None
    published: str | None = None
    language: str | None = None


def recordings(scripts: list[str]) -> list[Described]:
    """The recordings with an address of their own, in the page's order."""
    found: list[Described] = []
    for script in scripts:
        try:
            tree = json.loads(script.strip().removeprefix("<!--").removesuffix("-->"))
        except (ValueError, RecursionError):
            continue
        found += [described for node in _nodes(tree) if (described := _described(node))]
    return found


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    """All objects of the tree, outer ones first."""
    waiting: list[tuple[object, int]] = [(tree, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, depth = waiting.pop()
        inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
        if isinstance(node, dict):
            yield node
        if depth < _DEEPEST:
            waiting += [(value, depth + 1) for value in reversed(inner) if isinstance(value, dict | list)]


def _described(node: dict[str, Any]) -> Described | None:
    if not {kind.lower() for kind in _texts(node.get("@type"))} & _RECORDINGS:
        return None
    holder = next(
        (one for key in ("associatedMedia", "audio", "video", "encoding") for one in _objects(node.get(key))), {}
    )
    media = _text(node, "contentUrl") or _text(holder, "contentUrl", "url")
    player = _text(node, "embedUrl") or _text(holder, "embedUrl")
    if not media and not player:
        return None
    makers = [one for key in ("partOfSeries", "publisher", "author", "creator") for one in _objects(node.get(key))]
    return Described(
        media=media,
        player=player,
        type=_text(node, "encodingFormat") or _text(holder, "encodingFormat"),
        title=_text(node, "name", "headline"),
        author=next((name for maker in makers if (name := _text(maker, "name"))), None),
        duration=_text(node, "duration", "timeRequired") or _text(holder, "duration"),
        picture=next(iter(_texts(node.get("thumbnailUrl")) + _texts(node.get("image"))), None),
        published=_text(node, "datePublished", "uploadDate"),
        language=_text(node, "inLanguage"),
    )


def _texts(value: object) -> list[str]:
    many = value if isinstance(value, list) else [value]
    return [one for one in many if isinstance(one, str)]


def _text(node: dict[str, Any], *keys: str) -> str | None:
    return next((text for key in keys for text in _texts(node.get(key)) if text), None)


def _objects(value: object) -> list[dict[str, Any]]:
    many = value if isinstance(value, list) else [value]
    return [one for one in many if isinstance(one, dict)]
