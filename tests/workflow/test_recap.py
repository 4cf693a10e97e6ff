"""A recording is shared: what people see, and what is kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp

from tests.workflow.earshot import Earshot, until


def _heard(bot: Earshot) -> int:
    journal = bot.folder / "heard.txt"
    return journal.read_text().count("begin") if journal.exists() else 0


async def test_a_shared_recording_gets_its_recap_audio_and_transcript(bot: Earshot) -> None:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.0), "Weekly meeting.mp3")
    replies = await bot.finished(ts)
    assert replies[0]["text"].startswith("Recap of Weekly meeting:")
    assert await until(lambda: _suffixes(bot, ts)) == {".mp3", ".md", ".srt", ".vtt"}
    assert await bot.reaction(ts) == {"white_check_mark"}


async def _suffixes(bot: Earshot, ts: str) -> set[str]:
    names = {Path(file["name"]).suffix for reply in await bot.replies(ts) for file in reply.get("files", ())}
    return names if len(names) > 1 else set()


async def test_the_times_open_the_player_at_that_second(bot: Earshot) -> None:
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.2), "a.mp3")
    blocks = str((await bot.finished(ts))[0]["blocks"])
    link = blocks.split("<http")[1].split("|", maxsplit=1)[0]
    assert link.split("#")[1].startswith("t=")
    async with aiohttp.ClientSession() as session, session.get("http" + link) as page:
        assert page.status == 200


async def test_the_same_bytes_are_heard_once(bot: Earshot) -> None:
    sound = await bot.tone(3.4)
    _, first = await bot.ada.share(bot.general, sound, "first.mp3")
    await bot.finished(first)
    before = await asyncio.to_thread(_heard, bot)
    research = bot.workspace.channel("research")
    _, second = await bot.ada.share(research, sound, "second.mp3")
    await until(lambda: _with_audio(bot, research, second))
    assert await asyncio.to_thread(_heard, bot) == before


async def _with_audio(bot: Earshot, channel: str, ts: str) -> bool:
    return any(reply.get("files") for reply in await bot.replies(ts, channel))


async def test_several_recordings_in_one_message_get_a_recap_each(bot: Earshot) -> None:
    sounds = [await bot.tone(3.0, hertz=hertz) for hertz in (500, 600)]
    uploads = [{"content": sound, "filename": f"{n}.mp3"} for n, sound in enumerate(sounds)]
    await bot.ada.client.files_upload_v2(channel=bot.general, file_uploads=uploads)
    ts = await until(lambda: _with_two_files(bot))
    replies = await until(lambda: _with_recaps(bot, ts, 2))
    assert {reply["text"].split(":")[0] for reply in replies} == {"Recap of 0", "Recap of 1"}


async def _with_two_files(bot: Earshot) -> str:
    last = (await bot.ada.messages(bot.general))[-1]
    return str(last["ts"]) if len(last.get("files", ())) == 2 else ""


async def _with_recaps(bot: Earshot, ts: str, count: int) -> list[dict[str, str]]:
    found = [reply for reply in await bot.replies(ts) if reply["text"].startswith("Recap of")]
    return found if len(found) == count else []


async def test_speech_free_sound_is_said_to_be_so_and_stays_without_files(bot: Earshot) -> None:
    sound = await bot.tone(2.0, hertz=0.0)
    _, ts = await bot.ada.share(bot.general, sound, "silence.mp3")
    replies = await bot.finished(ts)
    assert len(replies) == 1
    assert "nobody" in str(replies[0]["blocks"]).lower()


async def test_a_file_that_is_no_recording_gets_one_clear_sentence(bot: Earshot) -> None:
    _, ts = await bot.ada.share(bot.general, b"this is not sound at all" * 100, "broken.mp3")
    replies = await bot.finished(ts)
    assert len(replies) == 1
    assert await bot.reaction(ts) == {"warning"}
    assert "Traceback" not in str(replies)


async def test_the_same_event_four_times_is_one_recap(bot: Earshot) -> None:
    await bot.workspace.fault(delivery="lost_ack", times=100)
    _, ts = await bot.ada.share(bot.general, await bot.tone(3.6), "once.mp3")
    await until(lambda: _delivered(bot, ts, 4), seconds=60)
    await bot.workspace.control("faults", reset=True)
    await bot.finished(ts)
    await asyncio.sleep(1)
    replies = await bot.replies(ts)
    assert sum(reply["text"].startswith("Recap of") for reply in replies) == 1
    assert sum(file["name"].endswith(".mp3") for reply in replies for file in reply.get("files", ())) == 1


async def _delivered(bot: Earshot, ts: str, times: int) -> bool:
    await asyncio.sleep(0.2)
    await bot.workspace.control("clock", advance=30)  # over HTTP the last try comes after five minutes
    deliveries = (await bot.workspace.journal(since=float(ts) - 1))["deliveries"]
    events = [d["event_id"] for d in deliveries if d["type"] == "events_api" and d["event_type"] == "message"]
    return any(events.count(event) >= times for event in events)


async def test_a_recording_in_a_direct_message_is_recapped_there(bot: Earshot) -> None:
    direct = await bot.ada.direct(bot.workspace.info["bot"]["user_id"])
    _, ts = await bot.ada.share(direct, await bot.tone(3.0, hertz=300), "private.mp3")

    async def recapped() -> bool:
        return any(m["text"].startswith("Recap of") for m in await bot.replies(ts, direct))

    assert await until(recapped)
