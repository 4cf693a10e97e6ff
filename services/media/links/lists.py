"""Addresses that name many recordings."""

from __future__ import annotations

from services.vocabulary.base import Value


class ListLink(Value):
    """A list of recordings: its canonical address, and an identity that all its spellings share.

    `identity` is 'youtube-list:ID', 'youtube-channel:' and the channel's path, 'apple:SHOW', or 'web:' and the
    address of a feed.
    """

    identity: str
    url: str
