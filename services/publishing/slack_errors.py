"""Slack's errors, sorted into ours by who acts. What is in no list is our own mistake and goes through unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from services.vocabulary.errors import EarshotError, OperatorError, RetryableError, UserError

_NOT_A_MEMBER = "I am not in that channel. Type /invite @Earshot there, then try again."
_NOT_ALLOWED = "This channel does not let me post. Ask its admins to allow it, or share the recording in another one."
_NO_UPLOADS = "This workspace does not take files from apps, so I cannot attach the audio and the transcript."
_TOO_LATE = "That took too long, and Slack closed the door. Please press it once more."

_PERSON = {
    "not_in_channel": _NOT_A_MEMBER,
    "channel_not_found": _NOT_A_MEMBER,
    "user_not_in_channel": "I can only answer people who are in this channel. Join it, then try again.",
    "is_archived": "This channel is archived, so nobody can post in it. Share the recording in another one.",
    "is_inactive": "This channel is archived, so nobody can post in it. Share the recording in another one.",
    "restricted_action": _NOT_ALLOWED,
    "restricted_action_read_only_channel": _NOT_ALLOWED,
    "restricted_action_thread_only_channel": _NOT_ALLOWED,
    "restricted_action_non_threadable_channel": _NOT_ALLOWED,
    "restricted_action_thread_locked": "This thread is locked, so I cannot post in it. Share the recording again.",
    "thread_locked": "This thread is locked, so I cannot post in it. Share the recording again.",
    "cannot_reply_to_message": "Slack takes no replies to that message. Share the recording in a message of its own.",
    "posting_to_channel_denied": _NOT_ALLOWED,
    "file_uploads_disabled": _NO_UPLOADS,
    "file_uploads_except_images_disabled": _NO_UPLOADS,
    "slack_connect_file_upload_sharing_blocked": _NO_UPLOADS,
    "file_type_not_allowed": "This workspace does not allow files of this kind, so they are not attached.",
    "file_upload_size_restricted": "This workspace does not allow files of this size, so they are not attached.",
    "storage_limit_reached": "This workspace has no room for more files, so they are not attached.",
    "expired_trigger_id": _TOO_LATE,
    "exchanged_trigger_id": _TOO_LATE,
}
_OPERATOR = {
    "invalid_auth": "set SLACK_BOT_TOKEN to a valid bot token",
    "not_authed": "set SLACK_BOT_TOKEN",
    "token_revoked": "install the app again and set the new SLACK_BOT_TOKEN",
    "token_expired": "install the app again and set the new SLACK_BOT_TOKEN",
    "account_inactive": "install the app again and set the new SLACK_BOT_TOKEN",
    "not_allowed_token_type": "use the bot token (xoxb-), not another kind",
    "no_permission": "install the app again with the scopes of manifest.yml",
    "app_access_restricted": "ask an admin of the workspace to allow the app",
    "org_login_required": "ask an admin of the organization to allow the app",
    "team_access_not_granted": "ask an admin of the organization to allow the app in this workspace",
    "ekm_access_denied": "ask an admin of the organization to restore its encryption keys",
    "messages_tab_disabled": "turn on the Messages tab in the app's settings, as manifest.yml does",
}
_TIME = {
    "ratelimited", "rate_limited", "message_limit_exceeded", "fatal_error", "internal_error", "service_unavailable",
    "request_timeout", "team_added_to_org", "update_failed", "external_channel_migrating", "file_update_failed",
    "streaming_state_conflict",
}  # fmt: skip
# With these Slack may have done what was asked.
_UNSURE = {"fatal_error", "internal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
_THROTTLED = 429
# Where a limit comes without its seconds.
_USUAL_PAUSE = 1.0
_SERVER_ERROR = 500


def answer_of(error: SlackApiError) -> dict[str, Any]:
    """What Slack answered; empty where that was not JSON."""
    answer = getattr(error.response, "data", error.response)
    return answer if isinstance(answer, dict) else {}


def code_of(error: BaseException | None) -> str:
    """Slack's own word for an error, also for one that was translated; empty where there is none."""
    cause = error if isinstance(error, SlackApiError) else getattr(error, "__cause__", None)
    return str(answer_of(cause).get("error", "")) if isinstance(cause, SlackApiError) else ""


def refused(error: BaseException) -> bool:
    """Whether Slack said no for sure, so that nothing was written."""
    code = code_of(error)
    return bool(code) and code not in _UNSURE


def retry_after(error: SlackApiError) -> float | None:
    """The seconds that Slack asks to wait; None where it refused for another reason."""
    if getattr(error.response, "status_code", getattr(error.response, "status", 0)) != _THROTTLED:
        return None
    headers = {name.lower(): value for name, value in dict(getattr(error.response, "headers", {})).items()}
    try:
        return max(0.0, float(headers.get("retry-after", _USUAL_PAUSE)))
    except ValueError:
        return _USUAL_PAUSE


@contextmanager
def slack_errors() -> Iterator[None]:
    """Translate what the SDK raises inside: UserError, RetryableError, OperatorError, else the SDK's own error."""
    try:
        yield
    except SlackApiError as error:
        translated = _translated(error)
        if translated is None:
            raise
        raise translated from error
    except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
        raise RetryableError("Slack cannot be reached") from error


def _translated(error: SlackApiError) -> EarshotError | None:
    answer = answer_of(error)
    code = str(answer.get("error", ""))
    status = getattr(error.response, "status_code", getattr(error.response, "status", 0))
    if code == "missing_scope":
        needed = answer.get("needed", "?")
        return OperatorError(f"the bot token lacks the scope {needed}; add it and install the app again")
    if code in _OPERATOR:
        return OperatorError(f"Slack answered {code}: {_OPERATOR[code]}")
    if code in _PERSON:
        return UserError(_PERSON[code])
    if code in _TIME or status == _THROTTLED or status >= _SERVER_ERROR or not code:
        return RetryableError(f"Slack answered {code or status}")
    return None
