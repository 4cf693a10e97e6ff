"""The states of installations under way: each answers for one visit of Slack's consent page, once."""

from __future__ import annotations

import secrets
import time

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.schema import oauth_states

LIFETIME_SECONDS = 600
"""How long somebody may look at the consent page."""


class OAuthStates:
    """The table `oauth_states`, shared by all processes, so that any of them can take the person back."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def issue(self) -> str:
        """A new state, which nobody can guess."""
        state, now = secrets.token_hex(32), time.time()
        async with self._engine.begin() as connection:
            await connection.execute(delete(oauth_states).where(oauth_states.c.expires_at < now))
            await connection.execute(insert(oauth_states).values(state=state, expires_at=now + LIFETIME_SECONDS))
        return state

    async def consume(self, state: str) -> bool:
        """Whether the state was ours, and neither used nor out of time; it is used now."""
        ours = (oauth_states.c.state == state) & (oauth_states.c.expires_at >= time.time())
        async with self._engine.begin() as connection:
            return bool((await connection.execute(delete(oauth_states).where(ours))).rowcount)
