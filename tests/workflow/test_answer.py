"""Questions in a recap's thread."""

from __future__ import annotations

import asyncio

from tests.workflow.earshot import Earshot, until


async def _recapped(bot: Earshot, hertz: float) -> str:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.0, hertz=hertz), "talk.mp3")
    await bot.finished(ts)
    await until(lambda: _attached(bot, ts))
    return ts


async def _attached(bot: Earshot, ts: str) -> bool:
    return len(await bot.replies(ts)) == 3


async def test_a_question_is_answered_with_the_second_that_proves_it(bot: Earshot) -> None:
    ts = await _recapped(bot, 700)
    await bot.ada.post(bot.general, "When will the lamp be replaced?", ts)
    answer = await bot.answered(ts, "The lamp will be replaced on the third of March")
    assert "#t=" in str(answer["blocks"])


async def test_what_the_recording_does_not_say_is_said_so(bot: Earshot) -> None:
    ts = await _recapped(bot, 710)
    await bot.ada.post(bot.general, "Were there elephants?", ts)
    await bot.reply_with(ts, "The recording does not say")


async def test_chatter_is_left_alone(bot: Earshot) -> None:
    ts = await _recapped(bot, 720)
    before = len(await bot.replies(ts))
    for words in ("thanks, great lamp!", "lol", "<@U0GRACE0001> when can you do it?"):
        await bot.ada.post(bot.general, words, ts)
    await asyncio.sleep(1.5)
    assert len(await bot.replies(ts)) == before


async def test_a_mention_in_the_thread_is_always_answered(bot: Earshot) -> None:
    ts = await _recapped(bot, 730)
    bot_user = bot.workspace.info["bot"]["user_id"]
    await bot.ada.post(bot.general, f"<@{bot_user}> the lamp", ts)
    await bot.answered(ts, "The lamp")


async def test_a_question_is_answered_once_however_often_it_comes(bot: Earshot) -> None:
    ts = await _recapped(bot, 740)
    await bot.workspace.fault(delivery="duplicate", times=2)
    await bot.ada.post(bot.general, "When will the lamp be replaced?", ts)
    await bot.answered(ts, "The lamp will be replaced on the third of March")
    await asyncio.sleep(1)
    assert sum("third of March" in reply["text"] for reply in await bot.replies(ts)) == 2, "the recap and one answer"


async def test_a_question_that_comes_early_waits_for_the_recap(bot: Earshot) -> None:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.0, hertz=750), "talk.mp3")
    await bot.ada.post(bot.general, "When will the lamp be replaced?", ts)
    await bot.answered(ts, "The lamp will be replaced on the third of March")
    assert not any("still listening" in reply["text"] for reply in await bot.replies(ts))


async def test_the_ask_button_asks_in_the_thread(bot: Earshot) -> None:
    ts = await _recapped(bot, 760)
    recap = (await bot.replies(ts))[0]
    await bot.ada.press(bot.general, recap["ts"], "recap_ask")
    (view,) = (await bot.ada.state())["views"]
    await bot.ada.submit(view["id"], {"question": {"question": {"type": "plain_text_input", "value": "Which lamp?"}}})
    await bot.reply_with(ts, "asks: Which lamp?")
    await bot.answered(ts, "The lamp")
