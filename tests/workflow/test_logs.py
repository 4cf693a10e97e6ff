"""Logs carry the recap's id and no word of what people said, asked, or were told, whatever the level."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from pathlib import Path

from tests.fakes.engines import LINES
from tests.postgres.fleet import Fleet, fleet
from tests.workflow.earshot import until

_QUESTION = "When will the lamp be replaced, for heaven's sake?"
# Long enough to stand for speech, and not among the words that logs are made of.
_SPOKEN = {word.strip(".,?!").lower() for line in (*LINES, _QUESTION) for word in line.split() if len(word) > 5} | {
    "lamp"
}


async def test_a_whole_run_logs_ids_and_no_words(tmp_path: Path) -> None:
    async with fleet(tmp_path, "", LOG_LEVEL="DEBUG", LOG_FORMAT="json") as bots:
        bot = await bots.start("all")
        await bots.up(bot)
        ts = await bots.share(3.0)
        await until(partial(bots.ended, ts))
        await bots.workspace.person("ada").post(bots.channel, _QUESTION, ts)
        await until(partial(_answered, bots, ts))
        await bots.workspace.fault(method="download", status=500, times=50)
        broken = await bots.share(4.0)
        await asyncio.sleep(2)
        await bots.workspace.control("faults", reset=True)
        await until(partial(bots.ended, broken), 60)
        assert await bot.end() == 0
    log = await asyncio.to_thread((tmp_path / "log.txt").read_text)
    assert len(log.splitlines()) > 20, "it did log"
    assert not {word for word in _SPOKEN if word in log.lower()}
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    (done,) = [event for event in events if event["event"] == "recap done" and ts in event["recap"]]
    assert done["level"] == "info"
    assert any("question" in event and "recap" not in event for event in events), "what is bound stays with its task"


async def _answered(bots: Fleet, ts: str) -> bool:
    return any(m["text"].startswith("The lamp will be replaced") for m in await bots.replies(ts))
