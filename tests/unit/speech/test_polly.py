"""Speaking with Amazon Polly: voices, requests, joints, marks and errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import av
import numpy as np
import pytest

from services.speech.loudness import Samples
from services.speech.polly import PollySynthesizer
from services.speech.polly_voices import read_table
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from tests.fakes.polly import BREAKS_OFF, Polly, running_polly

TEXT = "We chose the blue lamp. It costs $450 & more.\n\nFirst: The tower. Paint 5 < 6."


@pytest.fixture(scope="module")
def server() -> Iterator[Polly]:
    with running_polly() as polly:
        yield polly


@pytest.fixture
def polly(server: Polly) -> Polly:
    server.asked.clear()
    server.faults.clear()
    server.described = 0
    return server


@asynccontextmanager
async def voice(polly: Polly, **options: Any) -> AsyncIterator[PollySynthesizer]:
    synthesizer = PollySynthesizer(
        await asyncio.to_thread(polly.client), table=await asyncio.to_thread(read_table), **options
    )
    yield synthesizer
    await synthesizer.close()


def heard(path: Path) -> tuple[Samples, int]:
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        parts = [frame.to_ndarray() for frame in container.decode(stream)]
        return np.asarray(np.concatenate(parts, axis=1)[0], np.float32), stream.rate


def onsets(samples: Samples, rate: int, *, silence: float) -> list[float]:
    """The seconds at which sound begins after at least `silence` seconds without."""
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    gaps = np.flatnonzero(np.diff(loud) > silence * rate)
    return [loud[0] / rate, *(loud[gaps + 1] / rate)]


def texts(asked: list[dict[str, Any]], kind: str = "pcm") -> list[str]:
    return [entry["Text"] for entry in asked if entry["OutputFormat"] == kind]


async def test_a_text_is_spoken_by_the_best_voice_of_the_region_as_valid_ssml(polly: Polly, tmp_path: Path) -> None:
    async with voice(polly) as synthesizer:
        spoken = await synthesizer.synthesize(TEXT, language="en", path=tmp_path / "recap.mp3")

    assert spoken.voice == "Matthew (generative)"
    sound, marks = polly.asked
    assert sound["Engine"] == "generative"
    assert (sound["OutputFormat"], sound["SampleRate"], sound["TextType"]) == ("pcm", "16000", "ssml")
    assert (marks["OutputFormat"], marks["SpeechMarkTypes"]) == ("json", ["sentence"])
    assert sound["Text"] == (
        "<speak><p>We chose the blue lamp. It costs four hundred fifty dollars and more.</p>"
        "<p>First: The tower. Paint five less than six.</p></speak>"
    )


async def test_marks_are_the_sentences_as_given_at_the_seconds_they_sound(polly: Polly, tmp_path: Path) -> None:
    async with voice(polly) as synthesizer:
        spoken = await synthesizer.synthesize(TEXT, language="en", path=tmp_path / "recap.mp3")

    assert [mark.text for mark in spoken.marks] == [
        "We chose the blue lamp.",
        "It costs $450 & more.",
        "First: The tower.",
        "Paint 5 < 6.",
    ]
    samples, rate = await asyncio.to_thread(heard, tmp_path / "recap.mp3")
    begin, second_paragraph = onsets(samples, rate, silence=0.3)
    assert spoken.marks[0].start == pytest.approx(begin, abs=0.06)
    assert spoken.marks[2].start == pytest.approx(second_paragraph, abs=0.06)


async def test_a_long_text_is_cut_at_sentences_and_joined_without_gaps_or_losses(polly: Polly, tmp_path: Path) -> None:
    text = "\n\n".join(" ".join(f"This is the sentence {n} of {p}." for n in range(60)) for p in range(2))

    async with voice(polly) as synthesizer:
        spoken = await synthesizer.synthesize(text, language="en", path=tmp_path / "recap.mp3")

    requests = texts(polly.asked)
    assert len(requests) > 1
    said = [paragraph for request in requests for paragraph in ET.fromstring(request).itertext()]  # noqa: S314
    assert " ".join(" ".join(said).split()).count("This is the sentence") == 120
    assert all(paragraph.strip().endswith(".") for paragraph in said)
    assert len(spoken.marks) == 120
    starts = [mark.start for mark in spoken.marks]
    assert starts == sorted(starts)
    samples, rate = await asyncio.to_thread(heard, tmp_path / "recap.mp3")
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    assert np.diff(loud).max() / rate < 0.8
    assert spoken.duration == pytest.approx(len(samples) / rate, abs=0.2)


async def test_the_regions_voices_are_asked_for_once_and_the_table_serves_when_it_does_not_say(
    polly: Polly, tmp_path: Path
) -> None:
    polly.faults["describe"] = [(403, "AccessDeniedException", "no")]
    async with voice(polly, marks=False) as synthesizer:
        assert synthesizer.speaks("de")
        await synthesizer.synthesize("One.", language="en", path=tmp_path / "one.mp3")
        assert synthesizer.speaks("de")
        for name in ("two", "three"):
            await synthesizer.synthesize("Two.", language="en", path=tmp_path / f"{name}.mp3")
        assert not synthesizer.speaks("de")
    assert polly.described == 3  # the refused one, then two pages


async def test_where_an_engine_is_not_to_be_had_the_next_one_speaks(polly: Polly, tmp_path: Path) -> None:
    polly.faults["pcm"] = [(400, "EngineNotSupportedException", "not in this region")]
    async with voice(polly, marks=False, voices={"en": "Matthew"}) as synthesizer:
        spoken = await synthesizer.synthesize("One.", language="en", path=tmp_path / "recap.mp3")
    assert spoken.voice == "Matthew (neural)"


async def test_a_voice_of_two_languages_is_told_which(polly: Polly, tmp_path: Path) -> None:
    async with voice(polly, marks=False) as synthesizer:
        await synthesizer.synthesize("नमस्ते दुनिया।", language="hi", path=tmp_path / "recap.mp3")
    assert polly.asked[0]["VoiceId"] == "Kajal"
    assert polly.asked[0]["LanguageCode"] == "hi-IN"


async def test_marks_that_fail_cost_no_sound(polly: Polly, tmp_path: Path) -> None:
    polly.faults["json"] = [(400, "MarksNotSupportedForFormatException", "no marks")]
    async with voice(polly) as synthesizer:
        spoken = await synthesizer.synthesize("One.", language="en", path=tmp_path / "recap.mp3")
    assert spoken.marks == ()
    assert spoken.duration > 0.5


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ((400, "ThrottlingException", "Rate exceeded"), RetryableError, "busy"),
        ((500, "ServiceFailureException", "oops"), RetryableError, "busy"),
        ((503, "", ""), RetryableError, "busy"),
        (BREAKS_OFF, RetryableError, "away"),
        ((403, "AccessDeniedException", "no"), OperatorError, "polly:SynthesizeSpeech"),
        ((403, "UnrecognizedClientException", "no"), OperatorError, "credentials"),
        ((403, "OptInRequired", "no"), OperatorError, "role"),
        ((400, "TextLengthExceededException", "too long"), RuntimeError, "TextLengthExceeded"),
        ((400, "InvalidSsmlException", "bad"), RuntimeError, "InvalidSsml"),
    ],
)
async def test_errors_are_told_apart_by_who_acts(
    polly: Polly, tmp_path: Path, fault: tuple[int, str, str], kind: type[Exception], words: str
) -> None:
    polly.faults["pcm"] = [fault]
    async with voice(polly) as synthesizer:
        with pytest.raises(kind, match=words):
            await synthesizer.synthesize("One.", language="en", path=tmp_path / "recap.mp3")
    assert not await asyncio.to_thread((tmp_path / "recap.mp3").exists)
    assert len(polly.asked) == 1


async def test_finished_parts_are_not_paid_again_when_a_later_one_fails(polly: Polly, tmp_path: Path) -> None:
    text = " ".join(f"Sentence number {index} of a text that is too long for one request." for index in range(45))
    path = tmp_path / "recap.mp3"
    async with voice(polly) as synthesizer:
        await synthesizer.synthesize(text, language="en", path=path)
        clean = [(entry["OutputFormat"], entry["Text"]) for entry in polly.asked]
        assert len(clean) == 4, [len(words) for _, words in clean]
        polly.asked.clear()
        polly.faults["pcm"] = [None, (500, "ServiceFailureException", "oops")]
        with pytest.raises(RetryableError):
            await synthesizer.synthesize(text, language="en", path=path)
        await synthesizer.synthesize(text, language="en", path=path)
        asked = [(entry["OutputFormat"], entry["Text"]) for entry in polly.asked]
        assert asked == [*clean[:2], clean[2], *clean[2:]]
        await synthesizer.synthesize(text, language="en", path=path)
        assert len(polly.asked) == len(asked) + len(clean), "what was finished is not held any longer"


async def test_a_server_that_is_away_is_waited_for(tmp_path: Path) -> None:
    with running_polly() as gone:
        client = await asyncio.to_thread(gone.client)
    synthesizer = PollySynthesizer(client, table=await asyncio.to_thread(read_table))
    with pytest.raises(RetryableError, match="away"):
        await synthesizer.synthesize("One.", language="en", path=tmp_path / "recap.mp3")
    await synthesizer.close()


async def test_what_cannot_be_said_and_who_cannot_say_it_are_told_plainly(polly: Polly, tmp_path: Path) -> None:
    path = tmp_path / "recap.mp3"
    async with voice(polly, voices={"ru": "Nobody"}) as synthesizer:
        with pytest.raises(UserError, match="nothing"):
            await synthesizer.synthesize("*** 🎉 \x07", language="en", path=path)
        with pytest.raises(UserError, match="no voice"):
            await synthesizer.synthesize("Привіт", language="uk", path=path)
        with pytest.raises(OperatorError, match="Nobody"):
            await synthesizer.synthesize("Привет", language="ru", path=path)
    assert not polly.asked


async def test_equal_engines_mean_equal_results(polly: Polly) -> None:
    async with voice(polly) as one, voice(polly) as same, voice(polly, voices={"en": "Ruth"}) as other:
        assert one.engine == same.engine != other.engine
