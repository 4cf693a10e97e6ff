"""oauth.*, auth.revoke and apps.uninstall: how tokens come and go."""

from __future__ import annotations

from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.methods.call import Call, Method


async def access(call: Call) -> JSON:
    """Exchange a code, or a refresh token, for tokens; client id and secret come as arguments or by HTTP basic."""
    args, oauth = call.args, call.slack.directory.oauth
    client, secret = args.text("client_id"), args.text("client_secret")
    grant_type = args.text("grant_type") or "authorization_code"
    if grant_type == "refresh_token":
        return oauth.refresh(client, secret, args.text("refresh_token") or "")
    if grant_type != "authorization_code":
        raise SlackError("invalid_grant_type")
    return oauth.exchange_code(client, secret, args.text("code") or "", args.text("redirect_uri"))


async def exchange(call: Call) -> JSON:
    """Exchange a token that does not expire for one that does."""
    args = call.args
    client, secret = args.text("client_id"), args.text("client_secret")
    given = args.text("token") or (call.caller.grant.token if call.caller.grant else "")
    return call.slack.directory.oauth.exchange_token(client, secret, given)


async def revoke(call: Call) -> JSON:
    """End the token that calls; with `test` only say that it could be ended."""
    if call.args.flag("test"):
        return {"revoked": False}
    grant = call.caller.grant
    if grant is None or grant.app is None:
        raise SlackError("not_bearer_token")
    call.slack.directory.installer.revoke(call.slack, grant)
    return {"revoked": True}


async def uninstall(call: Call) -> JSON:
    """Remove the app from the workspace of the token."""
    app = call.slack.directory.oauth.client(call.args.text("client_id"), call.args.text("client_secret"))
    if call.caller.grant is None or app.id != call.caller.grant.app:
        raise SlackError("client_id_token_mismatch")
    call.slack.directory.installer.uninstall(call.slack)
    return {}


METHODS: dict[str, Method] = {
    "oauth.v2.access": access,
    "oauth.v2.exchange": exchange,
    "auth.revoke": revoke,
    "apps.uninstall": uninstall,
}
