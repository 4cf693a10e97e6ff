"""Work in the hands of a process that is not up is taken over, by calls of the engine that are not all public."""

from __future__ import annotations

from tests.workflow.earshot import Earshot, until
from tests.workflow.tables import engine_rows, tables


async def test_what_nobody_living_works_on_is_taken_over_and_finished(bot: Earshot) -> None:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.0, hertz=960), "orphan.mp3")
    await bot.finished(ts)
    ((recap_id,),) = await tables(bot, "SELECT id FROM recaps WHERE thread_ts = :ts", ts=ts)

    async def state() -> tuple[str, str]:
        query = "SELECT status, executor_id FROM ~workflow_status WHERE workflow_uuid = :id"
        ((status, executor),) = await engine_rows(bot, query, id=recap_id)
        return status, executor

    async def finished() -> bool:
        return await state() == ("SUCCESS", "test")

    assert await until(finished)
    orphaned = "UPDATE ~workflow_status SET status = 'PENDING', executor_id = 'dead-1' WHERE workflow_uuid = :id"
    await engine_rows(bot, orphaned, id=recap_id)
    assert await state() == ("PENDING", "dead-1")
    assert await until(finished)
    assert len([m for m in await bot.replies(ts) if m["text"].startswith("Recap of")]) == 1
