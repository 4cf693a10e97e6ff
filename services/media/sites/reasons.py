"""Why a site did not give a recording: from yt-dlp's words to ours, one sentence each, with a way forward."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from services.vocabulary.errors import RetryableError, UserError


class Reason(StrEnum):
    """What stands in the way."""

    BLOCKED = "blocked"
    BUSY = "busy"
    AGE = "age"
    PRIVATE = "private"
    MEMBERS = "members"
    REGION = "region"
    GONE = "gone"
    LIVE = "live"
    ENDED = "ended"
    UPCOMING = "upcoming"
    DRM = "drm"
    LOGIN = "login"
    NO_SOUND = "no_sound"
    UNSUPPORTED = "unsupported"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"


class Refused(UserError):  # noqa: N818 - as the reader says it
    """The site does not give the recording and asking again does not help. `starts` is when an upcoming one begins."""

    reason: Reason = Reason.BROKEN
    starts: float | None = None


class Unavailable(RetryableError):  # noqa: N818 - the same
    """The same, but it may pass: `reason` is BUSY, UNREACHABLE or TOO_SLOW. The message is the person's sentence."""

    reason: Reason = Reason.UNREACHABLE


_PASSING = {Reason.BUSY, Reason.UNREACHABLE, Reason.TOO_SLOW}
_ATTACH = "attach the recording or its .vtt here and I'll finish."
_SENTENCES = {
    Reason.BLOCKED: "{site} is refusing this server: attach the file or the .vtt and I'll finish.",
    Reason.BUSY: "{site} says that I ask too often (429): please paste the link again in an hour, or " + _ATTACH,
    Reason.AGE: "{site} shows this only to people who prove their age: " + _ATTACH,
    Reason.PRIVATE: "This recording is private: ask its owner to make it unlisted, or " + _ATTACH,
    Reason.MEMBERS: "This recording is for paying members only: " + _ATTACH,
    Reason.REGION: "{site} does not show this recording in the country of this server: " + _ATTACH,
    Reason.GONE: "{site} says that this recording is not available, or no longer: please check the link.",
    Reason.LIVE: "It is live; I can recap it when it has ended: paste the link again then.",
    Reason.ENDED: "It has just ended and {site} still prepares the recording: paste the link again in an hour or two.",
    Reason.UPCOMING: "It has not begun yet{when}: paste the link again when it has ended.",
    Reason.DRM: "This recording is protected against copying, so I cannot hear it: " + _ATTACH,
    Reason.LOGIN: "{site} shows this only to people who are signed in, and I am not: " + _ATTACH,
    Reason.NO_SOUND: "{site} shows this recording in browsers but does not hand its sound to me: " + _ATTACH,
    Reason.UNSUPPORTED: "I found no recording on that page: paste the link of the recording itself, or " + _ATTACH,
    Reason.FORBIDDEN: "That link leads to an address that I must not open: please paste a public link, or " + _ATTACH,
    Reason.TOO_LARGE: "That recording is larger than I may download: share a shorter part, or attach its .vtt here.",
    Reason.TOO_SLOW: "{site} is too slow at the moment: please paste the link again later, or " + _ATTACH,
    Reason.UNREACHABLE: "{site} cannot be reached at the moment: please paste the link again later, or " + _ATTACH,
    Reason.BROKEN: "I could not get a recording from {site}: paste another link to it, or " + _ATTACH,
}

# The first that matches decides, whichever message it stands in: a player is asked in several ways, and answers each
# way a little differently. The wordings are those of yt-dlp 2026.10 and, through it, of the sites' players.
_WORDINGS = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        (
            Reason.FORBIDDEN,
            r"egress-policy|No connection adapters|file:// URLs are disabled|unsupported url scheme|is not a valid URL",
        ),
        (Reason.BLOCKED, r"not a bot|captcha|unusual traffic|likely being blocked|player responses are invalid"),
        (Reason.BUSY, r"HTTP Error 429|Too Many Requests|rate.?limit"),
        (Reason.AGE, r"confirm your age|age.?restricted|age.?verif|inappropriate for some users"),
        (
            Reason.MEMBERS,
            r"members.only|join this channel|requires payment|paid content|\brent(al)?\b|premium (members|users)",
        ),
        (Reason.PRIVATE, r"private (video|track|content)|is private|\bprivate\b"),
        (Reason.REGION, r"(available|viewed|blocked).{0,40}\b(country|location|region)|geo.?restrict"),
        (Reason.DRM, r"is DRM.?protected"),
        (
            Reason.UPCOMING,
            r"premieres? (in|will|shortly)|live event will begin|will begin (in|shortly)|has not started",
        ),
        (Reason.ENDED, r"live (stream recording|event has ended|stream has ended)|still (being )?process"),
        (Reason.LIVE, r"currently live|is live\b"),
        (
            Reason.GONE,
            r"(?<!service )unavailable|isn.t available|(?<!format is )not available|removed|terminated|Error 4(04|10)",
        ),
        (Reason.LOGIN, r"log.?in|logged.in|sign in|registered users|password|cookies|Error 401"),
        (Reason.UNSUPPORTED, r"Unsupported URL|no suitable extractor"),
        (Reason.TOO_LARGE, r"File too large|larger than|too large"),
        (
            Reason.UNREACHABLE,
            r"timed out|Error 5\d\d|refused|reset by|resolve|unreachable|connect|SSL|Unable to download",
        ),
        (Reason.NO_SOUND, r"PO Token|Requested format|formats found|only images|missing a URL|Error 403"),
    )
)
_ADDRESS = re.compile(r"\w+://\S+")  # its words are not the site's
_NAMES = {"youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo", "loom.com": "Loom"}
_NAMES |= {"soundcloud.com": "SoundCloud", "podcasts.apple.com": "Apple Podcasts"}


def reason_of(messages: list[str]) -> Reason:
    """What they say between them: the plainest wording in any of them counts; BROKEN where none is understood."""
    said = [_ADDRESS.sub("", message) for message in messages]
    for reason, wording in _WORDINGS:
        if any(wording.search(message) for message in said):
            return reason
    return Reason.BROKEN


def refusal(reason: Reason, url: str, *, starts: float | None = None) -> Refused | Unavailable:
    """The error to raise about that address, with its sentence. `starts` is in seconds since 1970."""
    when = f"; it starts on {datetime.fromtimestamp(starts, UTC):%d %B %Y at %H:%M} UTC" if starts else ""
    sentence = _SENTENCES[reason].format(site=site_name(url), when=when)
    if reason in _PASSING:
        passing = Unavailable(sentence)
        passing.reason = reason
        return passing
    refused = Refused(sentence)
    refused.reason, refused.starts = reason, starts
    return refused


def site_name(url: str) -> str:
    """How people call the site of that address."""
    host = (urlsplit(url).hostname or "The site").removeprefix("www.")
    return next((name for end, name in _NAMES.items() if host == end or host.endswith(f".{end}")), host)
