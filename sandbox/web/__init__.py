"""A stand-in for the web: YouTube under its own names, and a site of ordinary and hostile pages. Knows nothing of ours.

`async with replay() as web:` starts it on loopback. A program that goes out through `web.proxy` and trusts
`web.ca_bundle` reaches `www.youtube.com` here, unmodified; `web.pages` is the address of the other site.
"""

from sandbox.web.captions import Caption, Line, spoken
from sandbox.web.replay import Replay, replay
from sandbox.web.video import Video

__all__ = ["Caption", "Line", "Replay", "Video", "replay", "spoken"]
