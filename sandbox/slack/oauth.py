"""Installing by OAuth: consents, codes and the tokens that they are exchanged for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from sandbox.slack.apps import App
from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.http_delivery import is_loopback
from sandbox.slack.ids import Ids
from sandbox.slack.issuing import Issuer, place_of
from sandbox.slack.model import User

if TYPE_CHECKING:
    from sandbox.slack.directory import Directory
    from sandbox.slack.local_slack import LocalSlack

# Slack's documentation.
_CODE_SECONDS = 600.0


@dataclass(frozen=True)
class Consent:
    """What an app asks for, before somebody says yes or no. `team` is the workspace that it would like, if any."""

    app: App
    redirect_uri: str
    state: str
    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...]
    team: str | None


@dataclass(frozen=True)
class _Code:
    consent: Consent
    seat: LocalSlack
    user: User
    made_at: float


class OAuth:
    """The consents that wait for an answer and the codes that wait for an exchange."""

    def __init__(self, directory: Directory, clock: Clock, ids: Ids) -> None:
        self._directory = directory
        self._clock = clock
        self._ids = ids
        self._issuer = Issuer(directory.tokens, clock)
        self._consents: dict[str, Consent] = {}
        self._codes: dict[str, _Code] = {}

    def ask(self, query: dict[str, str]) -> tuple[str, Consent]:
        """Check a request for authorization; return the key of the consent to be given, and the consent.

        Raises:
            SlackError: `invalid_client_id`, `bad_redirect_uri` or `no_scopes`.
        """
        app = self._app(query.get("client_id"))
        scopes, user_scopes = _names(query.get("scope")), _names(query.get("user_scope"))
        if not (scopes or user_scopes):
            raise SlackError("no_scopes")
        redirect_uri = _redirect(app, query.get("redirect_uri"))
        team = query.get("team") or None
        if team is not None and team not in self._directory.workspaces:
            team = None
        consent = Consent(app, redirect_uri, query.get("state", ""), scopes, user_scopes, team)
        key = self._ids.secret()
        self._consents[key] = consent
        return key, consent

    def decide(self, key: str, user: str | None) -> str:
        """Answer a consent, once, for `user` (None says no); return the address that the browser is sent to.

        Raises:
            SlackError: `invalid_consent`, `user_not_found`.
        """
        consent = self._consents.get(key)
        if consent is None:
            raise SlackError("invalid_consent")
        answer = {"error": "access_denied"} if user is None else {"code": self._new_code(consent, user)}
        del self._consents[key]
        return _with_query(consent.redirect_uri, {**answer, "state": consent.state})

    def _new_code(self, consent: Consent, user_id: str) -> str:
        found = self._directory.find_person(user_id)
        if found is None:
            raise SlackError("user_not_found")
        place, user = found
        team = place.workspace.team.id
        code = f"{team.lower()}.{secrets.token_hex(24)}"
        seat = self._directory.seat(team, consent.app.id)
        self._codes[code] = _Code(consent, seat, user, self._clock.now())
        return code

    def exchange_code(self, client_id: str | None, secret: str | None, code: str, redirect_uri: str | None) -> JSON:
        """Install the app and return its tokens.

        Raises:
            SlackError: `invalid_client_id`, `bad_client_secret`, `invalid_code`, `bad_redirect_uri`.
        """
        app = self.client(client_id, secret)
        known = self._codes.get(code)
        if known is None or known.consent.app is not app:
            raise SlackError("invalid_code")
        if redirect_uri is not None and redirect_uri != known.consent.redirect_uri:
            raise SlackError("bad_redirect_uri")
        del self._codes[code]
        if self._clock.now() - known.made_at > _CODE_SECONDS:
            raise SlackError("invalid_code")
        return self._install(known)

    def _install(self, code: _Code) -> JSON:
        seat, consent = code.seat, code.consent
        scopes = frozenset(consent.scopes)
        authed: JSON = {"id": code.user.id}
        answer: JSON = {}
        if scopes:
            known = seat.installation.scopes if seat.installation.active else frozenset()
            granted = None if known is None else known | scopes
            self._directory.installer.place(seat, granted, code.user.id)
            bot = seat.workspace.bot
            answer = {**self._issuer.issue(seat, "bot", bot.id, granted or scopes), "bot_user_id": bot.id}
        if consent.user_scopes:
            if not seat.installation.active:
                self._directory.installer.place(seat, frozenset(), code.user.id)
            authed |= self._issuer.issue(seat, "user", code.user.id, frozenset(consent.user_scopes))
        return {**answer, "authed_user": authed, **place_of(seat)}

    def refresh(self, client_id: str | None, secret: str | None, refresh_token: str) -> JSON:
        """Return a new token for a refresh token, which works once; the token before stays valid until it expires.

        Raises:
            SlackError: `invalid_client_id`, `bad_client_secret`, `invalid_refresh_token`.
        """
        app = self.client(client_id, secret)
        grant = self._directory.tokens.exchange(refresh_token, app.id)
        seat = self._directory.seat(grant.team, app.id)
        return self._issuer.renew(seat, grant)

    def exchange_token(self, client_id: str | None, secret: str | None, token: str) -> JSON:
        """Turn a token that never expires into one that does; raises `token_rotation_not_enabled` and the like."""
        app = self.client(client_id, secret)
        grant = self._directory.tokens.peek(token)
        if grant is None or grant.app != app.id or grant.ended or grant.kind == "app":
            raise SlackError("invalid_token")
        if not app.manifest.token_rotation:
            raise SlackError("token_rotation_not_enabled")
        if grant.expires is not None:
            raise SlackError("token_already_exchanged")
        answer = self._issuer.renew(self._directory.seat(grant.team, app.id), grant)
        grant.ended = "token_revoked"
        return answer

    def client(self, client_id: str | None, secret: str | None) -> App:
        """Return the app with these credentials; raises `invalid_client_id` or `bad_client_secret`."""
        app = self._app(client_id)
        if not secrets.compare_digest((secret or "").encode(), app.credentials.client_secret.encode()):
            raise SlackError("bad_client_secret")
        return app

    def _app(self, client_id: str | None) -> App:
        for app in self._directory.apps.values():
            if app.credentials.client_id == client_id:
                return app
        raise SlackError("invalid_client_id")


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in (listed or "").replace(" ", ",").split(",") if name.strip()))


def _redirect(app: App, wanted: str | None) -> str:
    """Return where the browser goes afterwards: an address below one of the manifest's, or on this machine."""
    known = app.manifest.redirect_urls
    if known is None:
        if wanted is None or not is_loopback(wanted):
            raise SlackError("bad_redirect_uri")
        return wanted
    if wanted is None and known:
        return known[0]
    if wanted is None or not any(wanted == url or wanted.startswith(url.rstrip("/") + "/") for url in known):
        raise SlackError("bad_redirect_uri")
    return wanted


def _with_query(url: str, values: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(values)) if part)
    return urlunsplit(parts._replace(query=query))
