"""One recap of a recording in a channel: a repeat is pointed to the first."""

from __future__ import annotations

import asyncio

from tests.replay import AUTOMATIC, CAPTIONED, ENDED, WATCH
from tests.workflow.channels import new_channel, pointed, recapped
from tests.workflow.earshot import Earshot, until

_LINK = WATCH + CAPTIONED.id


async def _permalink(bot: Earshot, channel: str, ts: str) -> str:
    return str((await bot.ada.client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])


async def test_the_same_link_again_is_pointed_to_the_first_recap_and_recapped_on_request(bot: Earshot) -> None:
    bot.outside.add(CAPTIONED)
    channel = await new_channel(bot, "repeats", "grace")
    first = await recapped(bot, channel, await bot.ada.post(channel, _LINK))
    ts = await bot.workspace.person("grace").post(channel, f"seen this? https://youtu.be/{CAPTIONED.id}?t=3")
    pointer = await pointed(bot, channel, ts)
    assert "Offline mode" in pointer["text"]
    link = (await _permalink(bot, channel, first["ts"])).replace("&", "&amp;")
    assert link in str(pointer["blocks"])
    assert len(await bot.replies(ts, channel)) == 1
    await bot.ada.press(channel, pointer["ts"], "recap_retry")
    again = await recapped(bot, channel, ts)
    assert again["ts"] == pointer["ts"], "the recap takes the place of the pointer"


async def test_the_same_bytes_under_another_name_are_pointed_to_the_first_recap(bot: Earshot) -> None:
    channel = await new_channel(bot, "same-bytes")
    sound = await bot.tone(3.0, hertz=1301)
    _, one = await bot.ada.share(channel, sound, "monday.mp3")
    await recapped(bot, channel, one)
    _, two = await bot.ada.share(channel, sound, "tuesday.mp3")
    pointer = await pointed(bot, channel, two)
    assert "monday" in pointer["text"]
    assert [m["text"] for m in await bot.replies(two, channel)] == [pointer["text"]]
    await bot.ada.post(channel, "When will the lamp be replaced?", two)
    await bot.ada.post(channel, "When will the lamp be replaced?", one)

    async def answered() -> bool:
        return any("third of March" in m["text"] for m in await bot.replies(one, channel))

    await until(answered)
    assert len(await bot.replies(two, channel)) == 1, "the thread of a repeat is nobody's"


async def test_of_two_who_paste_at_once_one_gets_the_recap_and_the_other_the_pointer(bot: Earshot) -> None:
    bot.outside.add(AUTOMATIC)
    await bot.workspace.fault(delivery="duplicate", times=4)
    channel = await new_channel(bot, "at-once", "grace")
    grace = bot.workspace.person("grace")
    pasted = await asyncio.gather(*(who.post(channel, WATCH + AUTOMATIC.id) for who in (bot.ada, grace)))

    async def both() -> list[list[str]] | None:
        threads = [[m["text"] for m in await bot.replies(ts, channel) if not m.get("files")] for ts in pasted]
        said = {thread[0].split(" ")[0] for thread in threads if thread}
        return threads if "Recap" in said and len(said) > 1 else None

    threads = await until(both)
    assert threads is not None
    assert sorted(map(len, threads)) == [1, 1], threads


async def test_what_failed_or_was_deleted_makes_room(bot: Earshot) -> None:
    channel = await new_channel(bot, "room")
    bot.outside.add(CAPTIONED, ENDED["live"])
    broken = await bot.ada.post(channel, WATCH + ENDED["live"].id)
    await until(lambda: _says(bot, channel, broken, "when it has ended"))
    again = await bot.ada.post(channel, WATCH + ENDED["live"].id)
    await until(lambda: _says(bot, channel, again, "when it has ended"))
    first = await recapped(bot, channel, await bot.ada.post(channel, _LINK))
    await until(lambda: _is_done(bot, channel, first["thread_ts"]))
    await bot.ada.press(channel, first["ts"], "recap_delete")

    async def gone() -> bool:
        return not await bot.replies(first["thread_ts"], channel)

    await until(gone)
    await recapped(bot, channel, await bot.ada.post(channel, _LINK))


async def _says(bot: Earshot, channel: str, ts: str, words: str) -> bool:
    return any(words in m["text"] for m in await bot.replies(ts, channel))


async def _is_done(bot: Earshot, channel: str, ts: str) -> bool:
    reactions = (await bot.ada.thread(channel, ts))[0].get("reactions", ())
    return "white_check_mark" in {reaction["name"] for reaction in reactions}


async def test_a_command_is_pointed_in_private_but_another_wish_is_another_recap(bot: Earshot) -> None:
    bot.outside.add(CAPTIONED)
    channel = await new_channel(bot, "wishes")
    await recapped(bot, channel, await bot.ada.post(channel, _LINK))
    await bot.ada.command(channel, "/summarize", _LINK)
    pointer = await until(lambda: _told(bot, channel, "already"))
    assert not await _roots(bot, channel)
    await bot.ada.command(channel, "/summarize", f"{_LINK} short")
    (root,) = await until(lambda: _roots(bot, channel))
    await recapped(bot, channel, root)
    await bot.ada.press(channel, pointer["ts"], "recap_again")
    roots = await until(lambda: _roots(bot, channel, 2))
    await recapped(bot, channel, roots[1])


async def _told(bot: Earshot, channel: str, words: str) -> dict[str, str]:
    shown = (await bot.ada.state())["ephemeral"].get(channel, [])
    return next((m for m in shown if words in m["text"]), {})


async def _roots(bot: Earshot, channel: str, count: int = 1) -> list[str]:
    found = [m["ts"] for m in await bot.ada.messages(channel) if "asked me for a recap" in m["text"]]
    return found if len(found) >= count else []
