"""What every transcriber promises, held to the local one, to Amazon's on the stand-in, and to the fake."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from jiwer import wer

from sandbox.aws import Cloud, dialogue, running
from sandbox.aws.engines import OpenEngines
from sandbox.aws.local_engines import local as hearing
from sandbox.aws.scripted import scripted
from services.speech.piper import speak
from services.transcription import Transcriber
from services.transcription.local import LocalTranscriber
from services.transcription.sound import RATE
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.vocabulary.media import Audio
from services.vocabulary.progress import Progress, Stage
from services.weights import cached, default_cache
from tests.aws.amazon import Clients, clients_of, place
from tests.fakes.engines import FakeTranscriber
from tests.unit.transcription import sounds

# A model is loaded once for all tests.
pytestmark = pytest.mark.asyncio(loop_scope="module")

SAID = (
    "The lighthouse needs a new lamp before the winter storms begin.",
    "We will order it tomorrow morning and paint the tower white.",
)


def ignored(_: Progress) -> None:
    """Nobody waits for the progress."""


def audio_of(path: Path, signal: sounds.Signal) -> Audio:
    return Audio(path=str(sounds.write(path, signal)), duration=len(signal) / RATE)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Audio:
    """A voice says two sentences; noise where there is no voice on this machine, which is enough for the fake."""
    path = tmp_path_factory.mktemp("talk") / "sound"
    voice = cached("voice-en-joe", default_cache())
    if voice is None:
        return audio_of(path, sounds.noise(8.0, level=0.3))
    spoken, rate = speak(SAID, voice / "voice.onnx", scratch=path.parent)
    parts = [np.interp(np.arange(0, len(part), rate / RATE), np.arange(len(part)), part) for part in spoken]
    return audio_of(path, np.concatenate([parts[0], sounds.silence(1.5), parts[1], sounds.silence(0.5)]))


async def local(model: str = "base") -> LocalTranscriber:
    for name in ("whisper-base", "campplus", "voice-en-joe"):
        if await asyncio.to_thread(cached, name, default_cache()) is None:
            pytest.skip(f"the model {name} is not in the model cache: python -m bot models")
    return LocalTranscriber(cache=default_cache(), model=model, environment={"HF_HUB_OFFLINE": "1"})


Start = Callable[[OpenEngines], tuple[Cloud, Clients]]


@pytest.fixture(scope="module")
def stand_ins() -> Iterator[Start]:
    """What starts stand-ins for AWS with these engines, once; it blocks for some seconds."""
    with ExitStack() as stack:

        @cache
        def start(engines: OpenEngines) -> tuple[Cloud, Clients]:
            cloud = stack.enter_context(running(engines=engines))
            return cloud, stack.enter_context(clients_of(cloud))

        yield start


@asynccontextmanager
async def amazon(start: Start, engines: OpenEngines, folder: Path) -> AsyncIterator[Transcriber]:
    cloud, clients = await asyncio.to_thread(start, engines)
    cloud.reset()
    if engines is scripted:
        cloud.engines.ear.heard = dialogue(f"A: {SAID[0]}\nA: {SAID[1]}", pause=0.1)  # type: ignore[attr-defined]
    async with place(cloud, clients, folder) as made:
        yield made.transcriber()


@asynccontextmanager
async def opened(kind: str, start: Start, folder: Path) -> AsyncIterator[Transcriber]:
    match kind:
        case "fake":
            yield FakeTranscriber()
        case "amazon":
            async with amazon(start, scripted, folder) as backend:
                yield backend
        case "amazon, hearing":
            await (await local()).close()  # skips where there are no models
            async with amazon(start, hearing, folder) as backend:
                yield backend
        case _:
            engine = await local()
            yield engine
            await engine.close()


_MODELS = [
    pytest.param("local", marks=pytest.mark.models),
    pytest.param("amazon, hearing", marks=[pytest.mark.models, pytest.mark.soak]),
]


@pytest_asyncio.fixture(params=["fake", "amazon", *_MODELS], scope="module", loop_scope="module")
async def transcriber(
    request: pytest.FixtureRequest, stand_ins: Start, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Transcriber]:
    async with opened(request.param, stand_ins, tmp_path_factory.mktemp("place")) as backend:
        yield backend


@pytest_asyncio.fixture(params=_MODELS, scope="module", loop_scope="module")
async def hearing_one(
    request: pytest.FixtureRequest, stand_ins: Start, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Transcriber]:
    async with opened(request.param, stand_ins, tmp_path_factory.mktemp("place")) as backend:
        yield backend


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def real() -> AsyncIterator[LocalTranscriber]:
    engine = await local()
    yield engine
    await engine.close()


async def test_a_transcript_keeps_the_contract_and_comes_out_equal_again(transcriber: Transcriber, talk: Audio) -> None:
    states: list[Progress] = []
    first = await transcriber.transcribe(talk, report=states.append)

    assert first.segments
    assert first.language == "en"
    assert first.duration == pytest.approx(talk.duration)
    assert first.engine == transcriber.engine
    assert [segment.id for segment in first.segments] == list(range(len(first.segments)))
    starts = [segment.start for segment in first.segments]
    assert starts == sorted(starts)
    assert all(0 <= segment.start <= segment.end <= talk.duration for segment in first.segments)
    order = list(dict.fromkeys(segment.speaker for segment in first.segments))
    assert order == [speaker.id for speaker in first.speakers] == list(range(len(order)))
    assert sum(speaker.share for speaker in first.speakers) == pytest.approx(1)
    assert all(speaker.name is None for speaker in first.speakers)
    assert 0 < first.covered <= first.speech + 0.01
    fractions = [state.fraction for state in states if state.fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions
    assert all(0 <= fraction <= 1 for fraction in fractions)
    assert all(state.stage is Stage.TRANSCRIBE for state in states)

    assert await transcriber.transcribe(talk, report=ignored) == first


async def test_silence_has_no_segments(transcriber: Transcriber, tmp_path: Path) -> None:
    found = await transcriber.transcribe(audio_of(tmp_path / "sound", sounds.silence(5.0)), report=ignored)
    assert (found.segments, found.speakers, found.language, found.speech) == ((), (), "und", 0.0)


async def test_no_sound_at_all_has_no_segments(transcriber: Transcriber, tmp_path: Path) -> None:
    found = await transcriber.transcribe(audio_of(tmp_path / "sound", sounds.silence(0)), report=ignored)
    assert (found.segments, found.duration) == ((), 0.0)


async def test_a_language_can_be_forced(transcriber: Transcriber, talk: Audio) -> None:
    """English heard as German may make no sense at all, and is then dropped; it is never taken for English."""
    assert (await transcriber.transcribe(talk, report=ignored, language="de")).language in {"de", "und"}


@pytest.mark.models
async def test_the_words_are_those_that_were_said(hearing_one: Transcriber, talk: Audio) -> None:
    found = await hearing_one.transcribe(talk, report=ignored)
    plain = found.text.lower().replace(".", "").replace(",", "")
    assert wer(" ".join(SAID).lower().replace(".", ""), plain) < 0.15
    assert len(found.segments) == 2
    assert len(found.speakers) == 1
    assert found.covered > 0.9 * found.speech
    gap = found.segments[1].start - found.segments[0].end
    assert 1.0 < gap < 2.5


@pytest.mark.models
@pytest.mark.soak
async def test_what_is_no_speech_adds_no_sentence(real: LocalTranscriber, talk: Audio, tmp_path: Path) -> None:
    voice = np.fromfile(talk.path, "<i2") / 32_768
    rest = [sounds.silence(40), sounds.noise(15), sounds.hum(15), sounds.music(20), sounds.clicks(15)]
    alone = await real.transcribe(audio_of(tmp_path / "rest", np.concatenate(rest)), report=ignored)
    assert alone.segments == ()
    after = await real.transcribe(audio_of(tmp_path / "both", np.concatenate([voice, *rest])), report=ignored)
    assert all(segment.end <= talk.duration + 0.5 for segment in after.segments)
    assert len(after.segments) == 2


@pytest.mark.models
@pytest.mark.soak
async def test_canceling_frees_the_engine(real: LocalTranscriber, talk: Audio) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(real.transcribe(talk, report=lambda _: begun.set()))
    await asyncio.wait_for(begun.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await real.transcribe(talk, report=ignored)).segments


@pytest.mark.models
@pytest.mark.soak
async def test_a_worker_that_dies_can_be_tried_again(real: LocalTranscriber, talk: Audio) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(real.transcribe(talk, report=lambda _: begun.set()))
    await asyncio.wait_for(begun.wait(), 60)
    process = real._pool._all[0]._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(RetryableError):
        await task
    assert (await real.transcribe(talk, report=ignored)).segments


@pytest.mark.models
async def test_a_model_that_cannot_be_loaded_is_the_operators_matter(talk: Audio, tmp_path: Path) -> None:
    for model in (str(tmp_path), "no-such-model"):
        engine = await local(model=model)
        with pytest.raises(OperatorError, match="cannot be loaded"):
            await engine.transcribe(talk, report=ignored)
        await engine.close()


@pytest.mark.models
async def test_an_unknown_language_is_said_so(real: LocalTranscriber, talk: Audio) -> None:
    with pytest.raises(UserError, match="'xx'"):
        await real.transcribe(talk, report=ignored, language="xx")
