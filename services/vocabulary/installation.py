"""The app in one workspace."""

from __future__ import annotations

from pydantic import Field

from services.vocabulary.base import Value


class Installation(Value):
    """What a workspace gave us. `bot` is the app's `B...` there, `bot_user` its `U...`.

    `expires_at` is Unix time, None for a token that lasts. The tokens are left out of what is printed or logged.
    """

    team: str
    team_name: str = ""
    enterprise: str | None = None
    app: str = ""
    bot: str = ""
    bot_user: str
    scopes: tuple[str, ...] = ()
    installed_by: str = ""
    expires_at: float | None = None
    token: str = Field(repr=False)
    refresh_token: str | None = Field(default=None, repr=False)
