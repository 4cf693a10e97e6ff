"""Cancel, retry, delete; and the other ways to call."""

from __future__ import annotations

import asyncio

import pytest

from tests.workflow.earshot import Earshot, until


async def _share(bot: Earshot, hertz: float) -> str:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.0, hertz=hertz), "talk.mp3")
    return ts


async def _first_reply(bot: Earshot, ts: str) -> dict[str, str]:
    return (await until(lambda: bot.replies(ts)))[0]


async def test_a_failed_recap_is_driven_again_from_the_thread(bot: Earshot) -> None:
    await bot.workspace.fault(method="download", status=403, times=1)
    ts = await _share(bot, 810)
    failed = (await bot.finished(ts))[0]
    assert await bot.reaction(ts) == {"warning"}
    await bot.ada.press(bot.general, failed["ts"], "recap_retry")
    await bot.reply_with(ts, "Recap of talk")
    await until(lambda: _marked_done(bot, ts))
    assert (await bot.replies(ts))[0]["ts"] == failed["ts"], "the same message became the recap"


async def _marked_done(bot: Earshot, ts: str) -> bool:
    return await bot.reaction(ts) == {"white_check_mark"}


async def test_delete_takes_everything_of_a_recap_away(bot: Earshot) -> None:
    ts = await _share(bot, 820)
    recap = (await bot.finished(ts))[0]
    await bot.ada.post(bot.general, "When will the lamp be replaced?", ts)
    await bot.answered(ts, "The lamp will be replaced on the third of March")
    await bot.ada.press(bot.general, recap["ts"], "recap_delete")

    async def gone() -> bool:
        return not await bot.replies(ts)

    await until(gone)
    await bot.ada.post(bot.general, "When will the lamp be replaced?", ts)
    await asyncio.sleep(1)
    assert not await bot.replies(ts), "the thread is no longer ours"


async def test_only_who_shared_a_recording_can_delete_its_recap(bot: Earshot) -> None:
    ts = await _share(bot, 830)
    recap = (await bot.finished(ts))[0]
    grace = bot.workspace.person("grace")
    await grace.press(bot.general, recap["ts"], "recap_delete")
    await asyncio.sleep(1)
    assert await bot.replies(ts)
    assert "can delete" in str(await grace.state())


async def test_feedback_is_kept_and_the_transcript_opens(bot: Earshot) -> None:
    ts = await _share(bot, 840)
    recap = (await bot.finished(ts))[0]
    answer = await bot.ada.press(bot.general, recap["ts"], "feedback", value=_feedback_value(recap))
    assert answer["ok"]
    await bot.ada.press(bot.general, recap["ts"], "recap_transcript")
    assert "lighthouse" in str((await bot.ada.state())["views"])


def _feedback_value(recap: dict[str, object]) -> str:
    return str(recap["blocks"]).split("'value': 'good|")[1].split("'")[0].join(("good|", ""))


async def test_the_command_explains_itself(bot: Earshot) -> None:
    answer = await bot.ada.command(bot.general, "/summarize", "help")
    assert "Paste a link or share a file" in str(answer)


async def test_a_command_is_heard_while_a_connection_is_away(bot: Earshot) -> None:
    if bot.settings.slack_app_token is None:
        pytest.skip("over HTTP there is no connection")
    await until(lambda: _connected_twice(bot))
    await bot.workspace.control("disconnect", most=1, hard=True)
    answer = await bot.ada.command(bot.general, "/summarize", "help")
    assert "Paste a link or share a file" in str(answer)


async def _connected_twice(bot: Earshot) -> bool:
    return bool((await bot.ada.state())["app"]["connections"] == 2)


async def _link(bot: Earshot, channel: str, ts: str) -> str:
    return str((await bot.ada.client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])


async def test_the_command_recaps_what_a_link_points_at_in_its_own_thread(bot: Earshot) -> None:
    research = bot.workspace.channel("research")
    _, ts = await bot.ada.share(research, await bot.tone(3.0, hertz=850), "elsewhere.bin")
    await bot.ada.command(bot.general, "/summarize", await _link(bot, research, ts))

    async def recapped() -> bool:
        return any(m["text"].startswith("Recap of") for m in await bot.replies(ts, research))

    assert await until(recapped)


async def test_the_command_finds_nothing_where_the_person_may_not_look(bot: Earshot) -> None:
    """The bot is in #research and so could read it; Katherine is not, so for her there is nothing."""
    research = bot.workspace.channel("research")
    _, ts = await bot.ada.share(research, await bot.tone(3.0, hertz=855), "secret.bin")
    outsider = bot.workspace.person(_outsider(bot, research))
    direct = await outsider.direct(bot.workspace.info["bot"]["user_id"])
    await outsider.command(direct, "/summarize", await _link(bot, research, ts))

    async def told() -> bool:
        return "no recording there" in str((await outsider.state())["ephemeral"])

    assert await until(told)
    assert not await bot.replies(ts, research)


def _outsider(bot: Earshot, channel: str) -> str:
    members = next(c["members"] for c in bot.workspace.info["channels"] if c["id"] == channel)
    return next(str(user["name"]) for user in bot.workspace.info["users"] if user["id"] not in members)


async def test_where_the_bot_is_no_member_it_says_so_in_private(bot: Earshot) -> None:
    random = bot.workspace.channel("random")
    _, ts = await bot.ada.share(random, await bot.tone(3.0, hertz=857), "there.mp3")
    await bot.ada.shortcut("summarize_message", random, ts)

    async def told() -> bool:
        return "invite" in str((await bot.ada.state())["ephemeral"].get(random))

    assert await until(told)


async def test_a_shortcut_recaps_a_message(bot: Earshot) -> None:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.0, hertz=860), "notes.bin")
    await asyncio.sleep(0.5)
    assert not await bot.replies(ts), "an unknown kind of file is left alone"
    await bot.ada.shortcut("summarize_message", bot.general, ts)
    await bot.reply_with(ts, "Recap of")


async def test_a_mention_without_a_recording_explains_privately(bot: Earshot) -> None:
    await bot.ada.post(bot.general, f"<@{bot.workspace.info['bot']['user_id']}> hello")

    async def told() -> bool:
        return "Paste a link or share a file" in str((await bot.ada.state())["ephemeral"])

    assert await until(told)
