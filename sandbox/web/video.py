"""The videos that the replay has, and what its player says about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sandbox.web.captions import Caption

HOST = "https://www.youtube.com"
MEDIA_HOST = "https://rr1---sn-test.googlevideo.com"


@dataclass(frozen=True)
class Video:
    """One video of the replayed site.

    `status`, `reason` and `subreason` are the player's own words (OK: it plays). `live` is '', 'live', 'upcoming' (from
    `starts` on) or 'was'. `recording` replaces the player's answer by a recorded one, in which the videoId
    `recording_id` becomes `id`. `playable`: it has streams. `http_status` is the answer to everything about it, with
    the page `body`.
    """

    id: str
    title: str = "A replayed video"
    author: str = "Replay"
    seconds: int = 30
    captions: tuple[Caption, ...] = ()
    chapters: tuple[tuple[float, str], ...] = ()
    status: str = "OK"
    reason: str = ""
    subreason: str = ""
    live: str = ""
    starts: datetime | None = None
    playable: bool = True
    recording: dict[str, Any] | None = None
    http_status: int = 200
    body: str = "<html><title>YouTube</title></html>"


def player(video: Video, sizes: dict[str, int]) -> dict[str, Any]:
    """The answer of the player's interface; `sizes` are the bytes of the streams by itag."""
    if video.recording is not None:
        answer = dict(video.recording)
        if "streamingData" in answer:
            answer["streamingData"] = _streams(video, sizes)
        return answer
    answer = {"playabilityStatus": _playability(video), "videoDetails": _details(video)}
    if video.playable and video.status == "OK" and video.live != "upcoming":
        answer["streamingData"] = _streams(video, sizes)
    if video.captions:
        answer["captions"] = {"playerCaptionsTracklistRenderer": _tracks(video)}
    return answer


def page_player(video: Video, sizes: dict[str, int]) -> dict[str, Any]:
    """The player's answer as the watch page has it, with what only the page says."""
    micro: dict[str, Any] = {"externalChannelId": "UC" + "r" * 22, "uploadDate": "2026-03-14T08:00:00-07:00"}
    if video.starts or video.live:
        micro["liveBroadcastDetails"] = {"isLiveNow": video.live == "live"}
        if video.starts:
            micro["liveBroadcastDetails"]["startTimestamp"] = video.starts.isoformat()
    return player(video, sizes) | {"microformat": {"playerMicroformatRenderer": micro}}


def _playability(video: Video) -> dict[str, Any]:
    answer: dict[str, Any] = {"status": video.status, "playableInEmbed": True}
    if video.reason:
        answer["reason"] = video.reason
        screen: dict[str, Any] = {"reason": {"simpleText": video.reason}}
        if video.subreason:
            screen["subreason"] = {"simpleText": video.subreason}
        answer["errorScreen"] = {"playerErrorMessageRenderer": screen}
    return answer


def _details(video: Video) -> dict[str, Any]:
    details: dict[str, Any] = {
        "videoId": video.id,
        "title": video.title,
        "lengthSeconds": "0" if video.live in ("live", "upcoming") else str(video.seconds),
        "author": video.author,
        "channelId": "UC" + "r" * 22,
        "isLiveContent": bool(video.live),
        "shortDescription": "\n".join(f"{_moment(at)} {title}" for at, title in video.chapters),
        "thumbnail": {"thumbnails": [_picture(video)]},
    }
    if video.live == "live":
        details["isLive"] = True
    if video.live == "upcoming":
        details["isUpcoming"] = True
    return details


def _picture(video: Video) -> dict[str, Any]:
    return {"url": f"https://i.ytimg.com/vi/{video.id}/hq.jpg", "width": 480, "height": 360}


def _moment(at: float) -> str:
    return f"{int(at) // 3600}:{int(at) // 60 % 60:02d}:{int(at) % 60:02d}"


def _streams(video: Video, sizes: dict[str, int]) -> dict[str, Any]:
    kinds = {"140": ('audio/mp4; codecs="mp4a.40.2"', 128_000), "251": ('audio/webm; codecs="opus"', 60_000)}
    return {
        "expiresInSeconds": "21540",
        "adaptiveFormats": [
            {
                "itag": int(itag),
                "url": f"{MEDIA_HOST}/videoplayback?{urlencode({'id': video.id, 'itag': itag})}",
                "mimeType": mime,
                "bitrate": bitrate,
                "averageBitrate": bitrate,
                "contentLength": str(sizes[itag]),
                "quality": "tiny",
                "audioQuality": "AUDIO_QUALITY_LOW" if itag == "251" else "AUDIO_QUALITY_MEDIUM",
                "approxDurationMs": str(video.seconds * 1000),
                "audioSampleRate": "48000",
                "audioChannels": 1,
            }
            for itag, (mime, bitrate) in kinds.items()
        ],
    }


def _tracks(video: Video) -> dict[str, Any]:
    tracks = [
        {
            "baseUrl": f"{HOST}/api/timedtext?"
            + urlencode({"v": video.id, "lang": track.language, **({"kind": "asr"} if track.automatic else {})}),
            "name": {"simpleText": track.language + (" (auto-generated)" if track.automatic else "")},
            "vssId": f"a.{track.language}" if track.automatic else f".{track.language}",
            "languageCode": track.language,
            "isTranslatable": True,
            **({"kind": "asr"} if track.automatic else {}),
        }
        for track in video.captions
    ]
    languages = [{"languageCode": code, "languageName": {"simpleText": code}} for code in ("en", "de", "fr", "es")]
    return {"captionTracks": tracks, "translationLanguages": languages}
