"""Every call to AWS that a recap, its notes, an answer and a deletion make goes wrong, in every way that it can.

Whatever happens, the thread ends with what was asked for, or with what could be had of it, or with a clear sentence
and a way forward that works once the trouble is over; and nothing is paid twice.
"""

from __future__ import annotations

import asyncio
import itertools
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from sandbox.aws import Cloud
from sandbox.aws.journal import Call
from sandbox.aws.scripted import ScriptedEar
from tests.aws.product import Bot, model_reply, serving
from tests.aws.recap_calls import (
    PAID,
    WHAT,
    answer_ending,
    answer_is_whole,
    paid,
    recap_ended,
    recap_ending,
    site_of,
    sites,
)
from tests.aws.recap_faults import ALWAYS, CASES, S3, WELL, Case
from tests.slack.local_workspace import JSON, eventually
from tests.workflow.earshot import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PAID_IN = {
    "recap": {
        "StartTranscriptionJob": 1,
        "ConverseStream names": 1,
        "ConverseStream summing up": 1,
        "ConverseStream show notes": 1,
        "SynthesizeSpeech pcm": 1,
        "SynthesizeSpeech marks": 1,
    },
    "answer": {"ConverseStream answer": 1},
    "delete": {},
}
_pitches = itertools.count(300)
_PATIENCE = 180.0
"""Seconds: one that gave up would leave its work to the next."""


@dataclass(repr=False)
class Theater:
    """The bot and the stand-ins, for one case after the other.

    `told` is a thread with a recap that is whole, and `first` the calls that it took.
    """

    bot: Bot
    cloud: Cloud
    bucket: str
    told: str = ""
    first: Counter[str] = field(default_factory=Counter)

    def clear(self) -> None:
        """Nothing goes wrong from now on, and nothing was called."""
        self.cloud.reset()
        self.cloud.pace.queued = self.cloud.pace.listening = 0.01
        self.cloud.script.add(None, model_reply)

    def break_at(self, case: Case) -> None:
        """Let the case's fault happen."""
        operation, _, what = case.site.partition(" ")
        self.cloud.faults.add(
            operation,
            case.kind,
            times=case.times,
            skip=case.skip,
            model=case.model,
            about=WHAT.get(what, ""),
            seconds=case.seconds,
            exception=case.exception,
        )

    async def recap(self) -> str:
        """Share a recording and wait for what comes of it; the thread."""
        ts = await self.bot.share(next(_pitches))
        await until(lambda: recap_ended(self.bot, ts), _PATIENCE)
        return ts

    async def answer(self, ts: str) -> JSON:
        """Ask, and wait for the reply."""
        asked = await self.bot.ada.post(self.bot.general, "When is the release?", ts)

        async def reply() -> JSON | None:
            later = [m for m in await self.bot.thread(ts) if float(m["ts"]) > float(asked)]
            return next((m for m in later if answer_is_whole(m)), None)

        found = await until(reply, _PATIENCE)
        assert found is not None
        return found

    async def press(self, ts: str, action: str, words: str = "") -> None:
        """Press a button in the thread: of the recap, or of the message with these words."""
        message = (await self.bot.says(ts, words)) if words else (await self.bot.thread(ts))[0]
        assert message is not None
        assert action in str(message["blocks"]), f"no {action} in {message}"
        assert (await self.bot.ada.press(self.bot.general, message["ts"], action))["ok"]

    async def delete(self, ts: str) -> str:
        """Delete the recap; how that ended."""
        before = await self._private()
        await self.press(ts, "recap_delete")

        async def told() -> list[str]:
            return (await self._private())[len(before) :]

        (said,) = await until(told, _PATIENCE)
        if "Press Delete again" in said:
            return "not deleted"
        assert "Deleted for good" in said
        assert not [m for m in await self.bot.thread(ts) if m["user"] == self.bot.workspace.info["bot"]["user_id"]]
        return "deleted"

    async def _private(self) -> list[str]:
        shown = (await self.bot.ada.state())["ephemeral"].get(self.bot.general, [])
        return [message["text"] for message in shown]

    async def objects(self) -> set[str]:
        """The keys of all that is kept in S3."""
        listed = await asyncio.to_thread(self.cloud.store.client.list_objects_v2, Bucket=self.bucket)
        return {entry["Key"] for entry in listed.get("Contents", ())}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theater(_stand_ins: Cloud, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Theater]:
    folder = tmp_path_factory.mktemp("theater")
    bucket = await asyncio.to_thread(_stand_ins.new_bucket)
    async with serving(_stand_ins, bucket, folder, program="tests.aws.hurried_bot") as bot:
        made = Theater(bot, _stand_ins, bucket)
        made.clear()
        made.told = await made.recap()
        assert await recap_ending(bot, made.told) == "whole"
        made.first = sites(_stand_ins.journal.calls)
        yield made


