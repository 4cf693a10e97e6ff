"""What is deleted by the button, what retention deletes, and what is said where the engine gave up."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from services.workflows.rows import ids_below
from tests.slack.local_workspace import JSON
from tests.workflow.earshot import Earshot, until
from tests.workflow.tables import engine_rows, tables

_LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


async def _recapped(bot: Earshot, hertz: float, sound: bytes | None = None) -> tuple[str, JSON]:
    _, ts = await bot.ada.share(bot.general, sound or await bot.tone(3.0, hertz=hertz), f"{hertz:.0f}.mp3")
    recap = (await bot.finished(ts))[0]
    await until(lambda: _attached(bot, ts))
    return ts, recap


async def _recapped_again(bot: Earshot, sound: bytes) -> JSON:
    """A second recap of the same recording in the channel is made where somebody wants it all the same."""
    _, ts = await bot.ada.share(bot.general, sound, "again.mp3")
    pointer = await bot.reply_with(ts, "already")
    await bot.ada.press(bot.general, pointer["ts"], "recap_retry")
    await bot.finished(ts)
    return (await bot.replies(ts))[0]


async def _attached(bot: Earshot, ts: str) -> bool:
    return len(await bot.replies(ts)) >= 3


async def _ask(bot: Earshot, ts: str) -> None:
    await bot.ada.post(bot.general, "When will the lamp be replaced?", ts)
    await bot.answered(ts, "The lamp will be replaced on the third of March")


def _recap_id(recap: JSON) -> str:
    return str(recap["blocks"]).split("'value': 'good|")[1].split("'")[0]


def _blobs(bot: Earshot, media: str) -> list[str]:
    """The blobs that were made of a recording, and its own."""
    folder = bot.settings.data_dir / "blobs"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and media in str(path))


async def _media_of(bot: Earshot, recap_id: str) -> str:
    record = await bot.inside.parts.library._recaps.get(recap_id)
    assert record is not None
    assert record.media is not None
    return record.media.id


async def _receipt(bot: Earshot, ts: str) -> str:
    async def look() -> str:
        shown = (await bot.ada.state())["ephemeral"].get(bot.general, ())
        mine = [m["text"] for m in shown if m.get("thread_ts") == ts]
        return next((text for text in mine if "Deleted for good" in text), "")

    return await until(look)


async def test_delete_forgets_at_once_and_hands_a_receipt(bot: Earshot) -> None:
    ts, recap = await _recapped(bot, 910)
    await _ask(bot, ts)
    recap_id = _recap_id(recap)
    media = await bot.inside.do(_media_of(bot, recap_id))
    assert len(await asyncio.to_thread(_blobs, bot, media)) == 5
    await bot.ada.press(bot.general, recap["ts"], "recap_delete")
    receipt = await _receipt(bot, ts)
    for part in ("1 recording", "1 transcript", "1 summary", "1 spoken version", "1 answer", "2 messages", "4 files"):
        assert part in receipt
    assert await asyncio.to_thread(_blobs, bot, media) == []
    kept = await bot.inside.do(ids_below([recap_id]))
    assert [each for each in kept if ":delete:" not in each] == [], "only the deletion itself is on record"
    rows = await tables(bot, "SELECT request, media, narration FROM recaps WHERE id = :id", id=recap_id)
    assert str(rows[0][0]) in {"{}", str({})}
    assert rows[0][1] in {None, "null"}
    assert rows[0][2] in {None, "null"}, "what was spoken is in it, sentence by sentence"


async def test_what_another_recap_rests_on_stays(bot: Earshot) -> None:
    sound = await bot.tone(3.0, hertz=920)
    _, first = await _recapped(bot, 920, sound)
    second = await _recapped_again(bot, sound)
    media = await bot.inside.do(_media_of(bot, _recap_id(first)))
    before = await asyncio.to_thread(_blobs, bot, media)
    await bot.ada.press(bot.general, first["ts"], "recap_delete")

    async def told() -> bool:
        return "same recording" in str((await bot.ada.state())["ephemeral"])

    await until(told)
    assert await asyncio.to_thread(_blobs, bot, media) == before
    await bot.ada.press(bot.general, second["ts"], "recap_delete")

    async def gone() -> bool:
        return not await asyncio.to_thread(_blobs, bot, media)

    assert await until(gone)


async def test_retention_forgets_what_is_old_and_nothing_else(bot: Earshot) -> None:
    old_ts, old = await _recapped(bot, 930)
    await _ask(bot, old_ts)
    _, young = await _recapped(bot, 931)
    old_id, young_id = _recap_id(old), _recap_id(young)
    medias = [await bot.inside.do(_media_of(bot, each)) for each in (old_id, young_id)]
    await tables(bot, "UPDATE recaps SET created_at = :then WHERE id = :id", then=_at(bot), id=old_id)
    moment = int(_LONG_AGO.timestamp() * 1000)
    await engine_rows(
        bot, "UPDATE ~workflow_status SET created_at = :then WHERE workflow_uuid = :id", then=moment, id=old_id
    )
    await bot.inside.do(bot.inside.parts.keeping.retain(_LONG_AGO + timedelta(days=1)))

    async def forgotten() -> bool:
        return not await tables(bot, "SELECT id FROM recaps WHERE id = :id", id=old_id)

    assert await until(forgotten)
    for table, column in (("exchanges", "recap_id"), ("feedback", "subject")):
        assert not await tables(bot, f"SELECT * FROM {table} WHERE {column} = :id", id=old_id)  # noqa: S608
    assert not await tables(bot, "SELECT key FROM posts WHERE key LIKE :id", id=f"{old_id}:%")
    assert await asyncio.to_thread(_blobs, bot, medias[0]) == []
    assert len(await asyncio.to_thread(_blobs, bot, medias[1])) == 5

    async def engine_knows_the_young_alone() -> bool:
        known = await bot.inside.do(ids_below([old_id, young_id]))
        return young_id in known and old_id not in known

    assert await until(engine_knows_the_young_alone), "a workflow ends a moment after its last post"
    assert await bot.replies(old_ts), "how long messages stay in Slack is the workspace's own setting"


def _at(bot: Earshot) -> Any:
    return _LONG_AGO if bot.settings.database_url else "2001-01-01 00:00:00"


async def test_work_that_ended_every_process_is_said_to_have_failed(bot: Earshot) -> None:
    ts, recap = await _recapped(bot, 940)
    recap_id = _recap_id(recap)
    await tables(bot, "UPDATE recaps SET status = 'running' WHERE id = :id", id=recap_id)
    poisoned = "UPDATE ~workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' WHERE workflow_uuid = :id"
    await engine_rows(bot, poisoned, id=recap_id)
    await bot.inside.do(bot.inside.parts.keeping._bury())
    failed = await bot.reply_with(ts, "Something went wrong on my side")
    assert failed["ts"] == recap["ts"]

    async def marked() -> bool:
        return "warning" in await bot.reaction(ts)

    await until(marked)
    await bot.ada.press(bot.general, failed["ts"], "recap_retry")
    await bot.reply_with(ts, "Recap of 940")


async def test_what_stands_still_is_reported_once(bot: Earshot) -> None:
    _, recap = await _recapped(bot, 950)
    recap_id = _recap_id(recap)
    watch = bot.inside.parts.keeping._watch
    await bot.inside.do(watch.look(()))  # what has moved until now
    then: Any = datetime.now(UTC) - timedelta(hours=2)
    if bot.settings.database_url is None:
        then = then.strftime("%Y-%m-%d %H:%M:%S")
    await tables(bot, "UPDATE recaps SET status = 'running', changed_at = :t WHERE id = :id", t=then, id=recap_id)
    await bot.inside.do(watch.look(()))
    assert watch._alarmed == {recap_id}
    assert "earshot_work_still 1.0" in bot.inside.parts.metrics.page().decode()
    await tables(bot, "UPDATE recaps SET status = 'done' WHERE id = :id", id=recap_id)
    await bot.inside.do(watch.look(()))
    assert watch._alarmed == set()
