"""What real Slack does beyond its machine-readable reference, with where that is known from."""

from __future__ import annotations

# The errors that Slack's documentation repeats on the page of every method; the scrape leaves them out.
GENERAL = frozenset(
    {
        "access_denied",
        "accesslimited",
        "account_inactive",
        "deprecated_endpoint",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "fatal_error",
        "internal_error",
        "invalid_arg_name",
        "invalid_arguments",
        "invalid_array_arg",
        "invalid_auth",
        "invalid_charset",
        "invalid_form_data",
        "invalid_json",
        "invalid_post_type",
        "json_not_object",
        "method_deprecated",
        "missing_post_type",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_implemented",
        "org_login_required",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)

# Seen from chat.postMessage: jenkinsci/slack-plugin#584 (malformed), slackapi/bolt-js#2307 (the parent is gone).
_THREADS = frozenset({"invalid_thread_ts", "thread_not_found"})
_IN_A_THREAD = (
    "chat.postMessage",
    "chat.scheduleMessage",
    "chat.startStream",
    "files.completeUploadExternal",
)
# The total of a message's blocks: slackapi/bolt-js#2509.
_BLOCKS = frozenset({"msg_blocks_too_long"})
ALSO_ANSWERED: dict[str, frozenset[str]] = {
    **dict.fromkeys(_IN_A_THREAD, _THREADS),
    # Its documentation page names them; invalid_attachments is shown in slackapi/node-slack-sdk#832.
    "chat.postMessage": _THREADS | {"msg_too_long", "invalid_attachments"},
    "chat.scheduleMessage": _THREADS | _BLOCKS,
    "chat.postEphemeral": _BLOCKS,
    "chat.update": _BLOCKS,
    # As conversations.history; bots in channels that they are not in see it daily.
    "conversations.replies": frozenset({"not_in_channel"}),
}

_ANYBODY = frozenset({"nobody", "bot", "user", "app"})
# What several methods check alike here, for those whose reference has no code of that name.
INSTEAD: dict[str, str] = {
    "is_archived": "channel_not_found",
    "not_in_channel": "channel_not_found",
    **dict.fromkeys(
        (
            "invalid_attachments",
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_cursor",
            "invalid_limit",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "invalid_thread_ts",
            "invalid_types",
            "markdown_text_conflict",
            "metadata_too_large",
            "msg_blocks_too_long",
            "msg_too_long",
            "thread_not_found",
            "too_many_attachments",
            "user_not_found",
        ),
        "invalid_arguments",
    ),
}

# A method without scopes says nothing about tokens in the reference. These are from its page.
TOKENS: dict[str, frozenset[str]] = {
    "api.test": _ANYBODY,
    "auth.test": frozenset({"bot", "user", "app"}),
    "auth.revoke": frozenset({"bot", "user"}),
    "apps.connections.open": frozenset({"app"}),
    "apps.event.authorizations.list": frozenset({"app"}),
    "blocks.validate": _ANYBODY,
    "functions.completeSuccess": frozenset({"bot"}),
    "functions.completeError": frozenset({"bot"}),
    "oauth.v2.access": _ANYBODY,
    "oauth.v2.exchange": _ANYBODY,
    "apps.uninstall": frozenset({"bot", "user"}),
    **dict.fromkeys(("oauth.access", "oauth.v2.user.access", "openid.connect.token"), _ANYBODY),
    "tooling.tokens.rotate": _ANYBODY,
    # A person's token is not one of the app's here, so only the app's own bot opens its views.
    **dict.fromkeys(("views.open", "views.push", "views.update", "views.publish"), frozenset({"bot"})),
}

# Arguments that the reference calls required and that another argument stands in for.
NOT_NEEDED = {
    # The official client sends chunks alone.
    ("chat.appendStream", "markdown_text"),
}

# Bounds of the reference that are not kept here, so that more can be tried.
UNBOUNDED = {
    # An empty file is taken, so that an app can be tried with one.
    ("files.getUploadURLExternal", "length"),
}
