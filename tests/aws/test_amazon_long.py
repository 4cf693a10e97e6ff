"""Long recordings on the stand-in: cut, heard in parts by an ear that knows what is said when, and put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from sandbox.aws import Cloud, Heard, HeardWord, Turn
from services.transcription.amazon_hearing import Hearing
from services.transcription.sound import RATE
from services.vocabulary.media import Audio, Media
from services.vocabulary.transcript import Transcript
from tests.aws.amazon import Clients, Place, clients_of, ignored, place

STARTED = "StartTranscriptionJob"
SECONDS = 400
PEOPLE = 3


def marked(path: Path) -> Audio:
    """Sound in which each second holds its own number, and every tenth is silent: FLAC keeps it exactly."""
    second = np.repeat(np.arange(SECONDS), RATE)
    np.where(second % 10 == 9, 0, 1_000 + second).astype("<i2").tofile(path)
    return Audio(path=str(path), duration=float(SECONDS))


def said(second: int) -> tuple[str, int]:
    """What is said in a second, and by whom: they take turns every three seconds."""
    return f"w{second}", second // 3 % PEOPLE


class MarkedEar:
    """Finds out which part a file is from its samples. Speakers are numbered by their first appearance in it."""

    def __init__(self) -> None:
        self.heard: list[float] = []

    async def hear(self, path: Path, *, language: str | None, speakers: int | None) -> Heard:
        start, length = await asyncio.to_thread(self._place, path)
        self.heard.append(length)
        numbers: dict[int, int] = {}
        turns = []
        for second in range(int(np.ceil(start)), int(start + length)):
            if second % 10 != 9:
                text, person = said(second)
                at, speaker = second - start, numbers.setdefault(person, len(numbers))
                turns.append(Turn(speaker, at, at + 0.9, (HeardWord(text, at + 0.1, at + 0.9, speaker),)))
        return Heard("en", tuple(turns))

    @staticmethod
    def _place(path: Path) -> tuple[float, float]:
        with av.open(str(path)) as container:
            samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])
        change = int(np.flatnonzero((samples[1:] != samples[:-1]) & (samples[1:] > 0))[0]) + 1
        return float(samples[change]) - 1_000 - change / RATE, len(samples) / RATE


@pytest.fixture(scope="module")
def clients(_stand_ins: Cloud) -> Iterator[Clients]:
    with clients_of(_stand_ins) as made:
        yield made


@pytest.fixture
async def here(cloud: Cloud, clients: Clients, tmp_path: Path) -> AsyncIterator[Place]:
    usual, cloud.parts.transcribe.work.ear = cloud.parts.transcribe.work.ear, MarkedEar()
    async with place(cloud, clients, tmp_path) as made:
        yield made
    cloud.parts.transcribe.work.ear = usual


def check(found: Transcript) -> None:
    """Every word once, in order, at its second, by the one who said it."""
    words = [(word.text, word.start, segment.speaker) for segment in found.segments for word in segment.words]
    expected = [second for second in range(SECONDS) if second % 10 != 9]
    assert [word for word, *_ in words] == [said(second)[0] for second in expected]
    assert [start for _, start, _ in words] == pytest.approx([second + 0.1 for second in expected], abs=0.01)
    assert [speaker for *_, speaker in words] == [said(second)[1] for second in expected]
    assert len(found.speakers) == PEOPLE
    assert found.covered == pytest.approx(found.speech, rel=0.01)


async def test_chunks_are_heard_side_by_side_and_put_together(here: Place, tmp_path: Path) -> None:
    audio = await asyncio.to_thread(marked, tmp_path / "sound")
    here.cloud.pace.per_second = 0.01
    found = await here.transcriber(chunk_minutes=5 / 2).transcribe(audio, report=ignored)
    check(found)
    assert here.cloud.journal.count(STARTED) == 4
    assert len({call.parameters["TranscriptionJobName"] for call in here.cloud.journal.of(STARTED)}) == 4
    assert here.cloud.parts.transcribe.jobs == {}
    assert [key.split("/")[-1] for key in await here.objects()] == ["heard.json"]


async def test_a_recording_that_is_too_long_is_cut(here: Place, tmp_path: Path) -> None:
    audio = await asyncio.to_thread(marked, tmp_path / "sound")
    here.cloud.parts.transcribe.work.limits.seconds = 250.0
    _, media = await here.recording()
    ears = here.transcriber()
    ears._hearing = Hearing(ears._jobs, here.blobs, ears._hearing._scratch, longest=250.0)
    check(await ears.transcribe(audio, report=ignored, original=media.model_copy(update={"size": 10})))
    assert here.cloud.journal.count(STARTED) == 3
    lengths = here.cloud.parts.transcribe.work.ear.heard  # type: ignore[attr-defined]
    assert SECONDS < sum(lengths) <= SECONDS + 2 * 25


async def test_a_file_that_is_too_large_is_sent_as_flac(here: Place, tmp_path: Path) -> None:
    audio = await asyncio.to_thread(marked, tmp_path / "sound")
    large = Media(id="a" * 64, key="T1/media/large", name="large.wav", size=2_000_000_001)
    await here.blobs.write("T1/media/large", b"RIFF0000WAVE")
    check(await here.transcriber().transcribe(audio, report=ignored, original=large))
    (call,) = here.cloud.journal.of(STARTED)
    assert call.parameters["Media"]["MediaFileUri"].endswith("sound.flac")


async def test_a_crash_between_the_parts_pays_no_part_twice(here: Place, tmp_path: Path) -> None:
    audio = await asyncio.to_thread(marked, tmp_path / "sound")
    here.cloud.pace.listening = 0.5
    task = asyncio.create_task(here.transcriber(chunk_minutes=5 / 2).transcribe(audio, report=ignored))
    while len(here.cloud.journal.succeeded(STARTED)) < 2:  # noqa: ASYNC110 - it happens in another thread
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    check(await here.transcriber(chunk_minutes=5 / 2).transcribe(audio, report=ignored))
    names = [call.parameters["TranscriptionJobName"] for call in here.cloud.journal.succeeded(STARTED)]
    assert len(names) == len(set(names)) == 4


async def test_a_part_that_fails_ends_the_others(here: Place, tmp_path: Path) -> None:
    audio = await asyncio.to_thread(marked, tmp_path / "sound")
    here.cloud.faults.add(STARTED, "denied", skip=1)
    with pytest.raises(Exception, match="transcribe:StartTranscriptionJob"):
        await here.transcriber(chunk_minutes=5 / 2).transcribe(audio, report=ignored)
