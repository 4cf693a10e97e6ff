"""What Slack says about a file, read: where its bytes are, or who can do what about not getting them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.vocabulary.errors import EarshotError, OperatorError, RetryableError, UserError

_GONE = "That file is no longer in Slack: please share it again."
_HIDDEN = "Slack hides that file because the workspace is over the limit of its plan: please upload it again."
_UNSEEN = "I may not open that file: please share it in a channel that I am in, or send it to me directly."
_ELSEWHERE = (
    "That file is only linked in Slack and kept somewhere else: please download it there and upload it here as a file."
)
_NO_RECORDING = "That is a document of Slack's own, not a recording: please share audio or video."

_PERSON = {
    "file_not_found": _GONE,
    "file_deleted": _GONE,
    "access_denied": _UNSEEN,
    "not_visible": _UNSEEN,
    "no_permission": _UNSEEN,
    "slack_connect_canvas_sharing_blocked": _NO_RECORDING,
}
_TIME = {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
_MODES = {"tombstone": _GONE, "hidden_by_limit": _HIDDEN, "external": _ELSEWHERE} | dict.fromkeys(
    ("space", "canvas", "quip", "list", "email", "post", "docs"), _NO_RECORDING
)


def refusal(error: str) -> EarshotError:
    """What an error of `files.info` means, by who acts. An empty one: no answer of Slack, but of a server before it."""
    if error in _PERSON:
        return UserError(_PERSON[error])
    if not error or error in _TIME:
        return RetryableError(f"Slack cannot tell about the file now: {error or 'no answer'}")
    return OperatorError(f"Slack refuses files.info with {error!r}: check SLACK_BOT_TOKEN and its scope files:read")


def download_url(file: Mapping[str, Any]) -> str:
    """Where the bytes of a file object are. Raises UserError, or RetryableError while Slack is still working on it."""
    if sentence := _MODES.get(str(file.get("mode"))):
        raise UserError(sentence)
    if file.get("file_access") in _PERSON:
        raise UserError(_PERSON[file["file_access"]])
    if file.get("is_external"):
        raise UserError(_ELSEWHERE)
    url = file.get("url_private_download") or file.get("url_private")
    if not url:
        raise RetryableError("Slack has not made the file ready yet")
    return str(url)
