"""The pages that a person sees who installs the app. Pure."""

from __future__ import annotations

from html import escape

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto 0;padding:0 1.5rem}"
    "h1{font-size:1.5rem}"
    "a.button{display:inline-block;padding:.7rem 1.2rem;border-radius:.5rem;background:#4a154b;color:#fff;"
    "font-weight:600;text-decoration:none}a.button:focus-visible{outline:3px solid #1264a3;outline-offset:2px}"
)
_REASONS = {
    "access_denied": "You chose not to let Earshot in, so nothing was installed.",
    "invalid_browser": "This is not the browser that the installation was begun in, or it took too long.",
    "invalid_state": "It took too long, or this page was opened a second time.",
    "missing_code": "Slack sent you back without its answer.",
    "invalid_code": "Slack did not confirm the installation.",
    "organization": "Earshot is installed in one workspace at a time. Choose a workspace, not the whole organization.",
    "trouble": "Something went wrong on our side, and nothing was installed. Try again in a few minutes.",
}


def install_page(url: str, scopes: int) -> str:
    """Where an installation begins: a button that leads to Slack's consent page at `url`."""
    return _page(
        "Add Earshot to Slack",
        "<p>Earshot hears your recordings out and posts what was said, with the second it was said at. "
        f"Slack shows you the {scopes} permissions that it asks for before anything is installed.</p>"
        f'<p><a class="button" href="{escape(url)}">Add to Slack</a></p>',
    )


def success_page(team: str, url: str) -> str:
    """The app is in the workspace of that name; `url` opens it in Slack."""
    return _page(
        f"Earshot is in {team or 'your workspace'} now",
        "<p>Invite it to a channel with <strong>/invite @Earshot</strong>, then share a recording there.</p>"
        f'<p><a class="button" href="{escape(url)}">Open Slack</a></p>',
    )


def failure_page(reason: str, install_path: str) -> str:
    """Nothing was installed. `reason` is Bolt's or Slack's word for why, or `organization`, or `trouble`."""
    sentence = _REASONS.get(reason, f"Slack says: {reason}.")
    again = f'<p><a class="button" href="{escape(install_path)}">Start again</a></p>'
    return _page("Earshot was not installed", f"<p>{escape(sentence)}</p>{again}")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
