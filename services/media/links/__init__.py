"""Which recording an address means, however it is spelled. Pure: nothing is fetched and no name is looked up.

Whether an address may be dialled is not decided here: the egress policy decides that on the resolved address, so that
odd spellings of a host (`2130706433`, `0x7f.1`) are merely web pages to this room.
"""

from __future__ import annotations

from services.media.links import apple, loom, pages, refusals, soundcloud, vimeo, youtube
from services.media.links.address import address_of
from services.media.links.lists import ListLink
from services.vocabulary.source import Link

__all__ = ["ListLink", "identify", "identify_list"]

_PLACES = (youtube.link, vimeo.link, loom.link, soundcloud.link, apple.link)


def identify(url: str) -> Link:
    """The recording that the address means.

    All spellings of one recording have the same `identity` and `url`; where they name a second they differ in `start`
    alone. `identify(link.url)` has the same identity again. An address of no known place is a page of the web, with
    what only tracks people taken off. Addresses in `url` and `moment_url` are ASCII without braces or white space.

    A feed and an Apple show are links too: to their newest episode, which changes while the identity stays. They are
    the links for whose `url` `identify_list` answers.

    Raises UserError, with the reason and a way forward, for what is no web address and for what holds no single
    recording that we may read: lists, protected streams, meetings to join.
    """
    address = address_of(url)
    for place in _PLACES:
        if found := place(address):
            return found
    refusals.check(address)
    return pages.link(address)


def identify_list(url: str) -> ListLink | None:
    """The list that the address names, for a person who asks for its first ones; None where it names none.

    Lists are YouTube's playlists and channels, podcasts' feeds and Apple shows. A video that was opened from a
    playlist names that playlist. Raises UserError as `identify` does for what is no web address.
    """
    address = address_of(url)
    return youtube.listing(address) or apple.listing(address) or pages.listing(address)
