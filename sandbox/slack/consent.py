"""`/oauth/v2/authorize`: the page on which a person lets an app into a workspace, or does not."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.slack.errors import SlackError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.oauth import Consent

_PROBLEMS = {
    "invalid_client_id": "There is no app with this client_id.",
    "bad_redirect_uri": "The redirect_uri is none of those in the app's manifest.",
    "no_scopes": "The request names no scopes.",
    "invalid_consent": "This request was answered already. Start again from the app.",
    "user_not_found": "There is no such person.",
}
_MEANINGS = {
    "app_mentions:read": "See messages that mention it",
    "assistant:write": "Answer in its agent chat",
    "canvases:write": "Write canvases",
    "channels:history": "Read messages in public channels that it is in",
    "channels:join": "Join public channels",
    "channels:read": "See which public channels there are",
    "chat:write": "Send messages",
    "commands": "Add slash commands and shortcuts",
    "files:read": "Open files that were shared with it",
    "files:write": "Share files",
    "groups:history": "Read messages in private channels that it is in",
    "groups:read": "See which private channels it is in",
    "im:history": "Read direct messages with it",
    "im:read": "See who writes to it",
    "im:write": "Write to people first",
    "links:read": "See links to its own pages",
    "links:write": "Show previews of links to its own pages",
    "mpim:history": "Read group messages that it is in",
    "mpim:read": "See which group messages it is in",
    "reactions:read": "See reactions",
    "reactions:write": "React to messages",
    "team:read": "See the workspace's name",
    "users:read": "See who is in the workspace",
}
_STYLE = """
:root { color-scheme: light dark; --line: #0002; --soft: #0009; --card: #fff; --page: #f4ede4; --go: #4a154b }
@media (prefers-color-scheme: dark) {
  :root { --line: #fff2; --soft: #fffa; --card: #222529; --page: #121016; --go: #7c3085 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page);
  font: 16px/1.5 system-ui, sans-serif }
main { width: min(34rem, calc(100vw - 2rem)); margin: 1rem; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 30px #0001 }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3 }
label, h2 { display: block; margin: 1.25rem 0 .4rem; font-size: .95rem; font-weight: 600 }
select { width: 100%; padding: .6rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--soft); border-radius: 8px }
ul { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 8px }
li { padding: .5rem .8rem } li + li { border-top: 1px solid var(--line) }
code { font-size: .8rem; color: var(--soft) } li code { display: block }
footer { display: flex; justify-content: flex-end; gap: .75rem; margin-top: 1.75rem }
button { padding: .6rem 1.4rem; font: inherit; font-weight: 600; border: 1px solid var(--soft); border-radius: 8px;
  background: transparent; color: inherit; cursor: pointer }
button.go { background: var(--go); border-color: var(--go); color: #fff }
button:focus-visible, select:focus-visible { outline: 3px solid #1d9bd1; outline-offset: 2px }
p { color: var(--soft) }
"""


class ConsentPage:
    """Shows what an app asks for, and sends the browser back with the answer.

    The form carries a key that was made for this showing and works once, so that no other page can answer for the
    person.
    """

    def __init__(self, slack: LocalSlack) -> None:
        self._directory = slack.directory

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /oauth/v2/authorize`."""
        try:
            key, consent = self._directory.oauth.ask(dict(request.query))
        except SlackError as error:
            return _problem(error)
        # Chromium holds a form's redirects to form-action, too.
        after = urlsplit(consent.redirect_uri)
        return _page(self._form(key, consent), 200, f"'self' {after.scheme}://{after.netloc}")

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """Answer `POST /oauth/v2/authorize`."""
        form = await request.post()
        user = str(form.get("user", "")) if form.get("decision") == "allow" else None
        try:
            address = self._directory.oauth.decide(str(form.get("consent", "")), user)
        except SlackError as error:
            return _problem(error)
        raise web.HTTPFound(address)

    def _form(self, key: str, consent: Consent) -> str:
        name = html.escape(consent.app.manifest.name)
        scopes = "".join(_item(scope) for scope in consent.scopes)
        scopes += "".join(_item(scope, " as you") for scope in consent.user_scopes)
        return (
            f"<title>Install {name}</title><h1>{name} asks to be let into your workspace</h1>"
            f'<form method="post" action="/oauth/v2/authorize"><input type="hidden" name="consent" value="{key}">'
            f'<label for="user">Workspace, and who you are there</label>'
            f'<select id="user" name="user">{self._people(consent)}</select>'
            f"<h2>What {name} will be able to do</h2><ul>{scopes}</ul>"
            '<footer><button name="decision" value="cancel">Cancel</button>'
            '<button class="go" name="decision" value="allow">Allow</button></footer></form>'
        )

    def _people(self, consent: Consent) -> str:
        groups: list[str] = []
        for team_id, parts in self._directory.workspaces.items():
            if consent.team in {None, team_id}:
                label = html.escape(parts.workspace.team.name)
                options = [
                    f'<option value="{user.id}">{label}: {html.escape(user.real_name)}</option>'
                    for user in parts.workspace.people()
                ]
                groups.append(f'<optgroup label="{label}">{"".join(options)}</optgroup>')
        return "".join(groups)


def _item(scope: str, whose: str = "") -> str:
    """Return a scope in words, when they are known, with its name."""
    meaning = _MEANINGS.get(scope, "")
    return f"<li>{meaning}{whose if meaning else ''}<code>{html.escape(scope)}</code></li>"


def _problem(error: SlackError) -> web.Response:
    sentence = _PROBLEMS.get(error.code, "Something is wrong with this request.")
    body = f"<title>Not installed</title><h1>This did not work</h1><p>{sentence}</p><p><code>{error.code}</code></p>"
    return _page(body, 400, "'none'")


def _page(body: str, status: int, form_action: str) -> web.Response:
    policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    start = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><link rel="icon" href="/ear.svg">'
    start += f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style>'
    headers = {
        "Content-Security-Policy": f"{policy}; form-action {form_action}",
        "Cache-Control": "no-store",
        "X-Frame-Options": "DENY",
    }
    return web.Response(text=f"{start}<main>{body}</main>", content_type="text/html", status=status, headers=headers)
