"""The replayed video site: watch pages, the player's interface, captions, streams and pictures."""

from __future__ import annotations

import base64
import json
from typing import Any

from aiohttp import web

from sandbox.web.captions import written
from sandbox.web.sounds import partial
from sandbox.web.video import Video, page_player, player

HOSTS = ("www.youtube.com", "youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "youtubei.googleapis.com")
_FAILED = 400
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# All that a client looks for in the site's player program when no stream needs it.
_PROGRAM = 'var config={signatureTimestamp:20000,sts:"20000"};'
_SETTINGS = {
    "INNERTUBE_API_KEY": "replay",
    "INNERTUBE_CONTEXT_CLIENT_NAME": 1,
    "PLAYER_JS_URL": "/s/player/00000000/player_ias.vflset/en_US/base.js",
    "VISITOR_DATA": "replay",
    "INNERTUBE_CONTEXT": {"client": {"clientName": "WEB", "clientVersion": "2.20261101.00.00", "hl": "en"}},
}
_EMBEDDED = _SETTINGS | {
    "INNERTUBE_CONTEXT_CLIENT_NAME": 56,
    "INNERTUBE_CONTEXT": {"client": {"clientName": "WEB_EMBEDDED_PLAYER", "clientVersion": "1.20261101.00.00"}},
}


class YouTube:
    """Answers for the site's hosts. `watch_page` is a recorded page, in which `recorded_id` stands for the video."""

    def __init__(self, sounds: dict[str, tuple[bytes, str]], watch_page: str | None, recorded_id: str) -> None:
        self.videos: dict[str, Video] = {}
        self.sounds = sounds
        self._watch_page = watch_page
        self._recorded_id = recorded_id

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One answer, whichever of the hosts was asked."""
        host, path = request.host.split(":")[0], request.path
        answer: web.Response
        if host == "i.ytimg.com":
            answer = web.Response(body=_PIXEL, content_type="image/png")
        elif host.endswith(".googlevideo.com"):
            answer = self._stream(request)
        elif path == "/watch":
            answer = self._page(self.videos.get(request.query.get("v", "")))
        elif path.startswith("/embed/"):
            answer = web.Response(text=_scripts(_EMBEDDED), content_type="text/html")
        elif path.startswith("/youtubei/v1/"):
            answer = self._interface(path, self.videos.get((await request.json()).get("videoId", "")))
        elif path == "/api/timedtext":
            answer = self._caption(request)
        elif path.endswith(".js") or path == "/iframe_api":
            answer = web.Response(text=_PROGRAM, content_type="text/javascript")
        else:
            raise web.HTTPNotFound
        return answer

    def _sizes(self) -> dict[str, int]:
        return {itag: len(body) for itag, (body, _) in self.sounds.items()}

    def _page(self, video: Video | None) -> web.Response:
        if video is None:
            raise web.HTTPNotFound
        if video.http_status != web.HTTPOk.status_code:
            return web.Response(status=video.http_status, text=video.body, content_type="text/html")
        if video.recording is not None and self._watch_page:
            text = self._watch_page.replace(self._recorded_id, video.id)
        else:
            text = _written_page(page_player(video, self._sizes()), video.author)
        return web.Response(text=text, content_type="text/html")

    def _interface(self, path: str, video: Video | None) -> web.Response:
        if video is None:
            return web.json_response({"playabilityStatus": {"status": "ERROR", "reason": "Video unavailable"}})
        if video.http_status != web.HTTPOk.status_code:
            return web.Response(status=video.http_status, text="")
        return web.json_response(player(video, self._sizes()) if path.endswith("/player") else {})

    def _caption(self, request: web.Request) -> web.Response:
        video = self.videos.get(request.query.get("v", ""))
        if video is None or "tlang" in request.query:
            raise web.HTTPTooManyRequests
        found = written(
            video.captions,
            language=request.query.get("lang", ""),
            automatic=request.query.get("kind") == "asr",
            form=request.query.get("fmt", "srv1"),
        )
        if found is None:
            raise web.HTTPNotFound
        text, content_type, status = found
        return web.Response(text="" if status >= _FAILED else text, content_type=content_type, status=status)

    def _stream(self, request: web.Request) -> web.Response:
        video = self.videos.get(request.query.get("id", ""))
        sound = self.sounds.get(request.query.get("itag", ""))
        if video is None or sound is None:
            raise web.HTTPForbidden
        return partial(request, *sound)


def _written_page(answer: dict[str, Any], author: str) -> str:
    owner = {"videoSecondaryInfoRenderer": {"owner": {"videoOwnerRenderer": {"title": {"simpleText": author}}}}}
    data = {"contents": {"twoColumnWatchNextResults": {"results": {"results": {"contents": [owner]}}}}}
    return (
        f"<html><head><title>YouTube</title></head><body>"
        f"{_scripts(_SETTINGS)}"
        f"<script>var ytInitialPlayerResponse = {json.dumps(answer)};</script>"
        f"<script>var ytInitialData = {json.dumps(data)};</script></body></html>"
    )


def _scripts(settings: dict[str, Any]) -> str:
    return f"<script>ytcfg.set({json.dumps(settings)});</script>"
