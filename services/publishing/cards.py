"""What was linked, as a card: its title, who published it, a picture."""

from __future__ import annotations

from collections.abc import Sequence

from services.publishing.blocks import Block, picture, section
from services.publishing.mrkdwn import link, literal
from services.vocabulary.media import Media
from services.vocabulary.source import Publication

_TITLE = 150
_AUTHOR = 100


def card(title: str, *, url: str | None, publication: Publication | None, facts: Sequence[str] = ()) -> Block:
    """One section. `title` is untrusted text, `url` where it leads; `facts` are mrkdwn for the second line.

    The picture is fetched by Slack, never by us.
    """
    author = literal(publication.author or "", _AUTHOR) if publication else ""
    under = " · ".join(filter(None, (author, *facts)))
    block = section("\n".join(filter(None, (f"*{link(url, literal(title, _TITLE) or '…')}*", under))))
    shown = picture(publication.thumbnail, f"Picture of “{title}”") if publication else None
    return block | {"accessory": shown} if shown else block


def is_linked(media: Media) -> bool:
    """Whether the recording came by a link and people can open that."""
    return media.identity is not None and media.url is not None
