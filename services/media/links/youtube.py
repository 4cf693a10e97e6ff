"""YouTube: one video in a dozen spellings; playlists and channels."""

from __future__ import annotations

import re

from services.media.links.address import Address, address_of
from services.media.links.lists import ListLink
from services.media.links.moments import first_moment
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link

_SITES = frozenset(
    {
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        "music.youtube.com",
        "youtube-nocookie.com",
        "www.youtube-nocookie.com",
    }
)
_SHORT = frozenset({"youtu.be", "www.youtu.be"})
_HOME = "https://www.youtube.com"
_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_LIST = re.compile(r"[\w-]{12,64}", re.ASCII)
_HANDLE = re.compile(r"@[\w.%-]{1,200}")
_NAME = re.compile(r"[\w.%-]{1,200}")
# The rest of an address that was glued on with a second '?', as share buttons of apps do.
_GLUED = re.compile(r"[?&/#].*", re.DOTALL)
_ID_IN_PATH = frozenset({"embed", "shorts", "live", "v", "e", "watch"})
_UNWRAPPED = frozenset({"attribution_link", "redirect"})
_TABS = frozenset({"videos", "shorts", "streams"})
# Watch later, liked, and mixes: made for the one who looks, so nobody else sees the same list.
_PERSONAL = re.compile(r"WL|LL|LM|RD.*")

_WAY_OUT = "paste the link of a video"
_MANY = (
    "That is a YouTube {what} and I hear one video at a time: paste the link of a video, or ask for its first ones "
    "with `/summarize <link> first 3`."
)
_NOT_YOURS = f"That YouTube list is made for one viewer alone and I cannot see it; {_WAY_OUT} in it."
_LISTING = f"That YouTube page lists videos and I hear one video at a time; {_WAY_OUT} on it."
_LEADS_AWAY = "That is YouTube's way to another page; open it and paste the link of the page that it leads to."
_REASONS = {
    **dict.fromkeys(("feed", "results", "hashtag", "gaming", "playlist"), _LISTING),
    **dict.fromkeys(_UNWRAPPED, _LEADS_AWAY),
    "clip": f"That YouTube clip does not name its video; {_WAY_OUT} that it was cut from.",
}


def link(address: Address) -> Link | None:
    """The video; None for another site. Raises UserError for YouTube's other pages."""
    if not address.is_at(_SITES | _SHORT):
        return None
    address = _unwrapped(address)
    video = _video_of(address)
    if video is None:
        raise UserError(_refusal(address))
    url = f"{_HOME}/watch?v={video}"
    return Link(
        identity=f"youtube:{video}",
        url=url,
        moment_url=f"{url}&t={{seconds}}s",
        start=first_moment(
            address.value("t"), address.value("start"), address.value("time_continue"), address.fragment_value("t")
        ),
        certain=True,
    )


def listing(address: Address) -> ListLink | None:
    """The playlist or channel that the address names, on its own or beside a video."""
    if not address.is_at(_SITES | _SHORT):
        return None
    name = address.value("list") or ""
    if _LIST.fullmatch(name) and not _PERSONAL.fullmatch(name):
        return ListLink(identity=f"youtube-list:{name}", url=f"{_HOME}/playlist?list={name}")
    channel = None if address.is_at(_SHORT) else _channel(address.parts)
    if channel is None:
        return None
    tab = address.parts[-1] if address.parts[-1] in _TABS else "videos"
    return ListLink(identity=f"youtube-channel:{channel}/{tab}", url=f"{_HOME}/{channel}/{tab}")


def _unwrapped(address: Address) -> Address:
    """What `/attribution_link?u=/watch...` leads to. Only paths of the site itself are followed, and only once."""
    inner = address.value("u") or ""
    if address.parts and address.parts[0] in _UNWRAPPED and inner.startswith("/"):
        return address_of(f"{_HOME}{inner}")
    return address


def _video_of(address: Address) -> str | None:
    if address.is_at(_SHORT) and len(address.parts) == 1 and address.parts[0] != "watch":
        return _video(address.parts[0])
    if len(address.parts) == 2 and address.parts[0] in _ID_IN_PATH:  # noqa: PLR2004 - what it is, and which
        return _video(address.parts[1])
    if address.parts in ((), ("watch",), ("watch_popup",)):
        return _video(address.value("v"))
    return None


def _video(text: str | None) -> str | None:
    text = _GLUED.sub("", text or "")
    return text if _VIDEO.fullmatch(text) and text != "videoseries" else None


def _channel(parts: tuple[str, ...]) -> str | None:
    """The channel's own part of the path: '@handle', 'channel/ID', 'c/name' or 'user/name'."""
    match parts:
        case [handle, *_] if _HANDLE.fullmatch(handle):
            return handle.lower()
        case ["channel", name, *_] if _NAME.fullmatch(name):
            return f"channel/{name}"
        case ["c" | "user" as kind, name, *_] if _NAME.fullmatch(name):
            return f"{kind}/{name.lower()}"
    return None


def _refusal(address: Address) -> str:
    kind = address.parts[0] if address.parts else "feed"
    if address.value("list") and not address.value("v"):
        return _MANY.format(what="playlist") if listing(address) else _NOT_YOURS
    if _channel(address.parts):
        return _MANY.format(what="channel")
    return _REASONS.get(kind, f"That YouTube link names no video; {_WAY_OUT}, as its Share button gives it.")
