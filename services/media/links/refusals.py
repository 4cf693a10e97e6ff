"""Places whose addresses hold no recording that anybody may read, each with its reason and a way forward."""

from __future__ import annotations

import re
from collections.abc import Callable

from services.media.links.address import Address
from services.vocabulary.errors import UserError

_SPOTIFY = frozenset({"spotify.com", "spotify.link", "spoti.fi"})
_FILMS = frozenset(
    {
        "crunchyroll.com",
        "dazn.com",
        "disneyplus.com",
        "hbomax.com",
        "hulu.com",
        "max.com",
        "netflix.com",
        "nowtv.com",
        "paramountplus.com",
        "peacocktv.com",
        "primevideo.com",
        "tv.apple.com",
    }
)
_COUNTRIES = r"(?:com|de|fr|es|it|in|ca|co\.uk|co\.jp|com\.au|com\.br|com\.mx)"
_BOOKS = re.compile(rf"(?:.*\.)?audible\.{_COUNTRIES}")
_MUSIC = frozenset(
    {"deezer.com", "deezer.page.link", "music.apple.com", "napster.com", "pandora.com", "qobuz.com", "tidal.com"}
)
_AMAZON_MUSIC = re.compile(rf"music\.amazon\.{_COUNTRIES}")
_ZOOM = frozenset({"zoom.us", "zoom.com", "zoomgov.com"})
_ZOOM_JOIN = re.compile(r"/(?:j|s|w|my|wc|join|meeting|webinar)(?:/|$)", re.IGNORECASE)
_TEAMS = frozenset({"teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft"})
_TEAMS_JOIN = re.compile(r"/(?:l/meetup-join|l/meeting|meet|v2)(?:/|$)", re.IGNORECASE)
_WEBEX = frozenset({"webex.com"})
_WEBEX_JOIN = re.compile(r"/(?:meet|join|wbxmjs/joinservice|[^/]+/j\.php)(?:/|$)", re.IGNORECASE)
_ROOMS = frozenset({"meet.google.com", "meet.jit.si", "whereby.com", "gotomeet.me", "meet.goto.com", "app.chime.aws"})

_PROTECTED = (
    "{place} protects its recordings against being read by others (DRM); attach the audio or the transcript here if "
    "you have it, or paste the same recording from an open place{such}."
)
_MEETING = (
    "That link joins a meeting and holds no recording; when the meeting has been recorded, attach the recording here "
    "or paste its link."
)


def check(address: Address) -> None:
    """Raises UserError where the place is known to hold nothing for us. Look-alikes of these places pass."""
    for matches, sentence in _REASONS:
        if matches(address):
            raise UserError(sentence)


def _joins_meeting(address: Address) -> bool:
    return (
        address.is_within(_ROOMS)
        or (address.is_within(_ZOOM) and bool(_ZOOM_JOIN.match(address.path)))
        or (address.is_within(_TEAMS) and bool(_TEAMS_JOIN.match(address.path)))
        or (address.is_within(_WEBEX) and bool(_WEBEX_JOIN.match(address.path)))
    )


def _is_music(address: Address) -> bool:
    return address.is_within(_MUSIC) or bool(_AMAZON_MUSIC.fullmatch(address.host))


_REASONS: tuple[tuple[Callable[[Address], bool], str], ...] = (
    (
        lambda address: address.is_within(_SPOTIFY),
        _PROTECTED.format(place="Spotify", such=", such as the podcast's page at Apple Podcasts or its RSS feed"),
    ),
    (lambda address: address.is_within(_FILMS), _PROTECTED.format(place="That film service", such="")),
    (lambda address: bool(_BOOKS.fullmatch(address.host)), _PROTECTED.format(place="Audible", such="")),
    (_is_music, _PROTECTED.format(place="That music service", such="")),
    (_joins_meeting, _MEETING),
)
