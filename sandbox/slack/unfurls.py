"""Link unfurling: telling the app of links to its domains, and showing what it says about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.ids import Ids
from sandbox.slack.model import Message

_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")
# A composer has no message: Slack names this place instead of a channel.
COMPOSER = "COMPOSER"


@dataclass(frozen=True)
class Offer:
    """Links that the app was told of: in a posted message, or (`message` None) in somebody's composer."""

    id: str
    urls: tuple[str, ...]
    message: Message | None
    user: str


class Unfurls:
    """Remembers which links the app was told of."""

    def __init__(self, domains: tuple[str, ...], ids: Ids) -> None:
        self._domains = domains
        self._ids = ids
        self._offers: dict[str, Offer] = {}
        self.previews: dict[str, list[JSON]] = {}

    def offer(self, text: str, user: str, message: Message | None) -> JSON | None:
        """Return the `link_shared` event for the text's links to the app's domains, None when there are none."""
        urls = tuple(dict.fromkeys(url.replace("&amp;", "&") for url in _LINK.findall(text)))
        links = [{"url": url, "domain": domain} for url in urls if (domain := self._domain(url))]
        if not links:
            return None
        unfurl_id = f"{self._ids.new('U')}-{self._ids.secret()}"
        self._offers[unfurl_id] = Offer(unfurl_id, tuple(link["url"] for link in links), message, user)
        event: JSON = {"type": "link_shared", "user": user, "links": links, "unfurl_id": unfurl_id}
        if message is None:
            place = {"channel": COMPOSER, "message_ts": unfurl_id, "source": "composer", "is_bot_user_member": False}
            return {**event, **place}
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        place = {"channel": message.channel, "message_ts": message.ts, "source": "conversations_history"}
        return {**event, **place, **thread}

    def _domain(self, url: str) -> str | None:
        host = urlsplit(url).hostname or ""
        return next((domain for domain in self._domains if host == domain or host.endswith(f".{domain}")), None)

    def find(self, unfurl_id: str, source: str) -> Offer:
        """Return what was offered under an id; raises `invalid_unfurl_id` or `invalid_source`."""
        offer = self._offers.get(unfurl_id)
        if offer is None:
            raise SlackError("invalid_unfurl_id")
        if source != ("conversations_history" if offer.message else "composer"):
            raise SlackError("invalid_source")
        return offer

    def find_in(self, message: Message) -> Offer | None:
        """Return what was offered of a message."""
        offers = (offer for offer in self._offers.values() if offer.message and offer.message.ts == message.ts)
        return next((offer for offer in offers if offer.message and offer.message.channel == message.channel), None)


def attachments(unfurls: dict[str, JSON], app_id: str, bot_id: str | None) -> list[JSON]:
    """Return the attachments that unfurls become in a message."""
    marks = {"is_app_unfurl": True, "app_id": app_id, "bot_id": bot_id}
    return [
        {"id": number, "from_url": url, "app_unfurl_url": url, "original_url": url, **marks, **shown}
        for number, (url, shown) in enumerate(unfurls.items(), 1)
    ]
