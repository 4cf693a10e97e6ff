"""The links in a Slack message, in the order they were written; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from services.media.links import identify
from services.media.slack_shares import names_something
from services.vocabulary.errors import UserError

MOST = 5
"""Links of one message at most: a list of more is a list, not a request."""

# So many different addresses may turn out to be the same few recordings.
_LOOKED_AT = 50
# More of a typed address is not looked at: it is refused for its length all the same.
_READ = 4096
_SLACK = ("slack.com", "slack-gov.com")
_WEB = ("http://", "https://")
# Slack writes a link as <address|label>, and people, channels and groups in the same brackets; a label may read like
# another address, so brackets are taken whole. The other two are what is typed into a command.
_WRITTEN = re.compile(
    r"<(?P<marked>[^<>|\s]*)(?:\|[^<>]*)?>"
    r"|(?P<bare>\bhttps?://[^\s<>|]+)"
    r"|(?<![\w.@/-])(?P<short>(?:(?:www|m|music)\.)?"
    r"(?:youtube\.com|youtu\.be|vimeo\.com|loom\.com|soundcloud\.com|podcasts\.apple\.com)/[^\s<>|]+)",
    re.IGNORECASE,
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
# Not '_' and '-', which end an id as well as any letter.
_TRAILING = ".,;:!?'\"`*\u2026\u201c\u201d\u2019\u00bb"
_PAIRS = {")": "(", "]": "[", "}": "{"}

Payload = Mapping[str, Any]


def links_of(event: Payload) -> list[str]:
    """The web addresses that a person put into the message, or into one that they forwarded with it.

    Addresses in code, labels and previews are not taken, nor are Slack's own. One recording is given once, however it
    is spelled, and at most `MOST` of them are. A command's payload will do as well. An edit gives none.
    """
    if event.get("subtype") == "message_changed":
        return []
    written = list(_of_message(event))
    for attachment in event.get("attachments") or ():
        echo = _unescaped(str(attachment.get("from_url") or "")) in written
        if _is_forwarded(attachment) and not echo:
            written += _of_forwarded(attachment)
    return _distinct(url for url in written if not _is_slacks(url))


def links_in(text: str) -> list[str]:
    """The same from a text alone, as of a command, without looking for code in it."""
    return _distinct(url for url in _of_text(text) if not _is_slacks(url))


def without_links(text: str) -> str:
    """The text without its links, and without Slack's marks for people, channels and groups."""
    return " ".join(_WRITTEN.sub(" ", text).split())


def _of_message(message: Payload) -> Iterator[str]:
    rich = [block for block in message.get("blocks") or () if block.get("type") == "rich_text"]
    if rich:
        yield from _of_elements(rich)
    else:
        yield from _of_text(_CODE.sub(" ", str(message.get("text") or "")))


def _of_elements(elements: Iterable[Payload]) -> Iterator[str]:
    for element in elements:
        if element.get("type") == "link" and not (element.get("style") or {}).get("code"):
            url = _unescaped(str(element.get("url") or ""))
            if url.lower().startswith(_WEB):
                yield url
        elif element.get("type") != "rich_text_preformatted":
            yield from _of_elements(element.get("elements") or ())


def _of_text(text: str) -> Iterator[str]:
    for found in _WRITTEN.finditer(text):
        if found["short"]:
            yield f"https://{_untailed(found['short'])}"
        elif found["bare"]:
            yield _untailed(found["bare"])
        elif found["marked"].lower().startswith(_WEB):
            yield _unescaped(found["marked"])


def _is_forwarded(attachment: Payload) -> bool:
    return bool(attachment.get("is_share") or attachment.get("is_msg_unfurl"))


def _of_forwarded(attachment: Payload) -> Iterator[str]:
    messages = [held.get("message") or {} for held in attachment.get("message_blocks") or ()]
    for message in messages or [attachment]:
        yield from _of_message({"text": attachment.get("text"), **message})


def _distinct(urls: Iterable[str]) -> list[str]:
    chosen: dict[str, str] = {}
    for url in islice(dict.fromkeys(urls), _LOOKED_AT):
        chosen.setdefault(_identity(url), url)
        if len(chosen) == MOST:
            break
    return list(chosen.values())


def _identity(url: str) -> str:
    try:
        return identify(url).identity
    except UserError:
        return url


def _is_slacks(url: str) -> bool:
    """Whether it leads into Slack, where messages and files are found by their own ways."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return names_something(url) or any(host == name or host.endswith(f".{name}") for name in _SLACK)


def _unescaped(text: str) -> str:
    """Slack escapes these three characters and no others, so that `&copy=1` stays what it is."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _untailed(url: str) -> str:
    """The address alone of one in running text: without the punctuation after it, but for brackets that it opens."""
    url = re.split(r"[<>]", _unescaped(url))[0][:_READ]
    while url:
        last = url[-1]
        unopened = last in _PAIRS and url.count(last) > url.count(_PAIRS[last])
        if last not in _TRAILING and not unopened:
            break
        url = url[:-1]
    return url
