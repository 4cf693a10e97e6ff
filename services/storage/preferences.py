"""What each person prefers."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import reads
from services.storage.schema import preferences
from services.vocabulary.preference import Preference


class Preferences:
    """The table `preferences`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)

    async def of(self, team: str, user: str) -> Preference:
        """What the person chose, or the default."""
        query = select(preferences).where(preferences.c.team == team, preferences.c.user == user)
        async with self._reads.connect() as connection:
            row = (await connection.execute(query)).one_or_none()
        return Preference(language=row.language, length=row.length, audio=row.audio) if row else Preference()

    async def choose(self, team: str, user: str, preference: Preference) -> None:
        """Keep what the person chose. The last one stands."""
        theirs = (preferences.c.team == team) & (preferences.c.user == user)
        change = update(preferences).where(theirs).values(preference.model_dump())
        try:
            async with self._engine.begin() as connection:
                if not (await connection.execute(change)).rowcount:
                    row = {"team": team, "user": user, **preference.model_dump()}
                    await connection.execute(insert(preferences).values(row))
        except IntegrityError:  # two presses at the same time
            async with self._engine.begin() as connection:
                await connection.execute(change)
