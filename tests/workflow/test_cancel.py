"""Cancel stops the work at once, and what was stopped can be started again."""

from __future__ import annotations

import asyncio

from tests.workflow.earshot import Earshot, until


async def test_cancel_stops_and_start_again_finishes(bot: Earshot) -> None:
    _, ts = await bot.ada.share(bot.general, await bot.tone(40.0), "long.mp3")
    working = await bot.reply_with(ts, "listening")
    await bot.ada.press(bot.general, working["ts"], "recap_cancel")
    stopped = await bot.reply_with(ts, "Stopped", seconds=10)
    assert stopped["ts"] == working["ts"]
    await asyncio.sleep(4)
    assert "Stopped" in (await bot.replies(ts))[0]["text"], "no late edit may overwrite it"

    async def unmarked() -> bool:
        return not await bot.reaction(ts)

    assert await until(unmarked)
    await bot.ada.press(bot.general, stopped["ts"], "recap_retry")
    await bot.finished(ts)
    assert (await bot.replies(ts))[0]["text"].startswith("Recap of long")


async def test_who_waits_in_line_sees_the_place_and_is_served_in_order(bot: Earshot) -> None:
    shares = []
    for hertz in (500, 510, 520):
        _, ts = await bot.ada.share(bot.general, await bot.tone(40.0, hertz=hertz), f"{hertz:.0f}.mp3")
        shares.append(ts)

    async def waiting() -> bool:
        return "in line" in str(await bot.replies(shares[2]))

    assert await until(waiting)
    order: list[str] = []

    async def all_done() -> bool:
        for ts in shares:
            if ts not in order and "white_check_mark" in await bot.reaction(ts):
                order.append(ts)
        return len(order) == len(shares)

    await until(all_done, seconds=40)
    assert order == shares


async def test_a_question_overtakes_the_recordings_in_line(bot: Earshot) -> None:
    _, done = await bot.ada.share(bot.general, await bot.tone(3.0, hertz=540), "again.mp3")
    await bot.finished(done)
    _, busy = await bot.ada.share(bot.general, await bot.tone(40.0, hertz=530), "busy.mp3")
    await bot.ada.post(bot.general, "When will the lamp be replaced?", done)
    await bot.answered(done, "The lamp will be replaced on the third of March")
    assert "white_check_mark" not in await bot.reaction(busy)
    await bot.finished(busy)
