"""The HTML of the page and of what stands in its place when a link is of no use. No script or style inside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from string import Template

# Styles, scripts and sounds come from us alone; nobody may frame the page, and it talks to nobody else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OUR_MEDIA = "media-src 'self'"
HEADERS = {
    "Content-Security-Policy": f"{_POLICY}; {_OUR_MEDIA}",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "private, no-cache",
}

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>$title</title>
<link rel="icon" href="static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="static/player.css">
"""

_PAGE = Template(
    _HEAD
    + """<script type="module" src="static/player.js"></script>
</head>
<body data-home="$token">
<a class="skip" href="#transcript">Skip to the transcript</a>
<header class="top">
  <p class="facts" id="facts">&nbsp;</p>
  <h1 dir="auto">$title</h1>
  <p class="gist" id="gist" dir="auto" hidden></p>
</header>
<main class="board" id="board">
  <div class="side">
    <div class="screen" id="screen" hidden><video id="media" playsinline preload="metadata"></video></div>
    <aside class="guide" id="guide" aria-label="Overview"></aside>
  </div>
  <section class="transcript" id="transcript" aria-label="Transcript" tabindex="-1">
    <div class="search" id="search" role="search" hidden>
      <input type="search" id="query" placeholder="Search in the transcript" aria-label="Search in the transcript"
        autocomplete="off" spellcheck="false" enterkeyhint="next">
      <output id="found" for="query"></output>
      <button type="button" id="earlier" aria-label="Previous match" title="Previous match (Shift+Enter)"
        disabled>&uarr;</button>
      <button type="button" id="later" aria-label="Next match" title="Next match (Enter)" disabled>&darr;</button>
    </div>
    <p class="quiet" id="waiting">Opening the transcript …</p>
    <noscript><p class="quiet">This page needs JavaScript to play the recording.</p></noscript>
  </section>
</main>
<button type="button" class="follow" id="follow" hidden>Back to what is playing</button>
<footer class="deck" id="deck" role="region" aria-label="Player" inert>
  <div class="strip" id="strip">
    <input type="range" id="seek" min="0" max="1" step="1" value="0" aria-label="Position in the recording">
    <p class="tip" id="tip" aria-hidden="true" hidden></p>
  </div>
  <div class="controls">
    <button type="button" class="round" id="back" aria-label="Back 10 seconds"
      title="Back 10 seconds (J)">&minus;10</button>
    <button type="button" class="round play" id="play" aria-label="Play" title="Play or pause (space)">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path class="when-paused" d="M8 5v14l11-7z"/>
        <path class="when-playing" d="M7 5h4v14H7zM13 5h4v14h-4z"/></svg>
    </button>
    <button type="button" class="round" id="ahead" aria-label="Ahead 10 seconds"
      title="Ahead 10 seconds (L)">+10</button>
    <p class="clock"><span id="now">0:00</span><span class="of"> / <span id="end">0:00</span></span></p>
    <p class="here" id="here" dir="auto"></p>
    <label class="speed">Speed <select id="speed">
      <option value="0.75">0.75&times;</option><option value="1" selected>1&times;</option>
      <option value="1.25">1.25&times;</option><option value="1.5">1.5&times;</option>
      <option value="1.75">1.75&times;</option><option value="2">2&times;</option></select></label>
    <button type="button" class="copy" id="copy" title="Copy a link to this second (C)">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1 1"/>
        <path d="M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1-1"/></svg><span>Copy link</span></button>
    <button type="button" class="copy help" id="help" aria-label="Keyboard" title="Keyboard (?)">?</button>
  </div>
</footer>
<dialog id="keys" aria-labelledby="keys-title">
  <h2 id="keys-title">Keyboard</h2>
  <dl>
    <dt><kbd>Space</kbd> <kbd>K</kbd></dt><dd>Play or pause</dd>
    <dt><kbd>J</kbd> <kbd>L</kbd></dt><dd>Back or ahead 10 seconds</dd>
    <dt><kbd>&larr;</kbd> <kbd>&rarr;</kbd></dt><dd>Back or ahead 5 seconds</dd>
    <dt><kbd>P</kbd> <kbd>N</kbd></dt><dd>Previous or next chapter</dd>
    <dt><kbd>&uarr;</kbd> <kbd>&darr;</kbd></dt><dd>From line to line, <kbd>Enter</kbd> plays it</dd>
    <dt><kbd>/</kbd></dt><dd>Search in the transcript</dd>
    <dt><kbd>Enter</kbd> <kbd>Shift Enter</kbd></dt><dd>Next or previous match</dd>
    <dt><kbd>C</kbd></dt><dd>Copy a link to this second</dd>
  </dl>
  <button type="button" class="copy" id="keys-close">Close</button>
</dialog>
<p class="toast" id="toast" role="status" aria-live="polite"></p>
</body>
</html>
"""
)

_SORRY = Template(
    _HEAD
    + """</head>
<body>
<main class="sorry">
  <h1>$title</h1>
  <p>$words</p>
</main>
</body>
</html>
"""
)


def page_headers(*, frames: str | None = None, media: Sequence[str] = ()) -> dict[str, str]:
    """The headers of a page that may hold frames of one origin, and play sound from those of `media` beside ours."""
    rules = [_POLICY, " ".join((_OUR_MEDIA, *media)), *([f"frame-src {frames}"] if frames else [])]
    return HEADERS | {"Content-Security-Policy": "; ".join(rules)}


def player_page(title: str, token: str) -> str:
    """The page for one recap; its data is fetched by its script."""
    return _PAGE.substitute(title=escape(title), token=escape(token))


def unknown_page() -> str:
    """For a link that is none of ours, or whose recap was deleted: no telling which."""
    return _SORRY.substitute(
        title="There is nothing here", words="The recap may have been deleted, or the link is not complete."
    )


def expired_page() -> str:
    """For a link whose time is over."""
    return _SORRY.substitute(
        title="This link has run out",
        words="Links to recordings last a limited time. Press &ldquo;Full transcript&rdquo; under the recap in Slack: "
        "the times there open this page again.",
    )