def _expected(case: Case) -> Counter[str]:
    counts = Counter(_PAID_IN[case.phase])
    if case.site.startswith(PAID):
        counts[case.site] += case.more
    return +counts


async def _recapped(theater: Theater, case: Case) -> tuple[str, Callable[[], Awaitable[None]]]:
    if case.site == "DescribeVoices":  # a process asks for them once
        await theater.bot.end()
        await theater.bot.start()
    ts = await theater.recap()
    ending = await recap_ending(theater.bot, ts)

    async def mend() -> None:
        if "failed" in ending or "no voice" in ending or "no files" in ending:
            await theater.press(ts, "recap_retry")
        if "no notes" in ending:
            await theater.press(ts, "recap_output", "Show notes: ")
        await until(lambda: _is_whole(theater.bot, ts), _PATIENCE)

    return ending, mend


async def _is_whole(bot: Bot, ts: str) -> bool:
    return await recap_ended(bot, ts) and await recap_ending(bot, ts) == "whole"


async def _answered(theater: Theater, case: Case) -> tuple[str, Callable[[], Awaitable[None]]]:
    async def mend() -> None:
        assert answer_ending(await theater.answer(theater.told)) == "answered"

    return answer_ending(await theater.answer(theater.told)), mend


async def _deleted(theater: Theater, case: Case) -> tuple[str, Callable[[], Awaitable[None]]]:
    theater.cloud.faults.reset()
    before = await theater.objects()
    ts = await theater.recap()
    theater.cloud.journal.reset()
    theater.break_at(case)
    ending = await theater.delete(ts)

    async def mend() -> None:
        assert await theater.delete(ts) == "deleted"
        assert await theater.objects() == before

    if ending == "deleted":
        assert await theater.objects() == before
    return ending, mend


_PHASES = {"recap": _recapped, "answer": _answered, "delete": _deleted}


def _way(case: Case, ending: str, tried: Sequence[Call], first: Counter[str]) -> str:
    """How the trouble was got over, or what of it was told, for the report."""
    if ending.startswith(("failed", "not ")):
        return "clear sentence"
    if ending not in WELL.values() or case.more < 0:
        return "degraded"
    if any("sonnet" not in call.parameters["modelId"] for call in tried if call.operation.startswith("Converse")):
        return "second model"
    usual, _ = S3[case.phase].get(case.site, (1, ""))
    return "tried again" if len(tried) > max(usual, first[case.site] * (case.phase == "recap")) else "went on"


async def _play(theater: Theater, case: Case) -> None:
    theater.clear()
    if theater.bot.ended:  # a case before this one has failed by it
        await theater.bot.start()
    theater.break_at(case)
    began = time.monotonic()
    ending, mend = await _PHASES[case.phase](theater, case)
    tried = [call for call in tuple(theater.cloud.journal.calls) if site_of(call) == case.site]
    way, seconds = _way(case, ending, tried, theater.first), time.monotonic() - began
    unused = [fault for fault in theater.cloud.faults.waiting() if fault.times == case.times != ALWAYS]
    theater.cloud.faults.reset()
    if ending.startswith(("failed", "no ", "not ")):
        await mend()
    costs = paid(theater.cloud.journal)
    paid_calls = ", ".join(f"{what} {count}" for what, count in sorted(costs.items()))
    sys.stdout.write(f"\n{case} | {ending} | {way} | {len(tried)} calls | {paid_calls} | {seconds:.1f} s ")
    assert ending == case.ending
    assert not unused, "the fault never happened"
    assert costs == _expected(case)


