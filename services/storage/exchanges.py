"""What was asked and answered, and what people thought of it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.storage.database import reads
from services.storage.schema import exchanges, feedback
from services.vocabulary.question import Answer, Exchange


class Exchanges:
    """The tables `exchanges` and `feedback`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reads(engine)

    async def add(self, exchange_id: str, *, recap_id: str, user: str, question: str, answer: Answer) -> None:
        """Keep a question with its answer; idempotent by id."""
        row = {"id": exchange_id, "recap_id": recap_id, "user": user, "question": question}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(exchanges).values(**row, answer=answer.model_dump(mode="json")))
        except IntegrityError:
            return

    async def of(self, recap_id: str, *, most: int = 6) -> tuple[Exchange, ...]:
        """The last exchanges about a recap, oldest first."""
        query = (
            select(exchanges.c.question, exchanges.c.answer)
            .where(exchanges.c.recap_id == recap_id)
            .order_by(exchanges.c.created_at.desc(), exchanges.c.id.desc())
            .limit(most)
        )
        async with self._reads.connect() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Exchange(question=question, answer=Answer.model_validate(answer).text) for question, answer in rows[::-1]
        )

    async def recap_of(self, exchange_id: str) -> str | None:
        """The id of the recap that an exchange is about, None for one that is not known."""
        async with self._reads.connect() as connection:
            query = select(exchanges.c.recap_id).where(exchanges.c.id == exchange_id)
            found: str | None = (await connection.execute(query)).scalar()
        return found

    async def ids(self, recap_id: str) -> list[str]:
        """The ids of all exchanges about a recap."""
        async with self._reads.connect() as connection:
            query = select(exchanges.c.id).where(exchanges.c.recap_id == recap_id)
            return list((await connection.execute(query)).scalars())

    async def forget_ratings(self, subjects: Collection[str]) -> None:
        """Remove what people thought of these recaps and answers."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(feedback).where(feedback.c.subject.in_(subjects)))

    async def rate(self, subject: str, *, team: str, user: str, value: str) -> None:
        """Keep a person's last verdict on a recap or an answer."""
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(feedback).where(feedback.c.subject == subject, feedback.c.user == user, feedback.c.team == team)
            )
            await connection.execute(insert(feedback).values(subject=subject, team=team, user=user, value=value))
