"""The bot is killed at random moments while AWS works for it, and started again: nothing lost, doubled, paid twice."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from sandbox.aws import Cloud
from tests.aws.product import SAID, Bot, model_reply, serving
from tests.aws.recap_calls import answer_ending, answer_is_whole, paid, recap_ended, recap_ending
from tests.slack.local_workspace import JSON
from tests.workflow.earshot import until

_QUESTION = "When is the release?"
_OPEN = 3
_KINDS = ("Recap of", "Show notes: ", SAID, "The whole transcript, to read here")
"""What the messages begin with that a thread ends with, each once; the last one brings the canvas."""


async def _told(bot: Bot, ts: str) -> list[JSON]:
    """What the bot said in the thread."""
    own = bot.workspace.info["bot"]["user_id"]
    return [message for message in await bot.thread(ts) if message["user"] == own]


async def _complete(bot: Bot, ts: str) -> bool:
    """Whether recap, files, notes, answer and canvas are there."""
    if not await recap_ended(bot, ts):
        return False
    said = await _told(bot, ts)
    answered = any(message["text"].startswith(SAID) and answer_is_whole(message) for message in said)
    return answered and any(message["text"].startswith(_KINDS[-1]) for message in said)


async def _few_are_open(bot: Bot, shared: Sequence[str]) -> bool:
    return sum([not await _complete(bot, ts) for ts in shared]) <= _OPEN


async def _assert_nothing_doubled(bot: Bot, ts: str) -> None:
    assert await recap_ending(bot, ts) == "whole", await bot.thread(ts)
    said = await _told(bot, ts)
    files = Counter(file["name"] for message in said for file in message.get("files", ()))
    assert len(files) == files.total() == 4, files
    answers = [message for message in said if message["text"].startswith(SAID)]
    assert [answer_ending(message) for message in answers] == ["answered"]
    texts = [message["text"] for message in said if message["text"]]
    kinds = Counter(next((kind for kind in _KINDS if text.startswith(kind)), text) for text in texts)
    assert kinds == dict.fromkeys(_KINDS, 1)


async def _torture(bot: Bot, cloud: Cloud, kills: int, dice: random.Random) -> None:
    """Share, ask, kill, start again."""
    shared = []
    for number in range(kills):
        ts = await bot.share(500 + number)
        shared.append(ts)
        await asyncio.sleep(0.3)  # nobody asks in the same moment in which they share
        await bot.ada.post(bot.general, _QUESTION, ts)
        await asyncio.sleep(dice.uniform(0.2, 8.0))
        await bot.end(signal.SIGKILL)
        await bot.start()
        # Work that ended its process eight times is given up, so none of it may be there for so many kills.
        await until(partial(_few_are_open, bot, shared), seconds=600)
    for ts in shared:
        await until(partial(_complete, bot, ts), seconds=600)
    started = cloud.journal.succeeded("StartTranscriptionJob")
    names = Counter(call.parameters["TranscriptionJobName"] for call in started)
    assert len(names) == names.total() == kills, "each recording is heard once"
    costs = paid(cloud.journal)
    told = ", ".join(f"{what} {count}" for what, count in sorted(costs.items()))
    sys.stdout.write(f"\n{kills} kills, {kills} recaps with notes and answers; paid: {told}\n")
    # What is under way in the moment of a kill is asked for again: at most one call for each kill.
    assert costs.total() - len(costs) * kills <= kills, costs
    for ts in shared:
        await _assert_nothing_doubled(bot, ts)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_kills_lose_nothing_double_nothing_and_hear_nothing_twice(
    cloud: Cloud, bucket: str, tmp_path: Path
) -> None:
    cloud.pace.queued = cloud.pace.listening = 0.5
    cloud.script.add(None, model_reply)
    kills = 20
    async with serving(cloud, bucket, tmp_path) as bot:
        await _torture(bot, cloud, kills, random.Random(20))
