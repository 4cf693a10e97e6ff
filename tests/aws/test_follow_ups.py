"""Questions about long recordings: who asks again pays for little but the question, and the cost is known."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws import Cloud, Reply
from sandbox.aws.journal import Call
from services.language import Usage
from services.language.prices import Prices
from services.vocabulary.question import Answer
from tests.aws.long_talk import SUBJECTS, question, quoting, talk, write_hum
from tests.aws.product import Bot, serving
from tests.workflow.earshot import until

_ASKED = SUBJECTS[:7]
"""The last of them is asked with all six that are remembered before it."""
_PLENTY = {"OUTPUTS": "", "TOKENS_PER_MINUTE": "100000000"}


@pytest.fixture
async def bot(cloud: Cloud, bucket: str, tmp_path: Path) -> AsyncIterator[Bot]:
    cloud.script.add(None, _reply)
    async with serving(cloud, bucket, tmp_path, **_PLENTY) as running:
        yield running


def _reply(request: Any) -> Reply:
    said = quoting(request)
    return Reply(text=said) if isinstance(said, str) else Reply(value=said)


def _calls(cloud: Cloud, *purposes: str) -> list[Call]:
    calls = cloud.journal.succeeded("Converse*")
    return [call for call in calls if call.parameters["requestMetadata"]["purpose"] in purposes]


def _usage(call: Call) -> dict[str, int]:
    return next(event["metadata"]["usage"] for event in call.answer if "metadata" in event)


def _input(call: Call) -> int:
    used = _usage(call)
    return used["inputTokens"] + used.get("cacheReadInputTokens", 0) + used.get("cacheWriteInputTokens", 0)


def _cost(call: Call) -> float:
    """What the call costs by the table of prices."""
    used = _usage(call)
    usage = Usage(
        model=call.parameters["modelId"],
        input_tokens=_input(call),
        output_tokens=used["outputTokens"],
        cache_read_tokens=used.get("cacheReadInputTokens", 0),
        cache_write_tokens=used.get("cacheWriteInputTokens", 0),
    )
    return Prices().cost(usage) or 0.0


def _cached(call: Call) -> float:
    """The share of the input that was read from the cache."""
    return _usage(call).get("cacheReadInputTokens", 0) / _input(call)


def _answers(folder: Path) -> list[Answer]:
    with closing(sqlite3.connect(f"file:{folder}/data/earshot.db?mode=ro", uri=True)) as database:
        rows = database.execute("select answer from exchanges order by created_at").fetchall()
    return [Answer.model_validate_json(row[0]) for row in rows]


async def _answered(bot: Bot, count: int) -> bool:
    return len(await asyncio.to_thread(_answers, bot.folder)) == count


@pytest.mark.soak
@pytest.mark.parametrize(("hours", "haste"), [(1, 10), (4, 1)])
async def test_who_asks_again_pays_for_the_question_and_what_it_cost_is_kept(
    bot: Bot, cloud: Cloud, tmp_path: Path, hours: int, haste: int
) -> None:
    cloud.engines.ear.heard = await asyncio.to_thread(talk, hours, haste=haste)  # type: ignore[attr-defined]
    sound = await asyncio.to_thread(write_hum, tmp_path / "talk.mp3", hours * 3600 / haste - 3)
    _, ts = await bot.ada.share(bot.general, sound, "talk.mp3")
    await until(lambda: bot.done(ts), 300)
    for count, subject in enumerate(_ASKED, 1):
        await bot.ada.post(bot.general, question(subject), ts)
        await until(lambda count=count: _answered(bot, count), 60)  # type: ignore[misc]

    asked = _calls(cloud, "answer", "stream")
    written = await asyncio.to_thread(_answers, bot.folder)
    shares = [_cached(call) for call in asked]
    cost = sum(map(_cost, _calls(cloud, "summary", "notes", "merge")))
    told = " ".join(f"{share:.1%}" for share in shares)
    sys.stdout.write(f"\n{hours} h: ${cost:.3f} a recap, {_input(asked[-1])} tokens a question, cached {told}\n")
    assert f"${cost:.3f}" in str((await bot.thread(ts))[0]["blocks"])
    assert all(question(subject) in json.dumps(asked[-1].parameters) for subject in _ASKED), "the thread is remembered"
    assert len(shares) == len(_ASKED)
    assert min(shares[1:]) >= 0.9, shares

    for call in cloud.journal.succeeded("Converse*"):
        label = call.parameters["requestMetadata"]
        assert label["workspace"] == bot.workspace.team
        assert label["recap"].startswith(f"{bot.workspace.team}:{bot.general}:{ts}:")
    assert [answer.input_tokens for answer in written] == [_input(call) for call in asked]
    assert [answer.cache_read_tokens > 0 for answer in written] == [False, *[True] * (len(_ASKED) - 1)]
    assert [answer.cost for answer in written] == [pytest.approx(_cost(call)) for call in asked]
    assert all(answer.found and answer.model and answer.prompt for answer in written)
