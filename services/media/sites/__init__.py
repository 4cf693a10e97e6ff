"""Sites that yt-dlp knows, and pages with a recording: read by a child under limits, through the gate only."""

from services.media.sites.found import CaptionFile, Found
from services.media.sites.reasons import Reason, Refused, Unavailable
from services.media.sites.sites import Release, Sites

__all__ = ["CaptionFile", "Found", "Reason", "Refused", "Release", "Sites", "Unavailable"]
