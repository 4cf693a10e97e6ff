"""What a look at a site gives: what the publisher says, its captions, and what is needed to fetch the sound."""

from __future__ import annotations

from services.vocabulary.base import Value
from services.vocabulary.source import Publication


class CaptionFile(Value):
    """One caption track as the site served it: untrusted text, in the form `kind` (see `services.media.captions`).

    `language` is as the site gives it, `automatic` says that no person wrote it.
    """

    body: str
    kind: str
    language: str
    automatic: bool


class Found(Value):
    """One recording on a site.

    `captions` are the best track, and the next one where the best holds too little; with none, `why_no_captions` says
    why in a clause for people ('it has no captions'). `live_status` is the site's own: 'was_live', 'not_live' or None.
    `has_sound` is False where the site plays nothing to us although it gave captions. `fetch` is opaque: what `audio`
    needs to spare a second look; it holds addresses that expire within hours.
    """

    url: str
    publication: Publication
    captions: tuple[CaptionFile, ...] = ()
    why_no_captions: str | None = None
    live_status: str | None = None
    has_sound: bool = True
    fetch: str = ""
