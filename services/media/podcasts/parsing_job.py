"""The child that parses strangers' feeds and pages: slow on purpose or not, it has a limit on its time and memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.media.podcasts import feed
from services.media.podcasts import page as webpage
from services.media.podcasts.encodings import encoding_of
from services.media.podcasts.episode import Episode, Wanted
from services.media.podcasts.media_types import bare
from services.vocabulary.base import Value

_HEAD = 16_384
_SKIPPED = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!doctype(?!\s+html)[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:rss|feed|rdf:rdf|atom:feed)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-z!?]", re.IGNORECASE)


class Document(Value):
    """What is to be parsed: the file `path` that came from `url` (after redirects)."""

    path: str
    url: str
    content_type: str | None
    charset: str | None
    wanted: Wanted = Wanted()


class Parsed(Value):
    """A feed's wanted episode, or what a page holds; neither where it is some other file."""

    is_feed: bool = False
    episode: Episode | None = None
    page: webpage.Page | None = None


def serve() -> Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], dict[str, Any]]:
    """The handler of one request: a Document, answered by a Parsed."""
    return lambda request, _report: parse(Document.model_validate(request)).model_dump(mode="json")


def parse(document: Document) -> Parsed:
    """Raises UserError for a feed that cannot be used, as `feed.find` does."""
    body = Path(document.path).read_bytes()
    head = body[:_HEAD].decode(encoding_of(body, document.charset), "replace").lstrip("\ufeff")
    if _is_feed(head, document.content_type):
        found = feed.find(body, charset=document.charset, base=document.url, wanted=document.wanted)
        return Parsed(is_feed=True, episode=found)
    if "html" in bare(document.content_type) or _MARKUP.match(head.lstrip()):
        return Parsed(page=webpage.find(body, charset=document.charset, url=document.url))
    return Parsed()


def _is_feed(head: str, content_type: str | None) -> bool:
    """The root element decides, because feeds are often served as HTML or plain text."""
    position = 0
    while skipped := _SKIPPED.match(head, position):
        position = skipped.end()
    said = bare(content_type) in ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
    return bool(_ROOT.match(head, position)) or (said and not head.startswith("<!", position))
