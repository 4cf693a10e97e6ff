"""A link that is pasted becomes a recap: by captions, by sound, by a feed; or ends in a clear sentence."""

from __future__ import annotations

import asyncio
import json
import re
import time

import pytest

from tests.replay import AUTOMATIC, CAPTIONED, ENDED, UNCAPTIONED, WATCH
from tests.sites.podcast_site import RSS, TIDES, feed, podcast_site
from tests.slack.local_workspace import JSON
from tests.workflow.channels import new_channel, recapped
from tests.workflow.earshot import Earshot, until

_SECONDS = 60.0


async def _paste(bot: Earshot, text: str, channel: str | None = None) -> str:
    return await bot.ada.post(channel or bot.general, text)


async def _recap(bot: Earshot, ts: str) -> JSON:
    replies = await bot.finished(ts, _SECONDS)
    assert await bot.reaction(ts) == {"white_check_mark"}, replies
    return replies[0]


async def _sentence(bot: Earshot, ts: str) -> str:
    replies = await bot.finished(ts, _SECONDS)
    assert await bot.reaction(ts) == {"warning"}, replies
    assert len(replies) == 1
    return str(replies[0]["text"])


async def test_a_captioned_video_is_recapped_from_its_captions(bot: Earshot) -> None:
    bot.outside.add(CAPTIONED)
    ts = await _paste(bot, f"have a look: <https://youtu.be/{CAPTIONED.id}?t=12&amp;si=abc>")
    recap = await _recap(bot, ts)
    shown = str(recap["blocks"])
    assert recap["text"].startswith("Recap of Offline mode")
    assert "Ada's channel" in shown or "Ada’s channel" in shown
    assert "You linked" in shown
    assert "Release" in shown, "the publisher's chapters win"
    assert "Speaker 1" not in shown, "captions do not say who speaks"
    assert not any("videoplayback" in request for request in bot.outside.requests), "no sound was fetched"


async def test_the_same_video_by_another_form_of_its_link_is_there_at_once(bot: Earshot) -> None:
    bot.outside.add(CAPTIONED)
    one, other = [await new_channel(bot, name) for name in ("one-form", "other-form")]
    await recapped(bot, one, await _paste(bot, WATCH + CAPTIONED.id, one))
    before = len(bot.outside.requests)
    began = time.monotonic()
    ts = await _paste(bot, f"<https://www.youtube.com/shorts/{CAPTIONED.id}?feature=share>", other)
    recap = await recapped(bot, other, ts)
    assert recap["text"].startswith("Recap of Offline mode")
    assert len(bot.outside.requests) == before, "nothing was fetched again"
    assert time.monotonic() - began < 10


async def test_a_video_without_captions_is_heard(bot: Earshot) -> None:
    bot.outside.add(UNCAPTIONED)
    recap = await _recap(bot, await _paste(bot, WATCH + UNCAPTIONED.id))
    assert "lighthouse" in str(recap["blocks"]), "what the recognizer heard"
    assert any("videoplayback" in request for request in bot.outside.requests)


@pytest.mark.parametrize("path", ["sound.mp3", "hls.m3u8", "dash.mpd"])
async def test_media_at_its_own_address_is_heard(bot: Earshot, path: str) -> None:
    recap = await _recap(bot, await _paste(bot, f"{bot.outside.pages}/{path}"))
    assert "lighthouse" in str(recap["blocks"])


async def test_a_page_is_left_alone_until_somebody_asks(bot: Earshot) -> None:
    page = f"{bot.outside.pages}/og.html"
    channel = await new_channel(bot, "pages")
    left = await _paste(bot, page, channel)
    await asyncio.sleep(1)
    assert not await bot.replies(left, channel)
    ts = await _paste(bot, f"<@{bot.workspace.info['bot']['user_id']}> {page}", channel)
    recap = await recapped(bot, channel, ts)
    assert "lighthouse" in str(recap["blocks"])


async def test_a_refused_link_ends_in_its_own_sentence(bot: Earshot) -> None:
    names = ("blocked", "live", "private")
    bot.outside.add(*(ENDED[name] for name in names))
    shares = [await _paste(bot, WATCH + ENDED[name].id) for name in names]
    blocked, live, private = [await _sentence(bot, ts) for ts in shares]
    assert "attach the file or the .vtt and I'll finish" in blocked
    assert "when it has ended" in live
    assert "private" in private


async def test_an_attached_transcript_finishes_what_was_refused(bot: Earshot) -> None:
    bot.outside.add(ENDED["age"])
    ts = await _paste(bot, WATCH + ENDED["age"].id)
    await _sentence(bot, ts)
    captions = "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n<v Grace>We paint the tower white.</v>\n\n"
    captions += "00:00:06.000 --> 00:00:09.000\n<v Alan>The lamp comes on the third of March.</v>\n"
    await bot.ada.share(bot.general, captions.encode(), "talk.vtt", thread_ts=ts)
    await until(lambda: _done(bot, ts), _SECONDS)
    shown = str((await bot.replies(ts))[0]["blocks"])
    assert "tower white" in shown
    assert "Grace" in shown


async def _done(bot: Earshot, ts: str) -> bool:
    return await bot.reaction(ts) == {"white_check_mark"}


async def test_a_playlist_is_refused_with_a_way_forward_in_private(bot: Earshot) -> None:
    ts = await _paste(bot, "https://www.youtube.com/playlist?list=PL0123456789abcdef")

    async def told() -> bool:
        return "first 3" in str(await bot.ada.state())

    assert await until(told)
    assert not await bot.replies(ts)


async def test_a_command_takes_language_and_length(bot: Earshot) -> None:
    bot.outside.add(CAPTIONED, AUTOMATIC)
    answer = await bot.ada.command(bot.general, "/summarize", f"short {WATCH}{AUTOMATIC.id} please")
    assert answer["ok"]

    async def recapped() -> bool:
        return "automatic captions" in str(await bot.ada.messages(bot.general)) + str(await _threads(bot))

    assert await until(recapped, _SECONDS)


async def _threads(bot: Earshot) -> list[JSON]:
    roots = [m for m in await bot.ada.messages(bot.general) if m.get("reply_count")]
    return [reply for root in roots[-3:] for reply in await bot.replies(root["ts"])]


async def test_a_podcast_is_recapped_from_its_publishers_transcript(bot: Earshot) -> None:
    async with podcast_site() as site:
        site.put("/t/tides.json", json.dumps({"version": "1.0.0", "segments": _TIDES_SAID}), "application/json")
        site.put("/t/tides.chapters.json", json.dumps({"version": "1.2.0", "chapters": _TIDES_CHAPTERS}))
        item = re.sub(r"<psc:.*</psc:chapters>", "", TIDES, flags=re.DOTALL).replace("1:02:03", "40")
        ts = await _paste(bot, site.put("/podcast.rss", feed(item), RSS))
        recap = await _recap(bot, ts)
    shown = str(recap["blocks"])
    assert "Tides" in recap["text"]
    assert "The Harbour Hour" in shown
    assert "Captain Bell" in shown, "the publisher says who speaks"
    assert "Low water" in shown, "the publisher's chapters win"
    assert "/audio/tides.mp3" not in " ".join(site.read), "no sound was fetched"


_TIDES_CHAPTERS = [{"startTime": 0, "title": "High water"}, {"startTime": 20, "title": "Low water"}]
_TIDES_SAID = [
    {"speaker": "Captain Bell", "startTime": 4.0 * n, "endTime": 4.0 * n + 3.8, "body": f"The tide table says {n}."}
    for n in range(10)
]