async def test_every_call_has_its_faults(theater: Theater) -> None:
    """A new call to AWS needs its cases, so that somebody thinks of how it fails."""
    theater.clear()
    journal, made = theater.cloud.journal, {"recap": theater.first}
    assert answer_ending(await theater.answer(theater.told)) == "answered"
    made["answer"] = sites(journal.calls)
    ts = await theater.recap()
    assert paid(journal) == {**_PAID_IN["answer"], **_PAID_IN["recap"]}
    journal.reset()
    assert await theater.delete(ts) == "deleted"
    made["delete"] = sites(journal.calls)
    tried = {phase: {case.site for case in CASES if case.phase == phase} for phase in made}
    assert {phase: set(calls) for phase, calls in made.items()} == tried
    assert made["recap"]["StartTranscriptionJob"] == 1
    for phase, calls in S3.items():
        assert {site: made[phase][site] for site in calls} == {site: count for site, (count, _) in calls.items()}, phase


_FEW = (
    Case("recap", "PutObject summary", "internal", times=3),
    Case("recap", "StartTranscriptionJob", "lost"),
    Case("recap", "ConverseStream summing up", "mid_stream"),
    Case("recap", "SynthesizeSpeech pcm", "denied", "no voice", times=ALWAYS),
    Case("answer", "ConverseStream answer", "throttle", "answered", times=ALWAYS, model="sonnet"),
)


@pytest.mark.parametrize("case", _FEW, ids=str)
async def test_a_few_faults(theater: Theater, case: Case) -> None:
    assert case in CASES
    await _play(theater, case)


@pytest.mark.soak  # as the twenty kills are
async def test_a_kill_while_the_job_runs_costs_no_second_job(theater: Theater) -> None:
    theater.clear()
    theater.cloud.pace.listening = 4.0
    journal, bot = theater.cloud.journal, theater.bot
    ts = await bot.share(next(_pitches))
    await eventually(lambda: journal.succeeded("StartTranscriptionJob"), 60)
    await bot.end(signal.SIGKILL)
    await bot.start()
    await until(lambda: recap_ended(bot, ts), _PATIENCE)
    assert await recap_ending(bot, ts) == "whole"
    assert paid(journal) == _PAID_IN["recap"]


@pytest.mark.parametrize("trouble", [pytest.param("fails", marks=pytest.mark.soak), "disappears"])
async def test_a_job_without_a_result_is_started_again(theater: Theater, trouble: str) -> None:
    theater.clear()
    transcribe, journal = theater.cloud.parts.transcribe, theater.cloud.journal
    if trouble == "fails":
        ear = theater.cloud.engines.ear
        assert isinstance(ear, ScriptedEar)
        ear.failures = 1
    else:
        theater.cloud.pace.listening = 600
    ts = await theater.bot.share(next(_pitches))
    if trouble == "disappears":
        await eventually(lambda: journal.succeeded("StartTranscriptionJob"), 60)
        theater.cloud.pace.listening = 0.01
        transcribe.jobs.clear()
    await until(lambda: recap_ended(theater.bot, ts), _PATIENCE)
    assert await recap_ending(theater.bot, ts) == "whole"
    assert paid(journal) == Counter(_PAID_IN["recap"]) + Counter({"StartTranscriptionJob": 1})


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("case", CASES, ids=str)
async def test_every_fault(theater: Theater, case: Case) -> None:
    await _play(theater, case)
