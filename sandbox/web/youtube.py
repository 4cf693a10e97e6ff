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
        if host == "i.ytimg.com":
            return web.Response(body=_PIXEL, content_type="image/png")
        if host.endswith(".googlevideo.com"):
            return self._stream(request)
        if path == "/watch":
            return self._page(self.videos.get(request.query.get("v", "")))
        if path == "/youtubei/v1/player":
            asked = await request.json()
            return self._player(self.videos.get(asked.get("videoId", "")))
        if path == "/api/timedtext":
            return self._caption(request)
        if path.endswith(".js") or path == "/iframe_api":
            return web.Response(text=_PROGRAM, content_type="text/javascript")
        raise web.HTTPNotFound

    def _sizes(self) -> dict[str, int]:
        return {itag: len(body) for itag, (body, _) in self.sounds.items()}

    def _page(self, video: Video | None) -> web.Response:
        if video is None:
            raise web.HTTPNotFound
        if video.http_status != web.HTTPOk.status_code:
            return web.Response(status=video.http_status, text="<html><title>YouTube</title></html>")
        if video.recording is not None and self._watch_page:
            text = self._watch_page.replace(self._recorded_id, video.id)
        else:
            text = _written_page(page_player(video, self._sizes()))
        return web.Response(text=text, content_type="text/html")

    def _player(self, video: Video | None) -> web.Response:
        if video is None:
            return web.json_response({"playabilityStatus": {"status": "ERROR", "reason": "Video unavailable"}})
        if video.http_status != web.HTTPOk.status_code:
            return web.Response(status=video.http_status, text="")
        return web.json_response(player(video, self._sizes()))

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


def _written_page(answer: dict[str, Any]) -> str:
    data: dict[str, Any] = {"contents": {"twoColumnWatchNextResults": {"results": {"results": {"contents": []}}}}}
    settings = {
        "INNERTUBE_API_KEY": "replay",
        "INNERTUBE_CONTEXT_CLIENT_NAME": 1,
        "PLAYER_JS_URL": "/s/player/00000000/player_ias.vflset/en_US/base.js",
        "VISITOR_DATA": "replay",
        "INNERTUBE_CONTEXT": {"client": {"clientName": "WEB", "clientVersion": "2.20261101.00.00", "hl": "en"}},
    }
    return (
        f"<html><head><title>YouTube</title></head><body>"
        f"<script>ytcfg.set({json.dumps(settings)});</script>"
        f"<script>var ytInitialPlayerResponse = {json.dumps(answer)};</script>"
        f"<script>var ytInitialData = {json.dumps(data)};</script></body></html>"
    )
