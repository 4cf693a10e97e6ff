"""Stand-ins for the players of YouTube and Vimeo: pages that say and understand what theirs do, and play nothing.

They are given out in the browser's own network (`Page.route`), so that no test asks anybody outside. Written from the
published APIs (developers.google.com/youtube/iframe_api_reference, github.com/vimeo/player.js), not from our scripts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.async_api import Frame, Page, Route

_CLOCK = """
let state = "new", at = start, since = 0, rate = 1;
window.orders = [];
window.now = () => state === "playing" ? at + (performance.now() - since) / 1000 * rate : at;
const set = (next, second = now()) => { at = second; since = performance.now(); state = next; changed(); };
document.body.append(Object.assign(document.createElement("button"), {
  textContent: "the site's own play button", onclick: () => set("playing") }));
const understood = (data) => { const order = JSON.parse(data); orders.push(order); return order; };
"""

# It says nothing before it was told that somebody listens, and a jump starts a video that has not begun.
_YOUTUBE = f"""<!doctype html><body><script type="module">
const asked = new URLSearchParams(location.search);
const start = Number(asked.get("start") ?? 0);
{_CLOCK}
const numbers = {{ new: 5, playing: 1, paused: 2, ended: 0 }};
let listening = false;
const say = (event, info) => {{
  if (listening) parent.postMessage(JSON.stringify({{ event, info, id: 1, channel: "widget" }}), asked.get("origin"));
}};
const changed = () => say("infoDelivery", {{ playerState: numbers[state], currentTime: now() }});
setInterval(() => {{ if (state === "playing") say("infoDelivery", {{ currentTime: now() }}); }}, 100);
window.fail = (code) => say("onError", code);
const commands = {{
  playVideo: () => set("playing"), pauseVideo: () => set("paused"), setPlaybackRate: (next) => {{ rate = next; }},
  seekTo: (second) => set(state === "paused" ? "paused" : "playing", second),
}};
addEventListener("message", ({{ data }}) => {{
  const {{ event, func, args }} = understood(data);
  if (event === "listening" && !listening) {{
    listening = true;
    say("initialDelivery", {{ playerState: numbers[state], currentTime: now(), duration: 600 }});
    say("onReady", null);
  }}
  if (event === "command") commands[func]?.(...args);
}});
</script>"""

# It says only what was subscribed to.
_VIMEO = f"""<!doctype html><body><script type="module">
const start = 0;
{_CLOCK}
const wanted = new Set();
const say = (message) => parent.postMessage(JSON.stringify(message), "*");
const tell = (event) => {{
  if (wanted.has(event)) say({{ event, data: {{ seconds: now(), percent: now() / 600, duration: 600 }} }});
}};
const changed = () => {{ tell(state === "playing" ? "play" : "pause"); tell("seeked"); }};
setInterval(() => {{ if (state === "playing") tell("timeupdate"); }}, 100);
window.fail = () => {{ if (wanted.has("error")) say({{ event: "error", data: {{ name: "PrivacyError" }} }}); }};
const methods = {{
  ping: () => say({{ method: "ping" }}), addEventListener: (name) => wanted.add(name),
  play: () => set("playing"), pause: () => set("paused"), setPlaybackRate: (next) => {{ rate = next; }},
  setCurrentTime: (second) => {{ at = second; since = performance.now(); tell("seeked"); }},
}};
addEventListener("message", ({{ data }}) => {{
  const {{ method, value }} = understood(data);
  methods[method]?.(value);
}});
say({{ event: "ready" }});
</script>"""

YOUTUBE = "https://www.youtube-nocookie.com"
VIMEO = "https://player.vimeo.com"
_PAGES = {YOUTUBE: _YOUTUBE, VIMEO: _VIMEO}


@dataclass(repr=False)
class Sites:
    """What the browser asked the video sites for: addresses, and what it said of where it came from."""

    asked: list[str] = field(default_factory=list)
    referers: list[str | None] = field(default_factory=list)
    down: bool = False
    origins: tuple[str, ...] = (YOUTUBE, VIMEO)

    async def answer(self, route: Route) -> None:
        request = route.request
        self.asked.append(request.url)
        self.referers.append((await request.all_headers()).get("referer"))
        site = next((page for origin, page in _PAGES.items() if request.url.startswith(f"{origin}/")), None)
        if self.down or site is None:
            await route.abort()
        else:
            await route.fulfill(body=site, content_type="text/html")


async def player_in(page: Page) -> Frame:
    """The frame with the site's player, when it is loaded."""
    handle = await page.wait_for_selector("#screen iframe")
    assert handle
    frame = await handle.content_frame()
    assert frame
    await frame.wait_for_function("window.orders?.length > 0")
    return frame
